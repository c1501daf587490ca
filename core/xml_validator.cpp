#include "core/xml_validator.hpp"

#include <algorithm>
#include <optional>

#include <libxml/tree.h>

#include "core/name_set.hpp"
#include "core/text.hpp"
#include "core/xml_grammar_data.hpp"

namespace dossier {

namespace {

using Data = XmlGrammar::Data;
using xml_content::Run;

constexpr std::size_t most_names = 8; // that a message lists

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_name(const std::string& text) { return xmlValidateName(reinterpret_cast<const xmlChar*>(text.c_str()), 0) == 0; }
bool is_token(const std::string& text) { return xmlValidateNMToken(reinterpret_cast<const xmlChar*>(text.c_str()), 0) == 0; }

// Without its namespaces a document is not even read, whatever the grammar gives.
bool is_namespace(const std::string& attribute) { return attribute == "xmlns" || starts_with(attribute, "xmlns:"); }

std::string shortened(const std::string& value) {
    constexpr std::size_t most = 80;
    return value.size() <= most ? value : value.substr(0, most) + " ...";
}

} // namespace

struct XmlValidator::State {
    State(const XmlGrammar& grammar, std::size_t most_) : data(grammar.data()), most(most_), runs(data.elements.size()) {}

    struct Open {
        const Data::Element* declared = nullptr; // null: an element that the grammar does not have
        int symbol = -1;
        std::string name;
        std::int64_t line = 0;
        std::size_t order = 0; // of the start tags
        int state = Run::start;
        bool has_failed = false, holds_unknown = false;
        std::string problem; // of the content
    };
    struct Found {
        std::size_t order;
        XmlProblem problem;
    };
    struct Reference {
        std::size_t order;
        std::int64_t line;
        std::string element, attribute, id;
    };

    const Data& data;
    std::size_t most;
    std::vector<std::optional<Run>> runs; // by symbol
    std::vector<Open> open;
    std::vector<Found> found;
    NameSet ids;
    std::vector<Reference> references;
    std::size_t order = 0;
    std::string announced;   // the root element by the DOCTYPE; empty: none is
    bool standalone = false; // and nothing was found yet that contradicts it

    void say(std::size_t at, std::int64_t line, XmlProblemKind kind, const std::string& element, const std::string& attribute,
             std::string message) {
        if (found.size() < most) found.push_back({at, {line, std::move(message), kind, element, attribute}});
    }

    // Whoever reads the document without the grammar sees another one. One problem, whose cause is the declaration, however often.
    void contradict_standalone(const std::string& why, std::int64_t line) {
        if (!standalone) return;
        standalone = false;
        say(0, 1, XmlProblemKind::other, "XML declaration", "",
            fill("it says standalone=\"yes\", which is not so: {} (line {}); leave standalone out", why, line));
    }

    Run& run_of(const Open& element) {
        auto& run = runs[static_cast<std::size_t>(element.symbol)];
        if (!run) run.emplace(element.declared->model);
        return *run;
    }

    std::string expected_in(const Open& parent) {
        const Run& run = run_of(parent);
        std::vector<std::string> names;
        for (const int symbol : run.expected(parent.state)) names.push_back(data.elements[static_cast<std::size_t>(symbol)].name);
        if (names.size() > most_names) {
            const std::size_t others = names.size() - most_names;
            names.resize(most_names);
            names.push_back(fill("{} others", others));
        }
        return join(names, ", ");
    }

    void take_child(Open& parent, const Open& child) {
        if (!child.declared) parent.holds_unknown = true;
        if (!parent.declared || !child.declared || parent.has_failed || parent.declared->content == Data::Content::any) return;
        if (parent.declared->content == Data::Content::empty) return fail(parent, fill("{} has to be empty", parent.name));
        const int next = run_of(parent).next(parent.state, child.symbol);
        if (next == Run::nowhere) {
            const std::string names = expected_in(parent);
            return fail(parent, fill("{} must not stand here in {}{}", child.name, parent.name,
                                     names.empty() ? " (nothing may come any more)" : fill(" (the grammar has {} here)", names)));
        }
        parent.state = next;
    }

    static void fail(Open& element, std::string problem) {
        element.has_failed = true;
        element.problem = std::move(problem);
    }

    void check_attributes(const Open& element, const XmlStart& start) {
        for (const XmlAttribute& attribute : start.attributes) {
            const auto& known = element.declared->attributes;
            const auto declared =
                std::find_if(known.begin(), known.end(), [&](const Data::Attribute& one) { return one.name == attribute.name; });
            if (declared == known.end())
                say(element.order, element.line, XmlProblemKind::unknown_attribute, element.name, attribute.name,
                    fill("the grammar has no attribute {} of {}", attribute.name, element.name));
            else
                check_value(element, *declared, attribute.value);
        }
        for (const Data::Attribute& declared : element.declared->attributes) {
            if (standalone && declared.has_default && !is_namespace(declared.name) && !start.attribute(declared.name))
                contradict_standalone(fill("{} gets its attribute {} from the grammar", element.name, declared.name), element.line);
            if (declared.required && !start.attribute(declared.name))
                say(element.order, element.line, XmlProblemKind::attribute_missing, element.name, declared.name,
                    fill("{} lacks its attribute {}", element.name, declared.name));
        }
    }

    void check_value(const Open& element, const Data::Attribute& declared, const std::string& written) {
        const std::string value = declared.type == Data::Type::text ? written : normalised_token(written);
        std::string why;
        switch (declared.type) {
        case Data::Type::listed:
            if (std::find(declared.listed.begin(), declared.listed.end(), value) == declared.listed.end())
                why = fill("none of {}", join(declared.listed, ", "));
            break;
        case Data::Type::token:
            if (!is_token(value)) why = "not one word";
            break;
        case Data::Type::tokens:
            for (const std::string& word : split(value, ' '))
                if (!is_token(word)) why = "no list of words";
            break;
        case Data::Type::id:
            check_id(element, declared, value, why);
            break;
        case Data::Type::reference:
        case Data::Type::references:
            for (const std::string& id : split(value, ' ')) {
                if (!is_name(id)) why = "no name of XML";
                references.push_back({element.order, element.line, element.name, declared.name, id});
            }
            break;
        default:
            break;
        }
        if (why.empty() && declared.fixed && value != declared.value) why = fill("not \"{}\"", declared.value);
        if (why.empty()) return;
        say(element.order, element.line, XmlProblemKind::attribute_value, element.name, declared.name,
            fill("attribute {} of {} is \"{}\", {}", declared.name, element.name, shortened(written), why));
    }

    void check_id(const Open& element, const Data::Attribute& declared, const std::string& value, std::string& why) {
        if (!is_name(value))
            why = "no name of XML (a letter or _ first, then letters, digits, . - _ without blanks)";
        else if (!ids.insert(value))
            say(element.order, element.line, XmlProblemKind::id_repeated, element.name, declared.name,
                fill("the {} \"{}\" stands already at another element", declared.name, shortened(value)));
    }
};

XmlValidator::XmlValidator(const XmlGrammar& grammar, std::size_t most) : state_(std::make_unique<State>(grammar, most)) {}
XmlValidator::~XmlValidator() = default;

void XmlValidator::standalone() { state_->standalone = true; }

void XmlValidator::doctype(const XmlDoctype& doctype) { state_->announced = doctype.name; }

void XmlValidator::start(const XmlStart& start) {
    State& s = *state_;
    State::Open element;
    element.name = start.name;
    element.line = start.line;
    element.order = s.order++;
    const auto symbol = s.data.symbols.find(start.name);
    if (symbol != s.data.symbols.end() && s.data.elements[static_cast<std::size_t>(symbol->second)].declared) {
        element.symbol = symbol->second;
        element.declared = &s.data.elements[static_cast<std::size_t>(symbol->second)];
    }
    if (!s.open.empty()) s.take_child(s.open.back(), element);
    // The name without its prefix is taken as well, as libxml2 does: sequences with it were always accepted.
    const std::string_view local = std::string_view(element.name).substr(element.name.find(':') + 1);
    if (element.order == 0 && !s.announced.empty() && s.announced != element.name && s.announced != local)
        s.say(element.order, element.line, XmlProblemKind::other, element.name, "",
              fill("the DOCTYPE announces the root element {}, and the root element is {}", shortened(s.announced), element.name));
    if (element.declared)
        s.check_attributes(element, start);
    else
        s.say(element.order, element.line, XmlProblemKind::unknown_element, element.name, "",
              fill("the grammar has no element {}", element.name));
    s.open.push_back(std::move(element));
}

void XmlValidator::text(std::string_view piece) {
    State::Open& element = state_->open.back();
    if (!element.declared || element.has_failed) return;
    if (element.declared->content == Data::Content::empty) return State::fail(element, fill("{} has to be empty", element.name));
    if (state_->standalone && element.declared->content == Data::Content::children)
        state_->contradict_standalone(fill("only the grammar tells that the blanks in {} are no text", element.name), element.line);
    if (element.declared->content == Data::Content::children && !std::all_of(piece.begin(), piece.end(), is_blank))
        State::fail(element, fill("{} must not hold text of its own", element.name));
}

void XmlValidator::cdata() {
    State::Open& element = state_->open.back();
    if (!element.declared || element.has_failed) return;
    if (element.declared->content == Data::Content::empty) State::fail(element, fill("{} has to be empty", element.name));
    if (element.declared->content == Data::Content::children)
        State::fail(element, fill("{} must not hold text of its own, nor a CDATA section", element.name));
}

void XmlValidator::end() {
    State& s = *state_;
    State::Open& element = s.open.back();
    const bool has_order = element.declared && element.declared->content == Data::Content::children;
    if (has_order && !element.has_failed && !s.run_of(element).may_end(element.state))
        State::fail(element, fill("{} ends too early: the grammar has {} here", element.name, s.expected_in(element)));
    if (element.has_failed && !element.holds_unknown)
        s.say(element.order, element.line, XmlProblemKind::content, element.name, "", element.problem);
    s.open.pop_back();
}

std::vector<XmlProblem> XmlValidator::finish() {
    State& s = *state_;
    for (const State::Reference& reference : s.references)
        if (!s.ids.contains(reference.id))
            s.say(reference.order, reference.line, XmlProblemKind::attribute_value, reference.element, reference.attribute,
                  fill("attribute {} of {} is \"{}\", which is the ID of no element", reference.attribute, reference.element,
                       shortened(reference.id)));
    const auto is_content = [](const State::Found& found) { return found.problem.kind == XmlProblemKind::content; };
    std::stable_sort(s.found.begin(), s.found.end(), [&](const State::Found& a, const State::Found& b) {
        return a.order != b.order ? a.order < b.order : is_content(a) && !is_content(b);
    });
    std::vector<XmlProblem> problems;
    for (State::Found& found : s.found) problems.push_back(std::move(found.problem));
    return problems;
}

namespace {

class ValidityHandler final : public XmlHandler {
public:
    ValidityHandler(const XmlGrammar& grammar, std::size_t most) : validator_(grammar, most) {}
    Result<void> standalone() override {
        validator_.standalone();
        return {};
    }
    Result<void> doctype(const XmlDoctype& doctype) override {
        validator_.doctype(doctype);
        return {};
    }
    Result<void> start(const XmlStart& element) override {
        validator_.start(element);
        return {};
    }
    Result<void> end(const std::string&, std::int64_t) override {
        validator_.end();
        return {};
    }
    Result<void> text(std::string_view piece) override {
        validator_.text(piece);
        return {};
    }
    Result<void> cdata(std::string_view) override {
        validator_.cdata();
        return {};
    }
    std::vector<XmlProblem> finish() { return validator_.finish(); }

private:
    XmlValidator validator_;
};

} // namespace

Result<std::vector<XmlProblem>> validate_xml(std::string_view bytes, const std::string& path, std::string_view dtd, std::size_t most) {
    DOSSIER_TRY(const XmlGrammar grammar, XmlGrammar::parse(dtd, "grammar"));
    ValidityHandler handler(grammar, most);
    DOSSIER_CHECK(read_xml(bytes, path, handler));
    return handler.finish();
}

} // namespace dossier
