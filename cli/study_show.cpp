#include <algorithm>

#include "cli/tmf_session.hpp"
#include "core/one_line.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

std::string switches_text(const tmf::Switches& switches) {
    std::vector<std::string> answers;
    for (const auto& [name, value] : switches) answers.push_back(name + (value ? ": yes" : ": no"));
    return join(answers, ", ");
}

std::string date(const tmf::OptionalDate& value) { return value ? value->text() : "-"; }

// One value of an entry: "en, es"; "edc: no"; "A1 (2025-06-15), A2".
std::string cell_text(const Json& value) {
    std::vector<std::string> parts;
    for (const Json& item : value.items()) {
        std::vector<std::string> more;
        std::string name = item.text();
        for (const auto& [key, part] : item.members())
            if (key == "id")
                name = part.text();
            else
                more.push_back(cell_text(part));
        parts.push_back(more.empty() ? name : fill("{} ({})", name, join(more, ", ")));
    }
    for (const auto& [key, part] : value.members()) parts.push_back(fill("{}: {}", key, cell_text(part)));
    if (value.is_array() || value.is_object()) return join(parts, ", ");
    const std::string text = value.dump(-1);
    return text == "true" ? "yes" : text == "false" ? "no" : value.text();
}

// The lists that have no table of their own above: a column for each key that an entry has.
std::string other_lists(const Json& study) {
    std::string text;
    for (const auto& [name, list] : study.members()) {
        if (!list.is_array() || name == "countries" || name == "sites" || name == "milestones" || name == "people") continue;
        std::vector<std::string> keys;
        for (const Json& entry : list.items())
            for (const auto& [key, value] : entry.members())
                if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
        std::vector<std::vector<std::string>> rows;
        for (const Json& entry : list.items()) {
            auto& row = rows.emplace_back();
            for (const std::string& key : keys) row.push_back(entry.find(key) ? cell_text(*entry.find(key)) : "-");
        }
        text += fill("\n{}\n", name) + text_table(keys, rows);
    }
    return text;
}

std::string lists_text(const templates::TmfCatalogue& catalogue) {
    std::string text = "EDL@" + catalogue.edl;
    for (const auto& list : catalogue.lists) text += fill(", {} ({}, sha256 {})", list.name, list.owner, list.sha256);
    return text;
}

std::string recorded_by(const tmf::MilestoneEntry& entry) {
    if (!entry.from_command()) return "study file";
    if (entry.date && !entry.date_recorded) return "study file, planned by milestone set";
    if (entry.planned && !entry.planned_recorded) return "milestone set, planned by study file";
    return "milestone set";
}

std::string to_text(const StudySession& session, std::size_t documents) {
    const tmf::Study& study = session.study;
    std::string text = fill("study      {}{}{}\n", study.id, std::string_view(study.title.empty() ? "" : "  "), one_line(study.title));
    if (!study.sponsor.empty()) text += fill("sponsor    {}\n", one_line(study.sponsor));
    text += fill("model      {}, expected documents {}\n", session.catalogue.title, lists_text(session.catalogue));
    if (study.start) text += fill("start      {}\n", study.start->text());
    if (study.dibd) text += fill("dibd       {}\n", study.dibd->text());
    if (!study.promote.empty()) text += fill("promoted   {}\n", join(study.promote, ", "));
    text += fill("review     {}   grace {} days\n", std::string_view(study.review ? "yes" : "no"), study.grace_days);
    if (study.timeliness_target > 0) text += fill("timeliness target {} days\n", study.timeliness_target);
    if (!study.switches.empty()) text += fill("switches   {}\n", switches_text(study.switches));
    text += fill("documents  {}\n\n", documents);
    const tmf::MilestoneDates dates(study);
    using tmf::Use;
    std::vector<std::vector<std::string>> rows;
    for (const tmf::Country& country : study.countries)
        rows.push_back({"country", country.code, join(country.languages, ", "), date(dates.at_country("01", country.code, Use::happened)),
                        date(dates.at_country("C06", country.code, Use::happened)), switches_text(country.switches)});
    for (const tmf::Site& site : study.sites)
        rows.push_back({"site", site.country + " " + site.id, site.name,
                        site.rejected ? "rejected " + site.rejected->text() : date(dates.at_site("03", site.id, Use::happened)),
                        date(dates.at_site("09", site.id, Use::happened)), switches_text(site.switches)});
    text += text_table({"place", "id", "name", "open", "closed", "switches"}, rows) + "\n";
    rows.clear();
    for (const tmf::MilestoneEntry& entry : study.milestones) {
        const auto* milestone = session.catalogue.milestone(entry.code);
        rows.push_back({entry.code, milestone ? milestone->name : "", entry.site.empty() ? entry.country : entry.country + " " + entry.site,
                        date(entry.date), date(entry.planned), recorded_by(entry)});
    }
    if (!rows.empty()) text += text_table({"milestone", "name", "place", "date", "planned", "recorded by"}, rows) + "\n";
    rows.clear();
    for (const tmf::Person& person : study.people)
        rows.push_back({person.id, person.name, person.role, person.site.empty() ? person.country : person.country + " " + person.site,
                        person.from.text(), date(person.to),
                        std::string(person.physician ? "physician " : "") + (person.ec_member ? "ec_member" : "")});
    if (!rows.empty()) text += text_table({"person", "name", "role", "place", "from", "to", "remarks"}, rows);
    return text + other_lists(tmf::to_json(study));
}

} // namespace

Command make_study_show() {
    auto study = std::make_shared<std::string>();
    Command command;
    command.name = "study show";
    command.right = "study.read";
    command.summary = "Show a study's facts as the repository holds them";
    command.example = "dossier study show CDISCPILOT01 --json";
    command.declare = [study](Options& options) { options.text("STUDY", *study, "The study's id", true); };
    command.run = [study](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto session, open_study(context, *study, tmf::Repository::Access::read));
        std::size_t documents = 0;
        tmf::DocumentFilter filter;
        filter.study = session->study.id;
        DOSSIER_CHECK(session->repository->ledger().each_document(filter, [&documents](const tmf::StoredDocument&) {
            ++documents;
            return Result<void>();
        }));
        Rendering rendering;
        rendering.text = [&] { return to_text(*session, documents); };
        rendering.json = [&] { return tmf::to_json(session->study); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
