#include "cli/study_page.hpp"

#include <map>
#include <set>

#include "cli/page.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

// The drawing of the trend, in its own units.
constexpr std::int64_t trend_width = 640, trend_height = 150;

// `completeness` without a trend, `dashboard` with one.
class StudyXml {
public:
    StudyXml(const tmf::CompletenessReport& report, const std::vector<tmf::TrendPoint>& trend, const tmf::Study& study,
             const templates::TmfCatalogue& catalogue)
        : report_(report), trend_(trend), study_(study), catalogue_(catalogue), map_(report, study, catalogue) {}

    const HeatMap& map() const { return map_; }

    std::string write(const PageData& data, const std::string& css, const std::string& script) {
        writer_.declaration();
        const tmf::CompletenessQuestion& question = report_.question;
        const std::string subject =
            subject_of(report_.study, trend_.empty() ? "Trial master file completeness" : "Trial master file", question);
        writer_.start("page", {{"kind", trend_.empty() ? "completeness" : "dashboard"},
                               {"subject", subject},
                               {"study", report_.study},
                               {"title", study_.title},
                               {"as_of", question.as_of.text()},
                               {"known_at", question.known_at ? question.known_at->text() : ""},
                               {"audience", std::string(tmf::to_text(question.audience))},
                               {"model", report_.model},
                               {"edl", report_.lists_text()},
                               {"filter", tmf::filter_text(question)},
                               {"grace_days", std::to_string(report_.grace_days)},
                               {"review", report_.review ? "yes" : "no"},
                               {"tool", std::string("dossier ") + DOSSIER_VERSION}});
        write_totals(writer_, report_, catalogue_);
        write_states(writer_, report_);
        if (!trend_.empty()) write_trend();
        for (const std::string& code : map_.milestones())
            write_empty(writer_, "milestone", {{"code", code}, {"name", map_.milestone_name(code)}});
        for (std::size_t i = 0; i < map_.places().size(); ++i) write_place(map_.places()[i], fill("p={}", i));
        write_zones();
        for (const std::string& rule : report_.rules_left_out) write_empty(writer_, "rule-left-out", {{"id", rule}});
        write_left_out(data);
        writer_.text_element("css", css + running_line(subject));
        writer_.text_element("script", script);
        return writer_.finish();
    }

private:
    void write_trend() {
        const std::int64_t first = trend_.front().date.days();
        const std::int64_t span = std::max<std::int64_t>(1, report_.question.as_of.days() - first);
        std::string line;
        for (const tmf::TrendPoint& point : trend_) line += fill("{},{} ", x_of(point, first, span), y_of(point));
        writer_.start("trend", {{"width", std::to_string(trend_width)},
                                {"height", std::to_string(trend_height)},
                                {"line", line},
                                {"from", trend_.front().date.text()},
                                {"to", report_.question.as_of.text()}});
        for (const tmf::TrendPoint& point : trend_)
            write_empty(writer_, "point",
                        {{"x", std::to_string(x_of(point, first, span))},
                         {"y", std::to_string(y_of(point))},
                         {"date", point.date.text()},
                         {"total", point.due.text()},
                         {"late", std::to_string(point.late)}});
        writer_.end();
    }

    static std::int64_t x_of(const tmf::TrendPoint& point, std::int64_t first, std::int64_t span) {
        return (point.date.days() - first) * trend_width / span;
    }
    static std::int64_t y_of(const tmf::TrendPoint& point) { return trend_height - point.due.tenths() * trend_height / 1000; }

    void write_place(const HeatPlace& place, const std::string& link) {
        writer_.start("place", {{"level", std::string(templates::to_text(place.level))}, {"label", place.label}, {"href", link}});
        for (const std::string& code : map_.milestones()) {
            const HeatCell* found = map_.cell(place, code);
            const HeatCell cell = found ? *found : HeatCell();
            write_heat_cell(writer_, cell, map_.title(place, code, cell), cell.whole.expected > 0 ? fill("{}&m={}", link, code) : "");
        }
        const HeatCell all = map_.total(place);
        write_heat_cell(writer_, all, fill("{}: {} of {} due are there", place.label, all.due.satisfied, all.due.expected), link);
        writer_.end();
    }

    void write_left_out(const PageData& data) {
        if (data.left_out.empty()) return;
        std::vector<std::string> parts;
        for (const auto& [state, number] : data.left_out) parts.push_back(fill("{} {}", number, label_of(state)));
        write_empty(writer_, "left-out",
                    {{"rows", std::to_string(data.rows)}, {"of", std::to_string(report_.rows.size())}, {"states", join(parts, ", ")}});
    }

    std::string zone_name(const std::string& zone) const {
        for (const templates::Artifact& artifact : catalogue_.artifacts)
            if (artifact.zone == zone) return artifact.zone_name;
        return "";
    }

    void write_zones() {
        std::map<std::string, std::map<std::string, HeatCell>> zones; // by zone and country
        std::set<std::string> countries;
        for (const tmf::CompletenessRow& row : report_.rows) {
            zones[tmf::zone_of(*row.rule)][row.country].add(row, report_.question.as_of);
            countries.insert(row.country);
        }
        for (const std::string& code : countries) {
            const templates::Country* country = catalogue_.country(code);
            write_empty(writer_, "column", {{"name", code.empty() ? "Trial" : code}, {"title", country ? country->name : ""}});
        }
        for (const auto& [zone, cells] : zones) {
            writer_.start("zone", {{"label", zone + " " + zone_name(zone)}, {"href", "z=" + zone}});
            for (const std::string& country : countries) {
                const auto found = cells.find(country);
                const HeatCell cell = found == cells.end() ? HeatCell() : found->second;
                const std::string where = fill("{} {}, {}", zone, zone_name(zone), country.empty() ? "trial" : country);
                write_heat_cell(writer_, cell,
                                fill("{}: {} of {} due are there, {} open", where, cell.due.satisfied, cell.due.expected, cell.open.size()),
                                cell.whole.expected > 0 ? fill("z={}&c={}", zone, country.empty() ? "-" : country) : "");
            }
            writer_.end();
        }
    }

    const tmf::CompletenessReport& report_;
    const std::vector<tmf::TrendPoint>& trend_;
    const tmf::Study& study_;
    const templates::TmfCatalogue& catalogue_;
    HeatMap map_;
    XmlWriter writer_;
};

Result<std::string> page_of(const Context& context, const tmf::CompletenessReport& report, const std::vector<tmf::TrendPoint>& trend,
                            const tmf::Study& study, const templates::TmfCatalogue& catalogue, std::size_t most_rows) {
    DOSSIER_TRY(const std::string css, context.templates.read("pages/page.css"));
    DOSSIER_TRY(const std::string script, context.templates.read("pages/study.js"));
    StudyXml page(report, trend, study, catalogue);
    const PageData data = page_data(report, study, page.map(), most_rows);
    return make_page(context, "pages/study.xsl", page.write(data, css, script), data.json);
}

} // namespace

Result<std::string> completeness_html(const Context& context, const tmf::CompletenessReport& report, const tmf::Study& study,
                                      const templates::TmfCatalogue& catalogue, std::size_t most_rows) {
    return page_of(context, report, {}, study, catalogue, most_rows);
}

Result<std::string> dashboard_html(const Context& context, const tmf::Dashboard& dashboard, const tmf::Study& study,
                                   const templates::TmfCatalogue& catalogue, std::size_t most_rows) {
    return page_of(context, dashboard.completeness, dashboard.trend, study, catalogue, most_rows);
}

} // namespace dossier::cli
