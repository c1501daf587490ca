// XML of any size, element by element, without a tree (backbones, sheets of a workbook). The same refusals as core/xml.hpp: no network, no
// other file, no declarations of the document's own, bounded depth and number of attributes.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "core/xml.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct XmlStart {
    std::string name;                                            // with prefix, as written
    std::vector<XmlAttribute> attributes;                        // namespace declarations first, then the others in document order
    std::int64_t line = 0;                                       // where the tag ends
    const std::string* attribute(std::string_view wanted) const; // null when absent
};

// What is called while reading, in document order. An error ends the reading and is what the reading returns. References are valid during
// the call only.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual Result<void> standalone(); // the XML declaration says standalone="yes"; told right before the root element
    virtual Result<void> doctype(const XmlDoctype& doctype);
    virtual Result<void> instruction(const std::string& target, const std::string& data); // before the root only
    virtual Result<void> start(const XmlStart& element) = 0;
    virtual Result<void> end(const std::string& name, std::int64_t line) = 0;
    virtual Result<void> text(std::string_view piece);  // one text may come in several pieces
    virtual Result<void> cdata(std::string_view piece); // of a CDATA section, perhaps empty; unless overridden: text
    virtual bool is_done() const;                       // true: enough was seen, the rest is not read and need not be well formed
};

// Takes the document in pieces of any size.
class XmlStream {
public:
    XmlStream(XmlHandler& handler, const std::string& path, const XmlLimits& limits = {});
    ~XmlStream();
    XmlStream(const XmlStream&) = delete;
    XmlStream& operator=(const XmlStream&) = delete;
    Result<void> feed(std::string_view piece); // after the handler is done: nothing happens
    Result<void> finish();                     // invalid when the document is not complete

private:
    struct State;
    std::unique_ptr<State> state_;
};

Result<void> read_xml(std::string_view bytes, const std::string& path, XmlHandler& handler, const XmlLimits& limits = {});
Result<void> read_xml_file(FileSystem& fs, const std::string& path, XmlHandler& handler, const XmlLimits& limits = {});

} // namespace dossier
