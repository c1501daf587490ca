#include <map>
#include <set>

#include "core/text.hpp"
#include "templates/content_model.hpp"
#include "templates/ectd_catalogue.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

const std::string table_name = "ectd/grammar.tsv";

struct Declaration {
    std::string element;
    std::string content; // as a DTD says it
    std::vector<std::string> attributes;
    std::vector<std::string> names; // elements that the content mentions
    std::int64_t line = 0;
};

const HeadingTree* headings_of(const EctdCatalogue& catalogue, const std::string& grammar) {
    if (grammar == "ich-ectd-3-2") return &catalogue.ctd;
    return grammar == "us-regional-v3-3" ? &catalogue.us_module1 : nullptr;
}

// "title!", "dtd-version=3.2", "ID[id]", "operation[new|append]!" -> "title CDATA #REQUIRED" ...
std::string attribute_declaration(RowReader& row, std::string word) {
    const std::string written = word;
    const std::size_t equals = word.find('=');
    if (equals != std::string::npos) {
        const std::string value = word.substr(equals + 1);
        if (equals == 0 || value.empty() || value.find_first_of("\"<&") != std::string::npos)
            row.fail("attributes", fill("\"{}\" is not name=value", written));
        return fill("{} CDATA #FIXED \"{}\"", word.substr(0, equals), value);
    }
    const bool required = ends_with(word, "!");
    if (required) word.pop_back();
    std::string type = "CDATA";
    const std::size_t open = word.find('[');
    if (open != std::string::npos) {
        const std::vector<std::string> values = split(std::string_view(word).substr(open + 1, word.size() - open - 2), '|');
        if (!ends_with(word, "]") || values.empty()) row.fail("attributes", fill("\"{}\" is not name[id] or name[word|word]", written));
        type = values == std::vector<std::string>{"id"} ? "ID" : "(" + join(values, " | ") + ")";
        word.erase(open);
    }
    if (!is_plain_name(to_lower(replace_all(word, ":", "-")))) row.fail("attributes", fill("\"{}\" is not an attribute name", written));
    return word + " " + type + (required ? " #REQUIRED" : " #IMPLIED");
}

std::string mention(const Heading& heading) { return heading.element + heading.cardinality; }

std::vector<std::string> mentions(const HeadingTree& tree, const std::vector<std::size_t>& indices) {
    std::vector<std::string> list;
    for (const std::size_t index : indices) list.push_back(mention(tree.all()[index]));
    return list;
}

Declaration declare_heading(const HeadingTree& tree, const Heading& heading) {
    Declaration declaration;
    declaration.element = heading.element;
    std::vector<std::string> parts = mentions(tree, heading.children);
    switch (heading.holds) {
    case Holds::leaves_extensions:
        parts = {"(leaf | node-extension)*"};
        declaration.names = {"leaf", "node-extension"};
        break;
    case Holds::forms:
        parts = {"form*"};
        declaration.names = {"form"};
        break;
    case Holds::leaves:
        parts.insert(parts.begin(), "leaf*");
        declaration.names = {"leaf"};
        break;
    case Holds::nothing:
        break;
    }
    declaration.content = "(" + join(parts, ", ") + ")";
    if (heading.has_id) declaration.attributes.push_back("ID ID #IMPLIED");
    if (heading.has_lang) declaration.attributes.push_back("xml:lang CDATA #IMPLIED");
    for (const HeadingAttribute& attribute : heading.attributes)
        declaration.attributes.push_back(attribute.name + " CDATA " + (attribute.required ? "#REQUIRED" : "#IMPLIED"));
    return declaration;
}

Declaration declare_row(RowReader& row, const HeadingTree* tree) {
    Declaration declaration;
    declaration.line = row.line();
    declaration.element = row.text("element");
    const std::string content = row.text("content");
    for (const std::string& word : row.list("attributes")) declaration.attributes.push_back(attribute_declaration(row, word));
    if (content == "#headings") {
        if (!tree) row.fail("content", "this grammar has no headings");
        if (tree) declaration.content = "(" + join(mentions(*tree, tree->top()), ", ") + ")";
        return declaration;
    }
    const Result<ContentModel> model = parse_content_model(content);
    if (!model && !row.error()) row.fail("content", model.error().message);
    if (model) {
        declaration.content = model->dtd;
        declaration.names = model->names;
    }
    return declaration;
}

std::string to_dtd(const std::vector<Declaration>& declarations, const std::string& which) {
    std::string text =
        fill("<!-- The grammar {}, generated from ectd/grammar.tsv and the heading tables; not the official file. -->\n", which);
    for (const Declaration& declaration : declarations) {
        text += fill("<!ELEMENT {} {}>\n", declaration.element, declaration.content);
        if (declaration.attributes.empty()) continue;
        text += fill("<!ATTLIST {}", declaration.element);
        for (const std::string& attribute : declaration.attributes) text += "\n  " + attribute;
        text += ">\n";
    }
    return text;
}

} // namespace

Result<std::string> make_grammar(const Source& source, const EctdCatalogue& catalogue, const std::string& which) {
    DOSSIER_TRY(const Tsv table, source.read_tsv(table_name, {"grammar", "element", "content", "attributes"}));
    const HeadingTree* tree = headings_of(catalogue, which);
    std::vector<Declaration> declarations;
    std::set<std::string> known, grammars;
    auto add = [&declarations, &known](Declaration declaration) {
        if (!known.insert(declaration.element).second) return false;
        declarations.push_back(std::move(declaration));
        return true;
    };
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        const std::string grammar = row.text("grammar");
        grammars.insert(grammar);
        if (grammar == which) {
            Declaration declaration = declare_row(row, tree);
            const std::string element = declaration.element;
            if (!add(std::move(declaration))) row.fail("element", fill("{} is declared twice", element));
        }
        if (row.error()) return *row.error();
    }
    if (declarations.empty())
        return Error(ErrorKind::not_found, fill("there is no grammar {}", which), {},
                     fill("the grammars are {}", join({grammars.begin(), grammars.end()}, ", ")));
    if (tree)
        for (const Heading& heading : tree->all())
            if (!add(declare_heading(*tree, heading)))
                return Error(ErrorKind::invalid, fill("{} is declared here and in the heading table", heading.element),
                             {table.path, "", 0, "", -1});
    for (const Declaration& declaration : declarations)
        for (const std::string& name : declaration.names)
            if (!known.count(name))
                return Error(ErrorKind::invalid, fill("the content of {} mentions {}, which is not declared", declaration.element, name),
                             {table.path, "", declaration.line, "content", -1});
    return to_dtd(declarations, which);
}

} // namespace dossier::templates
