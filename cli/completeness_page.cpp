#include "cli/completeness_page.hpp"

#include "cli/heat_map.hpp"
#include "cli/page.hpp"
#include "core/text.hpp"
#include "tmf/report.hpp"

namespace dossier::cli {

namespace {

using tmf::CompletenessReport;
using tmf::CompletenessRow;
using tmf::SlotState;

class Page {
public:
    Page(const CompletenessReport& report, const tmf::Study& study, const templates::TmfCatalogue& catalogue)
        : report_(report), study_(study), catalogue_(catalogue), map_(report, study, catalogue) {}

    std::string run(const std::string& css) {
        writer_.declaration();
        writer_.start("completeness", {{"study", report_.study},
                                       {"title", study_.title},
                                       {"as_of", report_.question.as_of.text()},
                                       {"known_at", report_.question.known_at ? report_.question.known_at->text() : ""},
                                       {"audience", std::string(tmf::to_text(report_.question.audience))},
                                       {"model", report_.model},
                                       {"edl", report_.lists_text()},
                                       {"filter", tmf::filter_text(report_.question)},
                                       {"tool", std::string("Made by dossier ") + DOSSIER_VERSION + "."}});
        write_totals(writer_, report_, catalogue_);
        for (const std::string& code : map_.milestones())
            write_empty(writer_, "milestone", {{"code", code}, {"name", map_.milestone_name(code)}});
        for (const HeatPlace& place : map_.places()) write_place(place);
        write_states(writer_, report_);
        for (const HeatPlace& place : map_.places()) write_lists(place);
        write_decisions();
        writer_.text_element("css", css);
        return writer_.finish();
    }

private:
    static std::string anchor(const HeatPlace& place, const std::string& code) {
        return fill("open-{}-{}-{}-{}", templates::to_text(place.level), place.country, place.site, code);
    }

    void write_place(const HeatPlace& place) {
        writer_.start("place", {{"level", std::string(templates::to_text(place.level))}, {"label", place.label}});
        for (const std::string& code : map_.milestones()) {
            const HeatCell* found = map_.cell(place, code);
            const HeatCell cell = found ? *found : HeatCell();
            write_heat_cell(writer_, cell, map_.title(place, code, cell), cell.open.empty() ? "" : anchor(place, code));
        }
        const HeatCell all = map_.total(place);
        write_heat_cell(writer_, all, fill("{}: {} of {} due are there", place.label, all.due.satisfied, all.due.expected), "");
        writer_.end();
    }

    void write_lists(const HeatPlace& place) {
        for (const std::string& code : map_.milestones()) {
            const HeatCell* cell = map_.cell(place, code);
            if (!cell || cell->open.empty()) continue;
            writer_.start("list", {{"id", anchor(place, code)},
                                   {"label", fill("{}: {} {}", place.label, code, map_.milestone_name(code))},
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
        write_empty(writer_, "row",
                    {{"artifact", row.rule->artifact},
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
            if (row.state == SlotState::waived)
                write_empty(writer_, "decision", {{"slot", row.slot}, {"kind", "waived"}, {"reason", row.reason}});
        for (const tmf::NotApplicable& item : report_.not_applicable)
            write_empty(writer_, "decision", {{"slot", item.slot}, {"kind", "not applicable"}, {"reason", item.reason}});
    }

    const CompletenessReport& report_;
    const tmf::Study& study_;
    const templates::TmfCatalogue& catalogue_;
    HeatMap map_;
    XmlWriter writer_;
};

} // namespace

std::string completeness_xml(const CompletenessReport& report, const tmf::Study& study, const templates::TmfCatalogue& catalogue,
                             const std::string& css) {
    return Page(report, study, catalogue).run(css);
}

Result<std::string> completeness_html(const Context& context, const CompletenessReport& report, const tmf::Study& study,
                                      const templates::TmfCatalogue& catalogue) {
    DOSSIER_TRY(const std::string css, context.templates.read("pages/page.css"));
    return make_page(context, "pages/completeness.xsl", completeness_xml(report, study, catalogue, css));
}

} // namespace dossier::cli
