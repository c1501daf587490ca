// application.yaml: what the specialist states about the application and each sequence's envelope (docs/design.md, section 4).
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "ectd/ctis/trial.hpp"
#include "ectd/sequence_number.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier::ectd {

struct Phone {
    std::string type, number;
};

struct Contact {
    std::string type, name;
    std::vector<Phone> phones;
    std::vector<std::string> emails;
    Place place;
};

struct FormEntry {
    std::string type, source;
    Place place;
};

struct Acknowledgement { // what the agency's gateway or the agency answered: a file kept beside the sequences
    std::string file;    // name in the folder acknowledgements/<sequence>
    std::string sha256;  // of its bytes when it was taken in
};

struct SequenceEntry {
    std::string submission_id, submission_type, sub_type, description;
    std::string supplement_effective_date_type;
    std::string answers;    // of a response: the reference of the request it answers
    std::string center;     // of the agency, where it goes or went: cder, cber
    std::string never_used; // why there is no such sequence and never was; empty: nothing of the kind is stated
    std::optional<FormEntry> form;
    std::optional<Date> sent;
    std::optional<Date> imported; // taken over from elsewhere on that day: it was sent, though it may not be known when
    std::vector<Acknowledgement> acknowledgements;
    Place place;
};

struct StudyEntry {
    std::string title;
    std::vector<std::pair<std::string, std::string>> categories; // name, value: type-of-control, placebo
    Place place;
    std::string section = {}; // of its report: 5.3.5.1; empty where nobody said
};

struct CrossReference { // to another application: a drug master file, an IND
    std::string type, number;
    Place place;
};

struct AgreedExtension { // a node extension that the agency agreed to
    std::string section, title;
    Place place;
};

struct ApplicationFile {
    std::string path;
    std::string region, type, number;
    std::string center;                                    // of the agency that reviews the application: cder, cber
    std::string product_name, dossier_type, activity_lead; // of a Canadian transaction
    std::vector<CrossReference> cross_references;
    std::vector<AgreedExtension> node_extensions;
    std::string applicant_id, applicant_name;
    std::vector<Contact> contacts;
    std::map<SequenceNumber, SequenceEntry> sequences;
    std::map<std::string, StudyEntry> studies;
    std::optional<ctis::Trial> trial; // of a clinical trial application in the EU
    Place application_place, applicant_place;
    bool is_sent(SequenceNumber sequence) const; // sent, or imported
};

std::string acknowledgement_path(SequenceNumber sequence, const std::string& file); // below the application folder

// Structure only: keys, kinds, dates. What an envelope needs is the region's to say. Every error of the file at once, as details of the
// returned one.
Result<ApplicationFile> parse_application_file(std::string_view bytes, const std::string& path);

} // namespace dossier::ectd
