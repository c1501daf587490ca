// Backbones and study tagging files, read once as a stream: grammar, DOCTYPE, and an outline (headings, identifiers, envelope fields).
#include "ectd/facts_internal.hpp"

#include <iterator>
#include <optional>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"

namespace dossier::ectd::facts {

namespace {

constexpr std::size_t most_problems = 1000;

const char* root_of(const std::string& grammar) {
    if (grammar == "ich-ectd-3-2") return "ectd:ectd";
    if (grammar == "us-regional-v3-3") return "fda-regional:fda-regional";
    if (grammar == "eu-regional-3-1") return "eu:eu-backbone";
    return "ectd:study";
}

// href="..." of <?xml-stylesheet?>; empty when there is none.
std::string stylesheet_in(const std::string& data) {
    const std::size_t at = data.find("href=");
    if (at == std::string::npos || at + 6 >= data.size()) return "";
    const std::size_t end = data.find(data[at + 5], at + 6);
    return end == std::string::npos ? "" : data.substr(at + 6, end - at - 6);
}

void add_reference(const std::string& reference, const std::string& file, std::vector<std::string>& references) {
    if (reference.empty() || reference.find(':') != std::string::npos || path::is_absolute(reference)) return;
    references.push_back(path::normalise(path::join(path::parent(file), reference)));
}

bool looks_like_heading(const std::string& name) {
    return name.size() > 3 && name[0] == 'm' && name[1] >= '1' && name[1] <= '5' && name[2] == '-' && name != "m1-regional" &&
           name != "m1-eu";
}

} // namespace

OutlineReader::OutlineReader(std::string file, const templates::HeadingTree& headings, const templates::TokenAttributes& tokens,
                             SequenceFacts& facts)
    : file_(std::move(file)), headings_(headings), normalised_(tokens), facts_(facts) {}

void OutlineReader::start(const XmlStart& written) {
    const XmlStart& element = normalised_.of(written);
    const bool in_leaf = !open_.empty() && (open_.back().kind == Kind::leaf || open_.back().kind == Kind::inside_leaf);
    const std::string name(local_name(element.name)); // the Canadian elements may carry the prefix of their namespace
    const bool is_leaf = !in_leaf && !open_.empty() && name == "leaf";
    const bool counts = !is_leaf && (!in_leaf || open_.back().kind == Kind::leaf); // identifiers deep inside a leaf are nobody's
    if (const std::string* id = element.attribute("ID"); id && counts) facts_.ids.push_back({file_, name, *id, element.line});
    Open opened;
    if (in_leaf) {
        opened.kind = Kind::inside_leaf;
    } else if (open_.empty()) {
        opened.depth = 1;
    } else if (is_leaf) {
        opened.kind = Kind::leaf;
        for (Open& above : open_) above.has_leaf = true;
        if (open_.back().kind == Kind::heading) facts_.headings[open_.back().fact].holds_leaf = true;
    } else {
        open(element, name, opened);
    }
    open_.push_back(std::move(opened));
}

// Below a heading or any other element; `opened` becomes what it is.
void OutlineReader::open(const XmlStart& element, const std::string& name, Open& opened) {
    Open& parent = open_.back();
    parent.has_children = true;
    const templates::Heading* known = headings_.by_element(name);
    if (name == "node-extension") {
        opened.kind = Kind::extension;
        opened.fact = facts_.extensions.size();
        opened.heading = parent.heading;
        opened.depth = parent.depth;
        facts_.extensions.push_back({file_, parent.heading, "", element.line});
        return;
    }
    if (parent.kind == Kind::extension && name == "title" && !parent.has_title) {
        parent.has_title = true;
        opened.titles = true;
    }
    opened.heading = name;
    opened.depth = parent.depth + 1;
    if (known || looks_like_heading(name)) {
        opened.kind = Kind::heading;
        opened.fact = facts_.headings.size();
        HeadingFact fact;
        fact.file = file_;
        fact.element = name;
        fact.line = element.line;
        fact.depth = parent.depth;
        fact.heading = known;
        for (const XmlAttribute& attribute : element.attributes)
            if (attribute.name != "ID" && attribute.name.find(':') == std::string::npos && attribute.name != "xmlns")
                fact.attributes[attribute.name] = attribute.value;
        fact.section = section_step(known, name, fact.attributes);
        facts_.headings.push_back(std::move(fact));
    } else if (file_ != "index.xml") { // the ICH backbone has no envelope
        opened.kind = Kind::field;
        opened.fact = facts_.fields.size();
        opened.line = element.line;
        for (const XmlAttribute& attribute : element.attributes)
            if (attribute.name.find(':') == std::string::npos)
                facts_.fields.push_back({name + "@" + attribute.name, attribute.value, element.line});
    }
}

void OutlineReader::text(std::string_view piece) {
    if (!open_.empty() && (open_.back().kind == Kind::field || open_.back().titles)) open_.back().text += piece;
}

void OutlineReader::end() {
    const Open closed = std::move(open_.back());
    open_.pop_back();
    if (closed.kind == Kind::heading) facts_.headings[closed.fact].has_leaf = closed.has_leaf;
    if (closed.titles) facts_.extensions[open_.back().fact].title = trim(closed.text);
    if (closed.kind == Kind::field && !closed.has_children) // its text stands before its attributes
        facts_.fields.insert(facts_.fields.begin() + static_cast<std::ptrdiff_t>(closed.fact),
                             {closed.heading, std::string(trim(closed.text)), closed.line});
}

namespace {

// One pass over a file: its DOCTYPE and stylesheet, its validity, its outline.
class FactHandler final : public XmlHandler {
public:
    FactHandler(XmlFileFact& fact, const Grammars& grammars, OutlineReader* outline)
        : fact_(fact), outline_(outline), grammar_(fact.grammar.empty() ? nullptr : &grammars.at(fact.grammar)) {}

    Result<void> standalone() override {
        is_standalone_ = true;
        return {};
    }
    Result<void> doctype(const XmlDoctype& doctype) override {
        fact_.doctype = doctype;
        return {};
    }
    Result<void> instruction(const std::string& target, const std::string& data) override {
        if (target == "xml-stylesheet" && fact_.stylesheet.empty()) fact_.stylesheet = stylesheet_in(data);
        return {};
    }
    Result<void> start(const XmlStart& element) override {
        if (!seen_root_) start_root(element);
        if (validator_) validator_->start(element);
        if (outline_) outline_->start(element);
        return {};
    }
    Result<void> end(const std::string&, std::int64_t) override {
        if (validator_) validator_->end();
        if (outline_) outline_->end();
        return {};
    }
    Result<void> text(std::string_view piece) override {
        if (validator_) validator_->text(piece);
        if (outline_) outline_->text(piece);
        return {};
    }
    Result<void> cdata(std::string_view piece) override {
        if (validator_) validator_->cdata();
        if (outline_) outline_->text(piece);
        return {};
    }

    void finish() {
        fact_.well_formed = true;
        add_reference(fact_.doctype.system_id, fact_.path, fact_.references);
        add_reference(fact_.stylesheet, fact_.path, fact_.references);
        if (!validator_) return;
        std::vector<XmlProblem> problems = validator_->finish();
        fact_.problems.insert(fact_.problems.end(), std::make_move_iterator(problems.begin()), std::make_move_iterator(problems.end()));
    }

private:
    void start_root(const XmlStart& root) {
        seen_root_ = true;
        if (const std::string* version = root.attribute("dtd-version")) fact_.dtd_version = *version;
        if (!grammar_) return;
        if (fact_.grammar == stf_grammar) check_stf_doctype(root);
        if (root.name != root_of(fact_.grammar))
            return say(root, fill("the root element is {}, it has to be {}", root.name, std::string_view(root_of(fact_.grammar))));
        validator_.emplace(*grammar_, most_problems);
        if (is_standalone_) validator_->standalone();
        validator_->doctype(fact_.doctype);
    }

    // The DOCTYPEs of backbones have rules of their own.
    void check_stf_doctype(const XmlStart& root) {
        const std::string dtd = fact_.grammar + ".dtd";
        if (!fact_.doctype.present)
            say(root, fill("there is no DOCTYPE, it has to name {}", dtd));
        else if (path::file_name(fact_.doctype.system_id) != dtd)
            say(root, fill("the DOCTYPE names {}, it has to name {}",
                           fact_.doctype.system_id.empty() ? "no DTD" : "\"" + fact_.doctype.system_id + "\"", dtd));
    }

    void say(const XmlStart& root, std::string problem) {
        fact_.problems.push_back({root.line, std::move(problem), XmlProblemKind::other, root.name, ""});
    }

    XmlFileFact& fact_;
    OutlineReader* outline_;
    const XmlGrammar* grammar_;
    std::optional<XmlValidator> validator_;
    bool seen_root_ = false, is_standalone_ = false;
};

} // namespace

XmlFileFact read_xml_fact(FileSystem& fs, const std::string& root, const std::string& path, const std::string& grammar,
                          const Grammars& grammars, OutlineReader* outline, const XmlLimits& limits) {
    XmlFileFact fact;
    fact.path = path;
    fact.present = true;
    fact.grammar = grammar;
    FactHandler handler(fact, grammars, outline);
    const auto read = read_xml_file(fs, path::join(root, path), handler, limits);
    if (read)
        handler.finish();
    else
        fact.error = read.error();
    return fact;
}

} // namespace dossier::ectd::facts
