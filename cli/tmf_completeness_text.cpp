#include <algorithm>
#include <map>

#include "cli/tmf_completeness.hpp"
#include "core/one_line.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

using tmf::CompletenessReport;
using tmf::CompletenessRow;
using tmf::SlotState;
using tmf::Total;

constexpr std::size_t most_lines = 200; // of open documents; the whole list is a table's business

class Writer {
public:
    Writer(const CompletenessReport& report, const tmf::Study& study, bool color) : report_(report), study_(study), color_(color) {}

    std::string write() {
        head();
        totals();
        open_now();
        ahead();
        return std::move(text_);
    }

private:
    std::string paint(const std::string& text, const char* code) const {
        return color_ ? fill("\033[{}m{}\033[0m", std::string_view(code), text) : text;
    }

    void head() {
        const auto& q = report_.question;
        text_ += fill("{}  {}\n", study_.id, one_line(study_.title));
        text_ += fill("completeness on {}, audience {}", q.as_of.text(), tmf::to_text(q.audience));
        if (q.known_at) text_ += fill(", from what was known on {}", q.known_at->text());
        if (!q.country.empty()) text_ += ", country " + q.country;
        if (!q.site.empty()) text_ += ", site " + q.site;
        if (!q.milestone.empty()) text_ += ", milestone " + q.milestone;
        text_ += fill("\nreference model {}, expected documents {}: {} of {} rules in force; review {}, grace {} days\n", report_.model,
                      report_.lists_text(), report_.rules_in_force, report_.rules, std::string_view(report_.review ? "yes" : "no"),
                      report_.grace_days);
        if (!report_.rules_left_out.empty()) text_ += "NOT COUNTED, rules left out: " + join(report_.rules_left_out, ", ") + "\n";
        text_ += "\n";
    }

    void total(const std::string& name, const Total& total) {
        const std::int64_t filled = total.tenths() * 20 / 1000;
        const std::string bar =
            std::string(static_cast<std::size_t>(filled), '#') + std::string(static_cast<std::size_t>(20 - filled), '.');
        const char* color = total.expected == 0 || total.tenths() >= 950 ? "32" : total.tenths() >= 800 ? "33" : "31";
        const std::string percent = total.expected == 0 ? "n/a" : fill("{}.{} %", total.tenths() / 10, total.tenths() % 10);
        text_ += fill("{:<46} {:>6} of {:<6} {:>8}  ", name, total.satisfied, total.expected, percent) + paint(bar, color) + "\n";
    }

    void totals() {
        total("due now", report_.due_now);
        std::string next = "by the next milestone (none lies ahead)";
        if (report_.next) {
            const auto& n = *report_.next;
            next = fill("by {} (milestone {}{})", n.date.text(), n.code,
                        !n.site.empty()      ? ", site " + n.site
                        : !n.country.empty() ? ", " + n.country
                                             : "");
        }
        total(next, report_.by_next_milestone);
        total("whole trial, as far as it is known", report_.whole_trial);
    }

    static std::string place(const CompletenessRow& row) {
        if (!row.site.empty()) return fill("site {} ({})", row.site, row.country);
        return row.country.empty() ? "trial" : "country " + row.country;
    }

    static std::string about(const CompletenessRow& row) {
        std::vector<std::string> parts;
        if (!row.person.empty()) parts.push_back(row.person);
        if (!row.event.empty()) parts.push_back(row.event);
        if (!row.language.empty()) parts.push_back(row.language);
        if (row.expected > 1) parts.push_back(fill("{} of {}", row.satisfied, row.expected));
        return parts.empty() ? "" : " (" + one_line(join(parts, ", ")) + ")";
    }

    std::string line(const CompletenessRow& row) const {
        const char* color = row.state == SlotState::overdue ? "31" : row.state == SlotState::in_review ? "36" : "33";
        std::string text = "  " + paint(fill("{:<9}", tmf::to_text(row.state)), color) + fill(" {:<10}  ", row.due ? row.due->text() : "");
        text += fill("{} {}{}", row.rule->artifact, row.rule->name, about(row));
        const auto& seen = row.state == SlotState::in_review ? row.pending : row.lapsed;
        if (!seen.empty()) text += "  " + join(seen, ", ");
        return text + "  " + row.rule->id + "\n";
    }

    void open_now() {
        // Trial first, then countries, then sites, each by due date.
        std::map<std::tuple<int, std::string, std::string>, std::vector<const CompletenessRow*>> places;
        std::map<std::string, std::size_t> counts;
        std::size_t open = 0;
        for (const CompletenessRow& row : report_.rows) {
            if (!tmf::is_open(row)) continue;
            ++open;
            ++counts[std::string(tmf::to_text(row.state))];
            places[{row.site.empty() ? row.country.empty() ? 0 : 1 : 2, row.country, row.site}].push_back(&row);
        }
        if (open == 0) {
            text_ += "\nnothing is open\n";
            return;
        }
        std::vector<std::string> parts;
        for (const auto& [state, count] : counts) parts.push_back(fill("{} {}", count, state));
        text_ += fill("\nopen now: {} ({})\n", open, join(parts, ", "));
        std::size_t lines = 0;
        for (auto& [key, rows] : places) {
            std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
                return a->due && (!b->due || *a->due < *b->due); // without a due date: last
            });
            if (lines < most_lines) text_ += place(*rows.front()) + "\n";
            for (const CompletenessRow* row : rows)
                if (++lines <= most_lines) text_ += line(*row);
        }
        if (lines > most_lines) text_ += fill("and {} more: --format csv or xlsx shows all\n", lines - most_lines);
    }

    void ahead() {
        std::size_t coming = 0, later = 0, waived = 0;
        for (const CompletenessRow& row : report_.rows) {
            if (row.state == SlotState::waived) ++waived;
            if (row.state != SlotState::not_due) continue;
            const bool by_next = row.due && report_.next && *row.due <= report_.next->date;
            (by_next ? coming : later) += 1;
        }
        text_ += fill("\nnot due yet: {} by the next milestone, {} later or without a date; waived: {}; not applicable: {}\n", coming,
                      later, waived, report_.not_applicable.size());
    }

    const CompletenessReport& report_;
    const tmf::Study& study_;
    bool color_;
    std::string text_;
};

} // namespace

std::string completeness_text(const CompletenessReport& report, const tmf::Study& study, bool color) {
    return Writer(report, study, color).write();
}

} // namespace dossier::cli
