// Start tags as the grammar reads them: without blanks around the values that are words.
#pragma once

#include "core/xml_stream.hpp"
#include "templates/token_attributes.hpp"

namespace dossier::ectd {

class NormalisedStart {
public:
    explicit NormalisedStart(const templates::TokenAttributes& tokens) : tokens_(tokens) {}
    const XmlStart& of(const XmlStart& element); // valid until the next call

private:
    const templates::TokenAttributes& tokens_;
    XmlStart normalised_;
};

} // namespace dossier::ectd
