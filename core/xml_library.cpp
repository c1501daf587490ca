#include "core/xml_library.hpp"

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include "core/text.hpp"

namespace dossier::xml_library {

namespace {

thread_local std::string served_ending, served_text;

xmlParserInputPtr deny_everything(const char* address, const char*, xmlParserCtxtPtr context) {
    if (served_ending.empty() || !address || !ends_with(address, served_ending)) return nullptr;
    return xmlNewStringInputStream(context, reinterpret_cast<const xmlChar*>(served_text.c_str()));
}

// As `new` does: a worker process ends where memory does, instead of judging half of a document (core/worker.hpp).
void* checked(void* memory, std::size_t size) {
    if (const auto handler = std::get_new_handler(); !memory && size > 0 && handler) handler();
    return memory;
}
void* allocate(std::size_t size) { return checked(std::malloc(size), size); }
void* reallocate(void* memory, std::size_t size) { return checked(std::realloc(memory, size), size); }
char* duplicate(const char* text) {
    void* const memory = allocate(std::strlen(text) + 1);
    return memory ? std::strcpy(static_cast<char*>(memory), text) : nullptr;
}

} // namespace

void start() {
    static std::once_flag once;
    std::call_once(once, [] {
        xmlMemSetup(std::free, allocate, reallocate, duplicate);
        xmlInitParser();
        xmlSetExternalEntityLoader(deny_everything);
    });
}

Served::Served(std::string ending, std::string text) {
    served_ending = std::move(ending);
    served_text = std::move(text);
}

Served::~Served() {
    served_ending.clear();
    served_text.clear();
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
    list.push_back({error->line, text, error->level == XML_ERR_FATAL, element});
}

Error Messages::to_error(const std::string& path) const {
    if (list_.empty()) return Error(ErrorKind::invalid, "not well-formed XML", {path});
    return parse_error(list_.front().text, {path, "", list_.front().line, "", -1});
}

Error parse_error(std::string_view text, Place where) {
    for (const char* const limit : {"too big found", "length too long", "Huge input lookup", "huge text node"})
        if (text.find(limit) != std::string_view::npos)
            return {ErrorKind::unsupported, "a comment, text or value is larger than 10 MB, and this program reads no more",
                    std::move(where)};
    return {ErrorKind::invalid, fill("not well-formed XML: {}", text), std::move(where),
            "correct the file at this line, or export it again"};
}

Result<void> check_bounds(std::string_view bytes, const std::string& path, std::uint64_t most_bytes, std::size_t most_attributes) {
    if (bytes.size() > most_bytes)
        return Error(ErrorKind::unsupported, fill("larger than the {} bytes that this program reads of an XML file", most_bytes), {path});
    DOSSIER_TRY(const XmlWidth width, check_encoding(bytes.substr(0, 1024), path));
    return TagBounds(most_attributes, width).scan(bytes, path);
}

} // namespace dossier::xml_library
