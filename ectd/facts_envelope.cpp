// Envelopes country by country, and what the sequences around this one say of themselves.
#include "ectd/facts_internal.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/package.hpp"

namespace dossier::ectd::facts {

namespace {

void add_fields(const XmlElement& element, const std::string& prefix, std::vector<FieldFact>& fields) {
    for (const XmlElement& child : element.children) {
        const std::string name = prefix + child.name;
        if (child.children.empty()) fields.push_back({name, std::string(trim(child.text)), child.line});
        for (const XmlAttribute& attribute : child.attributes)
            if (attribute.name.find(':') == std::string::npos) fields.push_back({name + "@" + attribute.name, attribute.value, child.line});
        add_fields(child, name + "/", fields);
    }
}

NeighbourFact neighbour(const Sequence& sequence) {
    return {sequence.number, sequence.index.dtd_version, sequence.regional.dtd_version, sequence.envelope.application_number};
}

} // namespace

void add_envelopes(const XmlElement& regional, SequenceFacts& facts) {
    for (const XmlElement& all : regional.children)
        for (const XmlElement& element : all.children) {
            if (element.name != "envelope") continue;
            EnvelopeFact fact;
            if (const std::string* country = element.attribute("country")) fact.country = *country;
            fact.line = element.line;
            add_fields(element, "", fact.fields);
            facts.envelopes.push_back(std::move(fact));
        }
}

Result<void> add_neighbours(FileSystem& fs, const std::string& root, const templates::EctdCatalogue& catalogue, SequenceFacts& facts) {
    DOSSIER_TRY(const std::vector<SequenceNumber> numbers, find_sequence_numbers(fs, root));
    const SequenceNumber own = facts.sequence->number;
    for (const SequenceNumber number : numbers) {
        const Sequence* read = facts.application->find(number);
        if (number < own && read) facts.previous = neighbour(*read); // ascending: the last one stays
        if (number <= own) continue;
        facts.next = neighbour(read ? *read : read_sequence(fs, root, number, catalogue));
        break;
    }
    return {};
}

} // namespace dossier::ectd::facts
