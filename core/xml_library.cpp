#include "core/xml_library.hpp"

#include <mutex>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include "core/text.hpp"

namespace dossier::xml_library {

namespace {

xmlParserInputPtr deny_everything(const char*, const char*, xmlParserCtxtPtr) { return nullptr; }

} // namespace

void start() {
    static std::once_flag once;
    std::call_once(once, [] {
        xmlInitParser();
        xmlSetExternalEntityLoader(deny_everything);
    });
}

Messages::Messages(std::size_t most) : most_(most) {
    xmlSetStructuredErrorFunc(this, [](void* self, xmlErrorPtr error) { collect(self, error); });
}

Messages::~Messages() { xmlSetStructuredErrorFunc(nullptr, nullptr); }

void Messages::collect(void* self, void* raw) {
    auto& list = static_cast<Messages*>(self)->list_;
    const auto* error = static_cast<const xmlError*>(raw);
    if (list.size() >= static_cast<Messages*>(self)->most_) return;
    const std::string text(trim(error->message ? error->message : "unknown error"));
    std::string element;
    const auto* node = static_cast<const xmlNode*>(error->node);
    if (node && node->type == XML_ELEMENT_NODE) {
        if (node->ns && node->ns->prefix) element = reinterpret_cast<const char*>(node->ns->prefix) + std::string(":");
        element += reinterpret_cast<const char*>(node->name);
    }
    list.push_back({error->line, text, error->level == XML_ERR_FATAL, error->code, element});
}

Error Messages::to_error(const std::string& path) const {
    if (list_.empty()) return Error(ErrorKind::invalid, "not well-formed XML", {path});
    return Error(ErrorKind::invalid, "not well-formed XML: " + list_.front().text, {path, "", list_.front().line, "", -1},
                 "correct the file at this line, or export it again");
}

Result<void> check_bounds(std::string_view bytes, const std::string& path, std::uint64_t most_bytes, std::size_t most_attributes) {
    if (bytes.size() > most_bytes)
        return Error(ErrorKind::invalid, fill("larger than the {} bytes that an XML file may have here", most_bytes), {path});
    auto skip_to = [&bytes](std::size_t from, std::string_view mark) {
        const std::size_t at = bytes.find(mark, from);
        return at == std::string_view::npos ? bytes.size() : at + mark.size();
    };
    std::int64_t line = 1;
    std::size_t i = 0;
    auto count_lines = [&](std::size_t from, std::size_t to) {
        for (std::size_t k = from; k < to; ++k) line += bytes[k] == '\n' ? 1 : 0;
    };
    while (i < bytes.size()) {
        if (bytes[i] != '<') {
            line += bytes[i++] == '\n' ? 1 : 0;
            continue;
        }
        const std::string_view rest = bytes.substr(i, 9);
        std::size_t end = 0;
        if (starts_with(rest, "<!--")) {
            end = skip_to(i, "-->");
        } else if (starts_with(rest, "<![CDATA[")) {
            end = skip_to(i, "]]>");
        } else if (starts_with(rest, "<?")) {
            end = skip_to(i, "?>");
        } else {
            // NUL bytes of UTF-16 fall through: only quotes and '>' count.
            std::size_t quotes = 0;
            char open = 0;
            for (end = i + 1; end < bytes.size() && (open != 0 || bytes[end] != '>'); ++end) {
                const char c = bytes[end];
                if (open == 0 && (c == '"' || c == '\'')) {
                    open = c;
                    ++quotes;
                } else if (c == open) {
                    open = 0;
                }
            }
            if (quotes > most_attributes)
                return Error(ErrorKind::invalid, fill("an element with more than {} attributes", most_attributes),
                             {path, "", line, "", -1});
            end = end < bytes.size() ? end + 1 : end;
        }
        count_lines(i, end);
        i = end;
    }
    return {};
}

} // namespace dossier::xml_library
