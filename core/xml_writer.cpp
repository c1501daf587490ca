#include "core/xml.hpp"

namespace dossier {

namespace {

// XML 1.0 forbids most control characters, even as references.
bool is_allowed(unsigned char c) { return c >= 0x20 || c == '\t' || c == '\n' || c == '\r'; }

void add_attributes(std::string& out, const std::vector<XmlAttribute>& attributes) {
    for (const XmlAttribute& attribute : attributes) out += " " + attribute.name + "=\"" + escape_xml(attribute.value) + "\"";
}

} // namespace

std::string escape_xml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '\t':
            out += "&#9;";
            break;
        case '\n':
            out += "&#10;";
            break;
        case '\r':
            out += "&#13;";
            break;
        default:
            if (is_allowed(static_cast<unsigned char>(c))) out += c;
        }
    }
    return out;
}

void XmlWriter::declaration(bool standalone_no) {
    out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"";
    out_ += standalone_no ? " standalone=\"no\"?>\n" : "?>\n";
}

void XmlWriter::doctype(std::string_view name, std::string_view system_id) {
    out_ += "<!DOCTYPE " + std::string(name) + " SYSTEM \"" + escape_xml(system_id) + "\">\n";
}

void XmlWriter::instruction(std::string_view target, std::string_view data) {
    out_ += "<?" + std::string(target) + " " + std::string(data) + "?>\n";
}

void XmlWriter::indent() {
    if (start_pending_) out_ += ">\n";
    start_pending_ = false;
    out_.append(2 * open_.size(), ' ');
}

void XmlWriter::start(std::string_view name, const std::vector<XmlAttribute>& attributes) {
    indent();
    out_ += "<" + std::string(name);
    add_attributes(out_, attributes);
    open_.emplace_back(name);
    start_pending_ = true;
}

void XmlWriter::text_element(std::string_view name, std::string_view text, const std::vector<XmlAttribute>& attributes) {
    indent();
    out_ += "<" + std::string(name);
    add_attributes(out_, attributes);
    out_ += ">" + escape_xml(text) + "</" + std::string(name) + ">\n";
}

void XmlWriter::end() {
    const std::string name = open_.back();
    open_.pop_back();
    if (start_pending_) {
        out_ += "/>\n";
        start_pending_ = false;
        return;
    }
    out_.append(2 * open_.size(), ' ');
    out_ += "</" + name + ">\n";
}

std::string XmlWriter::finish() {
    while (!open_.empty()) end();
    return std::move(out_);
}

} // namespace dossier
