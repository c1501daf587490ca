#include "cli/page.hpp"

#include <map>

#include "cli/xslt.hpp"
#include "core/text.hpp"
#include "tmf/report.hpp"

namespace dossier::cli {

namespace {

// UTF-8 of the marks and embeddings that turn text, and their names.
const std::vector<std::pair<std::string, std::string>> hidden_marks = {
    {"\u061C", "[U+061C]"}, {"\u200B", "[U+200B]"}, {"\u200E", "[U+200E]"}, {"\u200F", "[U+200F]"}, {"\u202A", "[U+202A]"},
    {"\u202B", "[U+202B]"}, {"\u202C", "[U+202C]"}, {"\u202D", "[U+202D]"}, {"\u202E", "[U+202E]"}, {"\u2066", "[U+2066]"},
    {"\u2067", "[U+2067]"}, {"\u2068", "[U+2068]"}, {"\u2069", "[U+2069]"}, {"\u2028", "[U+2028]"}, {"\u2029", "[U+2029]"},
};

std::string with_marks_shown(std::string text) {
    for (const auto& [mark, name] : hidden_marks)
        if (text.find(mark) != std::string::npos) text = replace_all(std::move(text), mark, name);
    return text;
}

void write_total(XmlWriter& writer, const std::string& name, const std::string& css, const tmf::Total& total, const std::string& note) {
    const std::string tenths = fill("{}.{}", total.tenths() / 10, total.tenths() % 10);
    write_empty(writer, "total",
                {{"name", name},
                 {"class", css},
                 {"percent", total.expected == 0 ? "n/a" : tenths + " %"},
                 {"satisfied", std::to_string(total.satisfied)},
                 {"expected", std::to_string(total.expected)},
                 {"width", tenths},
                 {"note", note}});
}

// As the text of a string in CSS: all but plain characters by their number, so that nothing ends the string or the style element.
std::string css_text(const std::string& text) {
    std::string css;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
                           c == ',' || c == '-' || c == '.';
        css += plain ? std::string(1, c) : fill("\\{:x} ", static_cast<unsigned>(byte));
    }
    return css;
}

} // namespace

std::string subject_of(const std::string& study, const std::string& name, const tmf::CompletenessQuestion& question) {
    std::string line = study.empty() ? name : study + ", " + name;
    line += ", as of " + question.as_of.text();
    if (question.known_at) line += ", from what was known on " + question.known_at->text();
    line += ", audience " + std::string(tmf::to_text(question.audience));
    if (const std::string filter = tmf::filter_text(question); !filter.empty()) line += ", only " + filter;
    return line;
}

std::string running_line(const std::string& line) {
    const std::string font = "font: 8px \"DejaVu Sans\", sans-serif; color: #56616d";
    return "\n@page { @top-left { content: \"" + css_text(line) + "\"; " + font +
           " } @bottom-right { content: counter(page) \" of \" counter(pages); " + font +
           " } }\n@page :first { @top-left { content: none } }\n";
}

Result<std::string> make_page(const Context& context, const std::string& stylesheet, const std::string& xml, const std::string& data) {
    DOSSIER_TRY(const std::string bytes, context.templates.read(stylesheet));
    DOSSIER_TRY(std::string html, apply_stylesheet(bytes, context.templates.place_of(stylesheet), with_marks_shown(xml)));
    if (data.empty()) return html;
    // Past the stylesheet, which would hold tens of megabytes several times over. No text of the page can look like the place: in a text
    // the stylesheet writes "<" as "&lt;".
    const std::string place = "id=\"data\"></script>";
    const std::size_t at = html.find(place);
    if (at == std::string::npos) return Error(ErrorKind::internal, "the page has no place for its data", {stylesheet});
    return html.insert(at + place.find('<'), with_marks_shown(data));
}

void write_empty(XmlWriter& writer, const std::string& name, const std::vector<XmlAttribute>& attributes) {
    writer.start(name, attributes);
    writer.end();
}

void write_totals(XmlWriter& writer, const tmf::CompletenessReport& report, const templates::TmfCatalogue& catalogue) {
    write_total(writer, "Due now", "now", report.due_now, fill("due on or before {}", report.question.as_of.text()));
    std::string next = "no milestone lies ahead";
    if (report.next) {
        const templates::Milestone* milestone = catalogue.milestone(report.next->code);
        next = fill("{} {} on {}", report.next->code, milestone ? milestone->name : "", report.next->date.text());
        if (!report.next->site.empty()) next += ", site " + report.next->site;
    }
    write_total(writer, "Due by the next milestone", "next", report.by_next_milestone, next);
    write_total(writer, "Whole trial", "whole", report.whole_trial, "all that is expected so far, due or not");
}

std::string label_of(tmf::SlotState state) { return replace_all(std::string(tmf::to_text(state)), "_", " "); }

void write_states(XmlWriter& writer, const tmf::CompletenessReport& report) {
    std::map<tmf::SlotState, std::int64_t> counts;
    for (const tmf::CompletenessRow& row : report.rows) ++counts[row.state];
    for (const auto& [state, number] : counts)
        write_empty(writer, "state",
                    {{"name", std::string(tmf::to_text(state))}, {"label", label_of(state)}, {"count", std::to_string(number)}});
}

} // namespace dossier::cli
