// The leaves of one backbone, put under their headings in the order of the standard, and written.
#pragma once

#include "core/xml.hpp"
#include "templates/ectd_catalogue.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dossier::ectd {

// A heading, or a node extension below one (ICH 3.2.2, appendix 6, example 6-5): then there is no heading, but its title.
struct HeadingStep {
    const templates::Heading* heading = nullptr;
    std::map<std::string, std::string> attributes = {}; // of this heading; only those with a value
    std::string extension = {};
};

struct WrittenLeaf {
    std::string id, operation, title;
    std::string checksum; // lower-case MD5; "" on delete
    std::string href;     // relative to the XML file; "" on delete
    std::string modified_file;
    std::string language = {}; // xml:lang; "" where the plan does not say it
};

class BackboneTree {
public:
    BackboneTree();
    ~BackboneTree();
    BackboneTree(BackboneTree&&) noexcept;
    BackboneTree& operator=(BackboneTree&&) noexcept;

    // Headings with other attribute values are other nodes, in the order in which they first come. `form_code` puts the leaf into a form
    // element.
    void add(const std::vector<HeadingStep>& steps, const WrittenLeaf& leaf, const std::string& form_code = {});
    bool empty() const;
    void write(XmlWriter& writer) const; // the top headings and all below

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

void write_leaf(XmlWriter& writer, const WrittenLeaf& leaf);

} // namespace dossier::ectd
