#include "cli/completeness_page.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "cli/xslt.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"

namespace dossier::cli {

namespace {

using tmf::CompletenessReport;
using tmf::CompletenessRow;
using tmf::SlotState;

struct Place {
    std::string level, country, site, label;
    bool holds(const CompletenessRow& row) const {
        return row.country == country && row.site == site && templates::to_text(row.rule->level) == level;
    }
};

struct Cell {
    tmf::Total due, whole;
    std::vector<const CompletenessRow*> open;
};

bool is_open(const CompletenessRow& row) {
    return row.state == SlotState::missing || row.state == SlotState::overdue || row.state == SlotState::expired ||
           row.state == SlotState::in_review;
}

std::string label_of(SlotState state) { return replace_all(std::string(tmf::to_text(state)), "_", " "); }

// Full marks only for all of it: 1999 of 2000 is not green.
std::string shade(const Cell& cell) {
    if (cell.due.expected == 0) return cell.whole.expected == 0 ? "none" : "future";
    if (cell.due.satisfied == cell.due.expected) return "c5";
    const std::int64_t tenths = cell.due.satisfied * 1000 / cell.due.expected;
    return tenths >= 900 ? "c4" : tenths >= 750 ? "c3" : tenths >= 500 ? "c2" : "c1";
}

class Page {
public:
    Page(const CompletenessReport& report, const tmf::Study& study, const templates::TmfCatalogue& catalogue)
        : report_(report), study_(study), catalogue_(catalogue) {}

    std::string run() {
        find_places();
        count();
        writer_.declaration();
        writer_.start("completeness", {{"study", report_.study},
                                       {"title", study_.title},
                                       {"as_of", report_.question.as_of.text()},
                                       {"known_at", report_.question.known_at ? report_.question.known_at->text() : ""},
                                       {"audience", std::string(tmf::to_text(report_.question.audience))},
                                       {"model", report_.model},
                                       {"edl", report_.lists_text()},
                                       {"filter", filter()},
                                       {"tool", std::string("Made by dossier ") + DOSSIER_VERSION + "."}});
        write_totals();
        for (const std::string& code : milestones_) write_empty("milestone", {{"code", code}, {"name", milestone_name(code)}});
        for (const Place& place : places_) write_place(place);
        write_states();
        for (const Place& place : places_) write_lists(place);
        write_decisions();
        return writer_.finish();
    }

private:
    void write_empty(const std::string& name, const std::vector<XmlAttribute>& attributes) {
        writer_.start(name, attributes);
        writer_.end();
    }

    std::string filter() const {
        std::vector<std::string> parts;
        const auto add = [&parts](const char* what, const std::string& value) {
            if (!value.empty()) parts.push_back(what + value);
        };
        add("country ", report_.question.country);
        add("site ", report_.question.site);
        add("milestone ", report_.question.milestone);
        return join(parts, ", ");
    }

    std::string milestone_name(const std::string& code) const {
        const templates::Milestone* milestone = catalogue_.milestone(code);
        return milestone ? milestone->name : "";
    }

    // The trial, then each country with its sites, as far as the report has rows for them.
    void find_places() {
        std::vector<Place> all{{"trial", "", "", "Trial"}};
        std::vector<const tmf::Country*> countries;
        for (const tmf::Country& country : study_.countries) countries.push_back(&country);
        std::sort(countries.begin(), countries.end(), [](const auto* a, const auto* b) { return a->code < b->code; });
        for (const tmf::Country* country : countries) {
            const templates::Country* known = catalogue_.country(country->code);
            all.push_back({"country", country->code, "", known ? known->name : country->code});
            std::vector<const tmf::Site*> sites;
            for (const tmf::Site& site : study_.sites)
                if (site.country == country->code) sites.push_back(&site);
            std::sort(sites.begin(), sites.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
            for (const tmf::Site* site : sites)
                all.push_back({"site", site->country, site->id, site->id + (site->name.empty() ? "" : " " + site->name)});
        }
        std::set<std::string> present;
        for (const CompletenessRow& row : report_.rows)
            present.insert(key(std::string(templates::to_text(row.rule->level)), row.country, row.site));
        for (Place& place : all)
            if (present.count(key(place.level, place.country, place.site)) > 0) places_.push_back(std::move(place));
    }

    static std::string key(const std::string& level, const std::string& country, const std::string& site) {
        return level + "/" + country + "/" + site;
    }

    void count() {
        std::set<std::string> codes;
        for (const CompletenessRow& row : report_.rows) {
            codes.insert(row.milestone());
            Cell& cell = cells_[{key(std::string(templates::to_text(row.rule->level)), row.country, row.site), row.milestone()}];
            if (is_open(row)) cell.open.push_back(&row);
            if (row.state == SlotState::waived) continue;
            cell.whole.expected += row.expected;
            cell.whole.satisfied += row.satisfied;
            if (!row.due || *row.due > report_.question.as_of) continue;
            cell.due.expected += row.expected;
            cell.due.satisfied += row.satisfied;
        }
        milestones_.assign(codes.begin(), codes.end());
    }

    void write_total(const std::string& name, const std::string& css, const tmf::Total& total, const std::string& note) {
        const std::string percent = total.expected == 0 ? "n/a" : fill("{}.{} %", total.tenths() / 10, total.tenths() % 10);
        write_empty("total", {{"name", name},
                              {"class", css},
                              {"percent", percent},
                              {"satisfied", std::to_string(total.satisfied)},
                              {"expected", std::to_string(total.expected)},
                              {"width", fill("{}.{}", total.tenths() / 10, total.tenths() % 10)},
                              {"note", note}});
    }

    void write_totals() {
        write_total("Due now", "now", report_.due_now, fill("due on or before {}", report_.question.as_of.text()));
        std::string next = "no milestone lies ahead";
        if (report_.next) {
            next = fill("{} {} on {}", report_.next->code, milestone_name(report_.next->code), report_.next->date.text());
            if (!report_.next->site.empty()) next += ", site " + report_.next->site;
        }
        write_total("Due by the next milestone", "next", report_.by_next_milestone, next);
        write_total("Whole trial", "whole", report_.whole_trial, "all that is expected so far, due or not");
    }

    std::string cell_text(const Cell& cell) const {
        if (cell.due.expected > 0) return fill("{}/{}", cell.due.satisfied, cell.due.expected);
        return cell.whole.expected > 0 ? fill("({})", cell.whole.expected) : "";
    }

    std::string cell_title(const Place& place, const std::string& code, const Cell& cell) const {
        if (cell.whole.expected == 0) return fill("{}, {}: nothing expected", place.label, code);
        return fill("{}, {} {}: {} of {} due are there, {} of {} altogether, {} open", place.label, code, milestone_name(code),
                    cell.due.satisfied, cell.due.expected, cell.whole.satisfied, cell.whole.expected, cell.open.size());
    }

    static std::string anchor(const Place& place, const std::string& code) {
        return fill("open-{}-{}-{}-{}", place.level, place.country, place.site, code);
    }

    Cell* cell_of(const Place& place, const std::string& code) {
        const auto found = cells_.find({key(place.level, place.country, place.site), code});
        return found == cells_.end() ? nullptr : &found->second;
    }

    void write_cell(const Cell& cell, const std::string& title, const std::string& href) {
        write_empty("cell", {{"class", shade(cell)}, {"text", cell_text(cell)}, {"title", title}, {"href", href}});
    }

    void write_place(const Place& place) {
        writer_.start("place", {{"level", place.level}, {"label", place.label}});
        Cell all;
        for (const std::string& code : milestones_) {
            const Cell* found = cell_of(place, code);
            const Cell cell = found ? *found : Cell();
            write_cell(cell, cell_title(place, code, cell), cell.open.empty() ? "" : anchor(place, code));
            all.due.expected += cell.due.expected;
            all.due.satisfied += cell.due.satisfied;
            all.whole.expected += cell.whole.expected;
            all.whole.satisfied += cell.whole.satisfied;
        }
        write_cell(all, fill("{}: {} of {} due are there", place.label, all.due.satisfied, all.due.expected), "");
        writer_.end();
    }

    void write_states() {
        std::map<SlotState, std::int64_t> counts;
        for (const CompletenessRow& row : report_.rows) ++counts[row.state];
        for (const auto& [state, number] : counts)
            write_empty("state",
                        {{"name", std::string(tmf::to_text(state))}, {"label", label_of(state)}, {"count", std::to_string(number)}});
    }

    void write_lists(const Place& place) {
        for (const std::string& code : milestones_) {
            const Cell* cell = cell_of(place, code);
            if (!cell || cell->open.empty()) continue;
            writer_.start("list", {{"id", anchor(place, code)},
                                   {"label", fill("{}: {} {}", place.label, code, milestone_name(code))},
                                   {"count", std::to_string(cell->open.size())}});
            for (const CompletenessRow* row : cell->open) write_row(*row);
            writer_.end();
        }
    }

    std::string for_whom(const CompletenessRow& row) const {
        std::vector<std::string> parts;
        if (const tmf::Person* person = study_.person(row.person)) parts.push_back(person->name.empty() ? person->id : person->name);
        if (!row.event.empty()) parts.push_back(row.event);
        if (!row.language.empty()) parts.push_back(row.language);
        return join(parts, ", ");
    }

    void write_row(const CompletenessRow& row) {
        const std::int64_t late = row.due ? report_.question.as_of.days() - row.due->days() : 0;
        std::string confidence = row.rule->basis;
        if (!row.rule->confidence.empty()) confidence += ", " + row.rule->confidence;
        std::string note = row.rule->note;
        if (row.expected > 1) note = fill("{} of {} are there. {}", row.satisfied, row.expected, note);
        write_empty("row", {{"artifact", row.rule->artifact},
                            {"name", row.rule->name},
                            {"note", note},
                            {"for", for_whom(row)},
                            {"due", row.due ? row.due->text() : ""},
                            {"late", late > 0 ? std::to_string(late) : ""},
                            {"state", std::string(tmf::to_text(row.state))},
                            {"state_label", label_of(row.state)},
                            {"rule", row.rule->id},
                            {"slot", row.slot},
                            {"confidence", confidence}});
    }

    void write_decisions() {
        for (const CompletenessRow& row : report_.rows)
            if (row.state == SlotState::waived) write_empty("decision", {{"slot", row.slot}, {"kind", "waived"}, {"reason", row.reason}});
        for (const tmf::NotApplicable& item : report_.not_applicable)
            write_empty("decision", {{"slot", item.slot}, {"kind", "not applicable"}, {"reason", item.reason}});
    }

    const CompletenessReport& report_;
    const tmf::Study& study_;
    const templates::TmfCatalogue& catalogue_;
    std::vector<Place> places_;
    std::vector<std::string> milestones_;
    std::map<std::pair<std::string, std::string>, Cell> cells_;
    XmlWriter writer_;
};

} // namespace

std::string completeness_xml(const CompletenessReport& report, const tmf::Study& study, const templates::TmfCatalogue& catalogue) {
    return Page(report, study, catalogue).run();
}

Result<std::string> completeness_html(const Context& context, const CompletenessReport& report, const tmf::Study& study,
                                      const templates::TmfCatalogue& catalogue) {
    const std::string name = "pages/completeness.xsl";
    DOSSIER_TRY(const std::string stylesheet, context.templates.read(name));
    return apply_stylesheet(stylesheet, context.templates.place_of(name), completeness_xml(report, study, catalogue));
}

} // namespace dossier::cli
