#include "cli/ectd_view_page.hpp"

#include <algorithm>
#include <map>

#include "cli/page.hpp"
#include "core/digest.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

std::size_t count_leaves(const ectd::Application& application) {
    std::size_t count = 0;
    for (const ectd::Sequence& sequence : application.sequences) count += sequence.leaves.size();
    return count;
}

// Of a character of three bytes in UTF-8: "202E".
std::string hex_of(const std::string& utf8) {
    const auto byte = [&utf8](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(utf8[i])); };
    return fill("{:04X}", (byte(0) & 15) << 12 | (byte(1) & 63) << 6 | (byte(2) & 63));
}

// Safe in a script element, and the same after make_page: what that writes out ("[U+202E]") stays as it is in the data, as JSON escapes, so
// that paths lead where they should; the page's script writes it out where it shows it.
std::string for_script(const Json& json) {
    std::string text = json.dump(-1);
    for (const auto& [character, escape] : std::map<std::string, std::string>{{"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}})
        text = replace_all(std::move(text), character, escape);
    for (const char* const mark : {"\u061C", "\u200B", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C", "\u202D",
                                   "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"}) {
        if (text.find(mark) == std::string::npos) continue;
        const std::string name = std::string(mark).size() == 2 ? "061C" : hex_of(mark);
        text = replace_all(std::move(text), mark, "\\u" + name);
    }
    return text;
}

// The leaves in files of their own, which call the page back. Their names say what is in them: a page never meets another day's leaves.
void add_files(const ReadApplication& read, const ectd::ApplicationView& view, Json& data, ViewPage& page) {
    const std::size_t count = count_leaves(read.application);
    Json names = Json::array();
    for (std::size_t from = 0; from < count || from == 0; from += leaves_in_a_file) {
        const std::string bytes =
            fill("viewLeaves({}, ", from) + for_script(view_leaves(read, view, from, from + leaves_in_a_file)) + ");\n";
        const std::string name = "leaves-" + sha256_of(bytes).hex().substr(0, 16) + ".js";
        names.push(name);
        page.files.emplace_back(name, bytes);
    }
    data.set("files", std::move(names));
}

void write_count(XmlWriter& writer, std::size_t count, const std::string& one, const std::string& many, const std::string& note) {
    write_empty(writer, "count", {{"number", std::to_string(count)}, {"name", count == 1 ? one : many}, {"note", note}});
}

struct Parts {
    std::string data, css, script;
};

std::string view_xml(const ReadApplication& read, const ectd::ApplicationView& view, bool with_files, const Parts& parts) {
    const ectd::Application& application = read.application;
    const ectd::Envelope& newest = application.sequences.back().envelope;
    const auto current = read.lifecycle.current();
    XmlWriter writer;
    writer.declaration();
    writer.start("view", {{"title", application_title(read)},
                          {"region", application.region},
                          {"applicant", newest.company_name},
                          {"first", application.sequences.front().number.text()},
                          {"last", application.sequences.back().number.text()},
                          {"with_files", with_files ? "yes" : "no"},
                          {"tool", std::string("dossier ") + DOSSIER_VERSION}});
    write_count(writer, current.size(), "current document", "current documents", "neither replaced nor deleted");
    write_count(writer, count_leaves(application), "leaf ever sent", "leaves ever sent", "in all sequences together");
    write_count(writer, application.sequences.size(), "sequence", "sequences",
                fill("in {} {}", view.activities.size(), std::string_view(view.activities.size() == 1 ? "activity" : "activities")));
    write_count(writer, view.studies.size(), "study", "studies", "as the backbones tell them");
    write_count(writer, view.findings.size(), "finding of reading", "findings of reading", "missing files, dead targets");
    writer.text_element("data", parts.data);
    writer.text_element("css", parts.css);
    writer.text_element("script", parts.script);
    writer.end();
    return writer.finish();
}

} // namespace

std::string percent_encoded(const std::string& path) {
    std::string encoded;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '.' ||
                           c == '_' || c == '~';
        const char* const digits = "0123456789ABCDEF";
        if (plain)
            encoded += c;
        else
            (((encoded += '%') += digits[static_cast<unsigned char>(c) >> 4]) += digits[static_cast<unsigned char>(c) & 15]);
    }
    return encoded;
}

Result<ViewPage> make_view_page(const Context& context, const ReadApplication& read, const ectd::ApplicationView& view,
                                const std::string& base, bool with_files) {
    ViewPage page;
    Json data = view_data(read, view);
    data.set("base", base);
    if (with_files)
        add_files(read, view, data, page);
    else
        data.set("leaves", view_leaves(read, view, 0, count_leaves(read.application)));
    Parts parts{for_script(data), "", ""};
    for (const char* const name : {"pages/page.css", "pages/view.css"}) {
        DOSSIER_TRY(const std::string part, context.templates.read(name));
        parts.css += part;
    }
    for (const char* const name : {"pages/view_tree.js", "pages/view.js"}) {
        DOSSIER_TRY(const std::string part, context.templates.read(name));
        parts.script += part;
    }
    DOSSIER_TRY(page.html, make_page(context, "pages/view.xsl", view_xml(read, view, with_files, parts)));
    return page;
}

} // namespace dossier::cli
