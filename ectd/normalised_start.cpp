#include "ectd/normalised_start.hpp"

#include <algorithm>

#include "core/xml.hpp"
#include "ectd/backbone_reader.hpp"

namespace dossier::ectd {

namespace {

bool may_change(const std::string& value) {
    return !value.empty() && (value.front() == ' ' || value.back() == ' ' || value.find("  ") != std::string::npos);
}

} // namespace

const XmlStart& NormalisedStart::of(const XmlStart& element) {
    const bool as_it_is = std::none_of(element.attributes.begin(), element.attributes.end(),
                                       [](const XmlAttribute& attribute) { return may_change(attribute.value); });
    if (as_it_is) return element; // nearly always: nothing is copied
    normalised_ = element;
    for (XmlAttribute& attribute : normalised_.attributes)
        if (tokens_.contains(local_name(element.name), attribute.name)) attribute.value = normalised_token(attribute.value);
    return normalised_;
}

} // namespace dossier::ectd
