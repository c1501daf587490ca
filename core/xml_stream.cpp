#include "core/xml_stream.hpp"

#include <exception>
#include <new>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include "core/text.hpp"
#include "core/xml_library.hpp"

namespace dossier {

namespace {

std::string_view view_of(const xmlChar* text) { return text ? reinterpret_cast<const char*>(text) : ""; }

void set_name(std::string& name, const xmlChar* prefix, const xmlChar* local) {
    name = view_of(prefix);
    if (prefix) name += ':';
    name += view_of(local);
}

constexpr std::size_t head_size = 1024; // enough to see the encoding
constexpr std::size_t piece_size = 64u << 10;

} // namespace

struct XmlStream::State {
    State(XmlHandler& handler_, std::string path_, const XmlLimits& limits_)
        : handler(handler_), path(std::move(path_)), limits(limits_), bounds(limits_.attributes) {
        xml_library::start();
        xmlSAXHandler sax{};
        sax.initialized = XML_SAX2_MAGIC;
        sax.internalSubset = &on_doctype;
        sax.getEntity = &on_entity;
        sax.reference = [](void* self, const xmlChar* name) { of(self).refuse_entity(name); };
        sax.entityDecl = [](void* self, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) { of(self).refuse_declaration(); };
        sax.unparsedEntityDecl = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*, const xmlChar*) {
            of(self).refuse_declaration();
        };
        sax.notationDecl = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) { of(self).refuse_declaration(); };
        sax.elementDecl = [](void* self, const xmlChar*, int, xmlElementContentPtr) { of(self).refuse_declaration(); };
        sax.attributeDecl = [](void* self, const xmlChar*, const xmlChar*, int, int, const xmlChar*, xmlEnumerationPtr values) {
            xmlFreeEnumeration(values); // the callback owns it
            of(self).refuse_declaration();
        };
        sax.processingInstruction = &on_instruction;
        sax.startElementNs = &on_start;
        sax.endElementNs = &on_end;
        sax.characters = &on_text;
        sax.ignorableWhitespace = &on_text;
        sax.cdataBlock = &on_cdata;
        sax.serror = &on_error;
        context = xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr);
        // With this option '&amp;' in attributes arrives as '&'. Nothing else can be substituted: on_entity knows no entities.
        if (context) xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_NOENT);
    }
    ~State() { xmlFreeParserCtxt(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    Result<void> parse(std::string_view piece, bool last) {
        if (!context) return Error(ErrorKind::internal, "out of memory", {path});
        do {
            const std::string_view part = piece.substr(0, piece_size);
            piece.remove_prefix(part.size());
            if (!stopped) xmlParseChunk(context, part.data(), static_cast<int>(part.size()), last && piece.empty());
        } while (!piece.empty() && !stopped);
        if (has_failed) return failure;
        if (stopped || context->wellFormed != 0) return {};
        return Error(ErrorKind::invalid, "not well-formed XML", at_line());
    }

    Place at_line() const { return {path, "", line(), "", -1}; }
    std::int64_t line() const { return context && context->input ? context->input->line : 0; }
    void stop() {
        stopped = true;
        xmlStopParser(context);
    }
    void fail(Error error) {
        if (has_failed) return;
        has_failed = true;
        failure = std::move(error);
        stop();
    }
    void refuse_declaration() { fail(own_declarations(at_line())); }
    void refuse_entity(const xmlChar* name) {
        fail(Error(ErrorKind::invalid, fill("the entity &{}; is not defined", view_of(name)), at_line(), "write the character itself"));
    }
    // Exceptions must not travel through libxml2.
    template <class Call> void call(Call&& handle) {
        if (stopped) return;
        try {
            auto result = handle();
            if (!result) fail(std::move(result).error());
        } catch (const std::bad_alloc&) {
            fail(Error(ErrorKind::unsupported, "there is not enough memory here to read it", at_line()));
        } catch (const std::exception& error) {
            fail(Error(ErrorKind::internal, error.what(), at_line()));
        }
        if (!stopped && handler.is_done()) stop();
    }

    static State& of(void* self) { return *static_cast<State*>(self); }
    static void on_doctype(void* self, const xmlChar* name, const xmlChar* public_id, const xmlChar* system_id) {
        of(self).call([&] {
            return of(self).handler.doctype(
                {std::string(view_of(name)), std::string(view_of(public_id)), std::string(view_of(system_id)), true});
        });
    }
    static xmlEntityPtr on_entity(void* self, const xmlChar* name) {
        if (xmlEntityPtr known = xmlGetPredefinedEntity(name)) return known;
        of(self).refuse_entity(name);
        return nullptr;
    }
    static void on_instruction(void* self, const xmlChar* target, const xmlChar* data) {
        if (of(self).seen_root) return;
        of(self).call([&] { return of(self).handler.instruction(std::string(view_of(target)), std::string(view_of(data))); });
    }
    static void on_start(void* self, const xmlChar* local, const xmlChar* prefix, const xmlChar*, int namespaces, const xmlChar** spaces,
                         int attributes, int, const xmlChar** values) {
        State& state = of(self);
        if (!state.seen_root && state.context->standalone == 1) state.call([&] { return state.handler.standalone(); });
        state.seen_root = true;
        state.call([&]() -> Result<void> {
            XmlStart& element = state.element;
            element.line = state.line();
            if (++state.depth > state.limits.depth)
                return Error(ErrorKind::unsupported,
                             fill("elements are nested deeper than {}, and this program reads no deeper", state.limits.depth),
                             state.at_line());
            if (++state.elements > state.limits.elements)
                return Error(ErrorKind::unsupported,
                             fill("there are more than {} elements, and this program reads no more", state.limits.elements),
                             state.at_line());
            set_name(element.name, prefix, local);
            element.attributes.resize(static_cast<std::size_t>(namespaces + attributes));
            std::size_t next = 0;
            for (int i = 0; i < namespaces; ++i) {
                XmlAttribute& item = element.attributes[next++];
                item.name = spaces[2 * i] ? "xmlns:" : "xmlns";
                item.name += view_of(spaces[2 * i]);
                item.value = view_of(spaces[2 * i + 1]);
            }
            for (int i = 0; i < attributes; ++i) {
                const xmlChar** attribute = values + 5 * i; // local name, prefix, URI, value, its end
                XmlAttribute& item = element.attributes[next++];
                set_name(item.name, attribute[1], attribute[0]);
                item.value.assign(reinterpret_cast<const char*>(attribute[3]), reinterpret_cast<const char*>(attribute[4]));
            }
            return state.handler.start(element);
        });
    }
    static void on_end(void* self, const xmlChar* local, const xmlChar* prefix, const xmlChar*) {
        State& state = of(self);
        --state.depth;
        state.call([&] {
            set_name(state.end_name, prefix, local);
            return state.handler.end(state.end_name, state.line());
        });
    }
    static void on_text(void* self, const xmlChar* text, int size) {
        of(self).call([&] { return of(self).handler.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)}); });
    }
    static void on_cdata(void* self, const xmlChar* text, int size) {
        of(self).call([&] { return of(self).handler.cdata({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)}); });
    }
    static void on_error(void* self, xmlErrorPtr error) {
        if (of(self).stopped || error->level != XML_ERR_FATAL) return;
        const std::string text(trim(error->message ? error->message : "unknown error"));
        of(self).fail(xml_library::parse_error(text, {of(self).path, "", error->line, "", -1}));
    }

    XmlHandler& handler;
    std::string path;
    XmlLimits limits;
    xml_library::TagBounds bounds;
    xmlParserCtxtPtr context = nullptr;
    std::string head; // until there is enough of it
    bool past_head = false;
    std::uint64_t bytes = 0, elements = 0;
    int depth = 0;
    bool seen_root = false, stopped = false, has_failed = false;
    Error failure;
    XmlStart element;
    std::string end_name;

    Result<void> open_head() {
        past_head = true;
        DOSSIER_TRY(const xml_library::XmlWidth width, xml_library::check_encoding(std::string_view(head).substr(0, head_size), path));
        bounds = xml_library::TagBounds(limits.attributes, width);
        return scan_and_parse(std::exchange(head, {}), false);
    }
    Result<void> scan_and_parse(std::string_view piece, bool last) {
        DOSSIER_CHECK(bounds.scan(piece, path));
        return parse(piece, last);
    }
};

XmlStream::XmlStream(XmlHandler& handler, const std::string& path, const XmlLimits& limits)
    : state_(std::make_unique<State>(handler, path, limits)) {}
XmlStream::~XmlStream() = default;

Result<void> XmlStream::feed(std::string_view piece) {
    if (state_->has_failed) return state_->failure;
    if (state_->stopped || piece.empty()) return {};
    state_->bytes += piece.size();
    if (state_->bytes > state_->limits.bytes)
        return Error(ErrorKind::unsupported, fill("larger than the {} bytes that this program reads of an XML file", state_->limits.bytes),
                     {state_->path});
    if (state_->past_head) return state_->scan_and_parse(piece, false);
    state_->head += piece;
    return state_->head.size() < head_size ? Result<void>() : state_->open_head();
}

Result<void> XmlStream::finish() {
    if (state_->has_failed) return state_->failure;
    if (!state_->past_head) DOSSIER_CHECK(state_->open_head());
    if (state_->stopped) return {};
    return state_->parse({}, true);
}

const std::string* XmlStart::attribute(std::string_view wanted) const {
    for (const XmlAttribute& item : attributes)
        if (item.name == wanted) return &item.value;
    return nullptr;
}

Result<void> XmlHandler::standalone() { return {}; }
Result<void> XmlHandler::doctype(const XmlDoctype&) { return {}; }
Result<void> XmlHandler::instruction(const std::string&, const std::string&) { return {}; }
Result<void> XmlHandler::text(std::string_view) { return {}; }
Result<void> XmlHandler::cdata(std::string_view piece) { return text(piece); }
bool XmlHandler::is_done() const { return false; }

Result<void> read_xml(std::string_view bytes, const std::string& path, XmlHandler& handler, const XmlLimits& limits) {
    XmlStream stream(handler, path, limits);
    DOSSIER_CHECK(stream.feed(bytes));
    return stream.finish();
}

Result<void> read_xml_file(FileSystem& fs, const std::string& path, XmlHandler& handler, const XmlLimits& limits) {
    XmlStream stream(handler, path, limits);
    DOSSIER_TRY(const auto file, fs.open(path));
    std::vector<char> buffer(piece_size);
    while (!handler.is_done()) {
        DOSSIER_TRY(const std::size_t got, file->read(buffer.data(), buffer.size()));
        if (got == 0) break;
        DOSSIER_CHECK(stream.feed({buffer.data(), got}));
    }
    return stream.finish();
}

} // namespace dossier
