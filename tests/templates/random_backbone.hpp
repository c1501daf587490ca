// Backbones for comparing grammars: right ones with random headings and leaves, and mutations of them. The same seed gives the same
// document.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "core/xml.hpp"
#include "templates/ectd_catalogue.hpp"

namespace test {

inline dossier::XmlElement element(const std::string& name, std::vector<dossier::XmlAttribute> attributes = {},
                                   const std::string& text = {}) {
    dossier::XmlElement made;
    made.name = name;
    made.attributes = std::move(attributes);
    made.text = text;
    return made;
}

class RandomBackbone {
public:
    RandomBackbone(const dossier::templates::EctdCatalogue& catalogue, std::uint32_t seed) : catalogue_(catalogue), random_(seed) {}

    dossier::XmlElement make_index();               // valid for ich-ectd-3-2
    dossier::XmlElement make_regional();            // valid for us-regional-v3-3
    dossier::XmlElement make_stf();                 // valid for ich-stf-v2-2
    dossier::XmlElement make_eu_regional();         // valid for eu-regional-3-1
    std::string mutate(dossier::XmlElement& root);  // one change; says which, in words
    std::string mutate_bytes(std::string document); // one change behind the XML declaration
    std::size_t below(std::size_t limit) { return random_() % limit; }

private:
    bool chance(std::size_t percent) { return below(100) < percent; }
    dossier::XmlElement leaf(bool checksum_required);
    dossier::XmlElement extension(bool checksum_required, int depth);
    void add_content(dossier::XmlElement& element, bool extensions, bool checksum_required);
    dossier::XmlElement heading(const dossier::templates::HeadingTree& tree, std::size_t index);
    void add_headings(dossier::XmlElement& parent, const dossier::templates::HeadingTree& tree);
    dossier::XmlElement form();
    dossier::XmlElement admin();
    dossier::XmlElement eu_envelope();
    dossier::XmlElement eu_heading(const std::string& name, bool by_country, bool by_language);

    const dossier::templates::EctdCatalogue& catalogue_;
    std::mt19937 random_; // used by remainder: the distributions of <random> differ between libraries
    int leaves_ = 0;
};

std::string to_xml(const dossier::XmlElement& root);

} // namespace test
