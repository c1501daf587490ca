#include "ectd/envelope_reader.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"

namespace dossier::ectd {

namespace {

const XmlElement* child_of(const XmlElement* element, std::string_view name) {
    if (element)
        for (const XmlElement& child : element->children)
            if (local_name(child.name) == name) return &child;
    return nullptr;
}

std::string text_of(const XmlElement* element) { return element ? std::string(trim(element->text)) : ""; }

std::string text_of(const XmlElement* element, std::string_view child) { return text_of(child_of(element, child)); }

std::string attribute_of(const XmlElement* element, std::string_view name) {
    const std::string* value = element ? element->attribute(name) : nullptr;
    return value ? *value : "";
}

// Every text and attribute below an element, in document order. Leaves are documents, not the envelope.
void add_fields(const XmlElement& element, std::vector<EnvelopeField>& fields) {
    for (const XmlElement& child : element.children) {
        const std::string name(local_name(child.name));
        if (name == "leaf" || name == "node-extension") continue;
        for (const XmlAttribute& attribute : child.attributes)
            if (attribute.name.find(':') == std::string::npos && attribute.name != "xmlns" && attribute.name != "ID")
                fields.push_back({name + "@" + attribute.name, attribute.value});
        if (const std::string text = text_of(&child); !text.empty()) fields.push_back({name, text});
        add_fields(child, fields);
    }
}

EnvelopePart part_of(const XmlElement& element, std::string name) {
    EnvelopePart part{std::move(name), {}};
    add_fields(element, part.fields);
    return part;
}

void add_related(const std::string& number, Envelope& envelope) {
    auto& list = envelope.related_sequences;
    if (!number.empty() && std::find(list.begin(), list.end(), number) == list.end()) list.push_back(number);
}

void add_related(const XmlElement& element, std::string_view name, Envelope& envelope) {
    for (const XmlElement& child : element.children)
        if (local_name(child.name) == name) add_related(text_of(&child), envelope);
}

// A grouped submission names several applications; one of them holds the files.
const XmlElement* application_with_files(const XmlElement* set) {
    if (set)
        for (const XmlElement& application : set->children)
            if (attribute_of(&application, "application-containing-files") == "true") return &application;
    return child_of(set, "application");
}

// Module 1 before 3.x has no application-set. Its grammar is not at hand: fields are taken by their names, wherever they stand.
Envelope read_old_us(const XmlElement& admin, Envelope envelope) {
    envelope.parts.push_back(part_of(admin, ""));
    const std::map<std::string, std::string*> wanted{{"application-number", &envelope.application_number},
                                                     {"application-information@application-type", &envelope.application_type},
                                                     {"submission@submission-type", &envelope.submission_type},
                                                     {"sequence-number", &envelope.sequence_number}};
    for (const EnvelopeField& field : envelope.parts.back().fields) {
        const auto found = wanted.find(field.name);
        if (found != wanted.end() && found->second->empty()) *found->second = field.value;
        if (field.name == "related-sequence-number") add_related(field.value, envelope);
    }
    return envelope;
}

Envelope read_us(const XmlElement& root) {
    Envelope envelope;
    const XmlElement* admin = child_of(&root, "admin");
    const XmlElement* applicant = child_of(admin, "applicant-info");
    envelope.applicant_id = text_of(applicant, "id");
    envelope.company_name = text_of(applicant, "company-name");
    envelope.description = text_of(applicant, "submission-description");
    const XmlElement* set = child_of(admin, "application-set");
    const XmlElement* application = application_with_files(set);
    const XmlElement* number = child_of(child_of(application, "application-information"), "application-number");
    envelope.application_number = text_of(number);
    envelope.application_type = attribute_of(number, "application-type");
    const XmlElement* submission = child_of(application, "submission-information");
    const XmlElement* id = child_of(submission, "submission-id");
    envelope.submission_id = text_of(id);
    envelope.submission_type = attribute_of(id, "submission-type");
    const XmlElement* sequence = child_of(submission, "sequence-number");
    envelope.sequence_number = text_of(sequence);
    envelope.submission_sub_type = attribute_of(sequence, "submission-sub-type");
    envelope.form_type = attribute_of(child_of(submission, "form"), "form-type");
    if (!set) return admin ? read_old_us(*admin, std::move(envelope)) : envelope;
    if (applicant) envelope.parts.push_back(part_of(*applicant, "applicant"));
    for (const XmlElement& item : set->children)
        envelope.parts.push_back(part_of(item, text_of(child_of(&item, "application-information"), "application-number")));
    return envelope;
}

Envelope read_eu(const XmlElement& root) {
    Envelope envelope;
    const XmlElement* all = child_of(&root, "eu-envelope");
    const XmlElement* first = child_of(all, "envelope");
    if (!first) return envelope;
    envelope.application_number = text_of(first, "identifier");
    envelope.application_type = attribute_of(child_of(first, "procedure"), "type");
    const XmlElement* submission = child_of(first, "submission");
    envelope.submission_type = attribute_of(submission, "type");
    envelope.submission_sub_type = attribute_of(child_of(first, "submission-unit"), "type");
    envelope.sequence_number = text_of(first, "sequence");
    envelope.company_name = text_of(first, "applicant");
    envelope.description = text_of(first, "submission-description");
    for (const XmlElement& item : all->children) {
        add_related(item, "related-sequence", envelope);
        envelope.parts.push_back(part_of(item, attribute_of(&item, "country")));
    }
    return envelope;
}

Envelope read_ca(const XmlElement& root) {
    Envelope envelope;
    const XmlElement* transaction = child_of(&root, "ectd-regulatory-transaction-information");
    if (!transaction) return envelope;
    envelope.application_number = text_of(transaction, "dossier-identifier");
    envelope.application_type = text_of(transaction, "dossier-type");
    envelope.submission_type = text_of(transaction, "regulatory-activity-type");
    envelope.sequence_number = text_of(transaction, "sequence-number");
    envelope.company_name = text_of(transaction, "applicant");
    envelope.description = text_of(transaction, "sequence-description");
    add_related(*transaction, "related-sequence-number", envelope);
    envelope.parts.push_back(part_of(*transaction, ""));
    return envelope;
}

} // namespace

Envelope read_envelope(const XmlElement& root, const std::string& region) {
    if (region == "us") return read_us(root);
    if (region == "eu") return read_eu(root);
    return region == "ca" ? read_ca(root) : Envelope();
}

} // namespace dossier::ectd
