#include "ectd/grouped_applications.hpp"

#include <algorithm>
#include <iterator>

namespace dossier::ectd {

namespace {

constexpr std::string_view containing_files = "application@application-containing-files";

// The attribute is required; where it is missing, a second application number shows that another application begins.
bool begins_another(const FieldFact& field, const GroupedApplication& before) {
    if (field.name == containing_files) return before.field(containing_files) || before.field("application-number");
    return field.name == "application-number" && before.field("application-number");
}

} // namespace

const FieldFact* GroupedApplication::field(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const FieldFact* field) { return field->name == name; });
    return found == fields.end() ? nullptr : *found;
}

std::vector<const FieldFact*> GroupedApplication::fields_of(std::string_view name) const {
    std::vector<const FieldFact*> found;
    std::copy_if(fields.begin(), fields.end(), std::back_inserter(found), [&](const FieldFact* field) { return field->name == name; });
    return found;
}

std::optional<SequenceNumber> GroupedApplication::number(const SequenceFacts& facts) const {
    if (holds_files) return facts.sequence->number;
    const FieldFact* own = field("sequence-number");
    return own ? SequenceNumber::parse(own->value) : std::nullopt;
}

std::vector<GroupedApplication> applications_of(const SequenceFacts& facts) {
    std::vector<GroupedApplication> all(1);
    for (const FieldFact& field : facts.fields) {
        if (begins_another(field, all.back())) all.emplace_back();
        all.back().fields.push_back(&field);
        if (field.name == containing_files) all.back().holds_files = field.value == "true";
    }
    if (std::none_of(all.begin(), all.end(), [](const GroupedApplication& item) { return item.holds_files; }))
        all.front().holds_files = true;
    return all;
}

} // namespace dossier::ectd
