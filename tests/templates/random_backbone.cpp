#include "tests/templates/random_backbone.hpp"

#include <algorithm>
#include <iterator>

using namespace dossier;
using namespace dossier::templates;

namespace test {

namespace {

const std::string xlink = "http://www.w3c.org/1999/xlink";

void collect(XmlElement& at, std::vector<XmlElement*>& all) {
    all.push_back(&at);
    for (XmlElement& child : at.children) collect(child, all);
}

void write(XmlWriter& writer, const XmlElement& at) {
    if (at.children.empty()) return writer.text_element(at.name, at.text, at.attributes);
    writer.start(at.name, at.attributes);
    for (const XmlElement& child : at.children) write(writer, child);
    writer.end();
}

} // namespace

XmlElement RandomBackbone::leaf(bool checksum_required) {
    XmlElement made = element("leaf", {{"ID", "a" + std::to_string(++leaves_)}, {"operation", "new"}, {"xlink:href", "m2/a.pdf"}});
    if (checksum_required || chance(80)) {
        made.attributes.push_back({"checksum", "d41d8cd98f00b204e9800998ecf8427e"});
        made.attributes.push_back({"checksum-type", "md5"});
    }
    if (chance(10)) made.attributes.push_back({"xlink:type", "simple"});
    if (chance(10)) made.attributes.push_back({"xlink:show", "embed"});
    if (chance(10)) made.attributes.push_back({"xml:lang", "en"});
    made.children.push_back(element("title", {}, "A title"));
    if (chance(10)) {
        XmlElement text = element("link-text");
        text.children.push_back(element("xref", {{"ID", "x" + std::to_string(leaves_)}, {"xlink:title", "t"}, {"xlink:href", "a.pdf"}}));
        made.children.push_back(text);
    }
    return made;
}

XmlElement RandomBackbone::extension(bool checksum_required, int depth) {
    XmlElement made = element("node-extension");
    made.children.push_back(element("title", {}, "An extension"));
    made.children.push_back(depth < 2 && chance(20) ? extension(checksum_required, depth + 1) : leaf(checksum_required));
    return made;
}

void RandomBackbone::add_content(XmlElement& at, bool extensions, bool checksum_required) {
    for (std::size_t i = below(3); i > 0; --i)
        at.children.push_back(extensions && chance(20) ? extension(checksum_required, 0) : leaf(checksum_required));
}

XmlElement RandomBackbone::form() {
    XmlElement made = element("form", {{"form-type", "fdaft1"}});
    add_content(made, true, false);
    return made;
}

XmlElement RandomBackbone::heading(const HeadingTree& tree, std::size_t index) {
    const Heading& one = tree.all()[index];
    const bool ich = &tree == &catalogue_.ctd;
    XmlElement made = element(one.element);
    if (one.has_id && chance(5)) made.attributes.push_back({"ID", "h" + std::to_string(++leaves_)});
    for (const HeadingAttribute& attribute : one.attributes)
        if (attribute.required || chance(50)) made.attributes.push_back({attribute.name, "value"});
    if (one.holds == Holds::forms) made.children.push_back(form());
    if (one.holds == Holds::leaves_extensions || (one.holds == Holds::leaves && chance(20)))
        add_content(made, one.holds == Holds::leaves_extensions, ich);
    for (const std::size_t child : one.children)
        for (std::size_t times = chance(40) ? (tree.all()[child].cardinality == '*' && chance(50) ? 2u : 1u) : 0; times > 0; --times)
            made.children.push_back(heading(tree, child));
    return made;
}

void RandomBackbone::add_headings(XmlElement& parent, const HeadingTree& tree) {
    for (const std::size_t index : tree.top())
        if (chance(60)) parent.children.push_back(heading(tree, index));
}

XmlElement RandomBackbone::make_index() {
    XmlElement root = element("ectd:ectd", {{"xmlns:ectd", "http://www.ich.org/ectd"}, {"xmlns:xlink", xlink}, {"dtd-version", "3.2"}});
    add_headings(root, catalogue_.ctd);
    return root;
}

XmlElement RandomBackbone::admin() {
    XmlElement contact = element("applicant-contact");
    contact.children = {element("applicant-contact-name", {{"applicant-contact-type", "fdaact1"}}, "A. Name"), element("telephones"),
                        element("emails")};
    contact.children[1].children = {element("telephone", {{"telephone-number-type", "fdatnt1"}}, "1")};
    contact.children[2].children = {element("email", {}, "a@example.org")};
    XmlElement contacts = element("applicant-contacts");
    contacts.children = {contact, contact};
    XmlElement info = element("applicant-info");
    info.children = {element("id", {}, "999999999"), element("company-name", {}, "Acme")};
    if (chance(50)) info.children.push_back(element("submission-description", {}, "Words"));
    info.children.push_back(contacts);
    XmlElement application = element("application", {{"application-containing-files", chance(50) ? "true" : "false"}});
    application.children = {element("application-information"), element("submission-information")};
    application.children[0].children = {element("application-number", {{"application-type", "fdaat4"}}, "123456"),
                                        element("cross-reference-application-number", {{"application-type", "fdaat1"}}, "123457")};
    application.children[1].children = {element("submission-id", {{"submission-type", "fdast1"}}, "0001"),
                                        element("sequence-number", {{"submission-sub-type", "fdasst3"}}, "0001")};
    if (chance(50)) application.children[1].children.push_back(form());
    XmlElement set = element("application-set"), made = element("admin");
    set.children = {application};
    made.children = {info, set};
    return made;
}

XmlElement RandomBackbone::make_regional() {
    XmlElement root = element("fda-regional:fda-regional",
                              {{"xmlns:fda-regional", "http://www.ich.org/fda"}, {"xmlns:xlink", xlink}, {"dtd-version", "3.3"}});
    XmlElement regional = element("m1-regional");
    add_headings(regional, catalogue_.us_module1);
    root.children = {admin(), regional};
    return root;
}

XmlElement RandomBackbone::make_stf() {
    XmlElement root = element(
        "ectd:study", {{"xmlns:ectd", "http://www.ich.org/ectd"}, {"xmlns:xlink", "http://www.w3.org/1999/xlink"}, {"dtd-version", "2.2"}});
    XmlElement identifier = element("study-identifier"), document = element("study-document");
    identifier.children = {element("title", {}, "T"), element("study-id", {}, "S")};
    for (std::size_t i = below(3); i > 0; --i)
        identifier.children.push_back(element("category", {{"name", "species"}, {"info-type", "ich"}}, "rat"));
    for (std::size_t i = below(4); i > 0; --i) {
        XmlElement content = element("doc-content", {{"xlink:href", "../index.xml#a"}});
        if (chance(50)) content.children.push_back(element("title", {}, "T"));
        if (chance(50)) content.children.push_back(element("property", {{"name", "site-identifier"}, {"info-type", "us"}}, "701"));
        content.children.push_back(element("file-tag", {{"name", "synopsis"}, {"info-type", "ich"}}));
        if (chance(30)) {
            XmlElement block = element("content-block");
            block.children = {element("block-title", {}, "B"), content};
            content = block;
        }
        document.children.push_back(content);
    }
    root.children = {identifier, document};
    return root;
}

std::string RandomBackbone::mutate(XmlElement& root) {
    std::vector<XmlElement*> all;
    collect(root, all);
    XmlElement& at = *all[below(all.size())];
    XmlElement& other = *all[below(all.size())];
    const std::size_t child = at.children.empty() ? 0 : below(at.children.size());
    const auto child_at = at.children.begin() + static_cast<std::ptrdiff_t>(child);
    const std::size_t attribute = at.attributes.empty() ? 0 : below(at.attributes.size());
    switch (below(11)) {
    case 0:
        if (at.children.empty()) return "nothing";
        at.children.erase(child_at);
        return "a child removed";
    case 1:
        if (at.children.empty()) return "nothing";
        at.children.insert(child_at, XmlElement(*child_at));
        return "a child doubled";
    case 2:
        if (at.children.size() < 2) return "nothing";
        std::swap(at.children[child], at.children[below(at.children.size())]);
        return "children swapped";
    case 3: {
        XmlElement copy = other; // a copy first: `other` may be inside `at`
        at.children.push_back(std::move(copy));
        return "another element added";
    }
    case 4:
        if (at.attributes.empty()) return "nothing";
        at.attributes.erase(at.attributes.begin() + static_cast<std::ptrdiff_t>(attribute));
        return "an attribute removed";
    case 5:
        for (const XmlAttribute& taken : other.attributes)
            if (!at.attribute(taken.name)) {
                at.attributes.push_back(XmlAttribute(taken));
                return "an attribute added";
            }
        return "nothing";
    case 6:
        if (at.attributes.empty()) return "nothing";
        at.attributes[attribute].value = "other";
        return "a value changed";
    case 7:
        at.name = other.name;
        return "an element renamed";
    case 8:
        if (at.children.empty()) at.text = "Stray words";
        return "text added";
    case 9:
        at.children.push_back(leaf(chance(50)));
        return "a leaf added";
    default:
        at.children.push_back(extension(true, 0));
        return "an extension added";
    }
}

// What editors, scripts and bad transfers do to a file: pieces lost, doubled, overwritten.
std::string RandomBackbone::mutate_bytes(std::string document) {
    const std::size_t head = document.find('\n') + 1, at = head + below(document.size() - head);
    const std::size_t length = std::min(document.size() - at, 1 + below(below(4) == 0 ? 60 : 3));
    static const std::string stray[] = {"<",    ">",          "&",           "\"",      "&amp;",         "&other;",
                                        "]]>",  "<!-- - -->", "<!-- -- -->", "<?x y?>", "<![CDATA[x]]>", "\x01",
                                        "\xFF", " ",          "\xC3\xA4",    "="};
    switch (below(5)) {
    case 0:
        return document.erase(at, length);
    case 1:
        return document.insert(at, document.substr(at, length));
    case 2:
        document[at] = static_cast<char>(document[at] ^ (1 << below(7)));
        return document;
    case 3:
        return document.insert(at, stray[below(std::size(stray))]);
    default: { // the piece up to the end of a tag is lost
        const std::size_t end = document.find('>', at);
        return document.erase(at, (end == std::string::npos ? document.size() : end + 1) - at);
    }
    }
}

std::string to_xml(const XmlElement& root) {
    XmlWriter writer;
    writer.declaration();
    write(writer, root);
    return writer.finish();
}

} // namespace test
