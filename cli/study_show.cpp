#include "cli/tmf_session.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

std::string date(const tmf::OptionalDate& value) { return value ? value->text() : "-"; }

std::string to_text(const StudySession& session, std::size_t documents) {
    const tmf::Study& study = session.study;
    std::string text = fill("study      {}{}{}\n", study.id, std::string_view(study.title.empty() ? "" : "  "), study.title);
    if (!study.sponsor.empty()) text += fill("sponsor    {}\n", study.sponsor);
    text += fill("model      {}, expected documents {}\n", session.catalogue.title, session.catalogue.edl);
    text += fill("review     {}   grace {} days\n", std::string_view(study.review ? "yes" : "no"), study.grace_days);
    std::vector<std::string> answers;
    for (const auto& [name, value] : study.switches) answers.push_back(name + (value ? ": yes" : ": no"));
    if (!answers.empty()) text += fill("switches   {}\n", join(answers, ", "));
    text += fill("documents  {}\n\n", documents);
    const tmf::MilestoneDates dates(study);
    using tmf::Use;
    std::vector<std::vector<std::string>> rows;
    for (const tmf::Country& country : study.countries)
        rows.push_back({"country", country.code, "", date(dates.at_country("01", country.code, Use::happened)),
                        date(dates.at_country("C06", country.code, Use::happened))});
    for (const tmf::Site& site : study.sites)
        rows.push_back({"site", site.country + " " + site.id, site.name,
                        site.rejected ? "rejected " + site.rejected->text() : date(dates.at_site("03", site.id, Use::happened)),
                        date(dates.at_site("09", site.id, Use::happened))});
    text += text_table({"place", "id", "name", "open", "closed"}, rows) + "\n";
    rows.clear();
    for (const tmf::MilestoneEntry& entry : study.milestones) {
        const auto* milestone = session.catalogue.milestone(entry.code);
        rows.push_back({entry.code, milestone ? milestone->name : "", entry.site.empty() ? entry.country : entry.country + " " + entry.site,
                        date(entry.date), date(entry.planned), entry.from_command ? "milestone set" : "study file"});
    }
    if (!rows.empty()) text += text_table({"milestone", "name", "place", "date", "planned", "recorded by"}, rows) + "\n";
    rows.clear();
    for (const tmf::Person& person : study.people)
        rows.push_back({person.id, person.name, person.role, person.site.empty() ? person.country : person.country + " " + person.site,
                        person.from.text(), date(person.to)});
    if (!rows.empty()) text += text_table({"person", "name", "role", "place", "from", "to"}, rows);
    return text;
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
