// Validity against a grammar (DTD), element by element: without a tree, in memory that grows with the identifiers alone. The grammar is the
// one that is given, whatever the document's own DOCTYPE names.
#pragma once

#include "core/xml.hpp"
#include "core/xml_stream.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// A DTD made ready for validating; may be used by several validators at once.
class XmlGrammar {
public:
    // Errors: invalid, when the text is no DTD.
    static Result<XmlGrammar> parse(std::string_view dtd, const std::string& path);

    struct Data;
    const Data& data() const { return *data_; }

private:
    std::shared_ptr<const Data> data_;
};

// Takes the events of one document in their order; `doctype` where there is one. One problem for one defect: what an undeclared element
// holds, and what its parent may hold, is not complained of as well. Checks what XML 1.0 calls validity constraints: the root element that
// the DOCTYPE announces (section 2.8), and of section 3 declared elements and attributes, content, required, fixed and enumerated values,
// identifiers that are names and stand once, references to them; and that a document which
// calls itself standalone does not take values from the grammar, nor needs it to know that blanks are no text (section 2.9). Namespace
// declarations count as the attributes that they are. Not checked: entities and notations, which the documents may not declare.
class XmlValidator {
public:
    explicit XmlValidator(const XmlGrammar& grammar, std::size_t most = 200); // problems beyond `most` are not kept
    ~XmlValidator();
    void standalone(); // the XML declaration says standalone="yes"
    void doctype(const XmlDoctype& doctype);
    void start(const XmlStart& element);
    void text(std::string_view piece);
    void cdata(); // a CDATA section, whatever it holds
    void end();
    std::vector<XmlProblem> finish(); // in document order; once, at the end of the document

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace dossier
