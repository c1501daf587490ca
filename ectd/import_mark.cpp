#include "ectd/import_mark.hpp"

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/application_edit.hpp"
#include "ectd/application_file.hpp"
#include "ectd/region/region.hpp"

namespace dossier::ectd {

namespace {

std::string word_of(const templates::EctdCatalogue& catalogue, const std::string& list, const std::string& code) {
    const templates::Code* known = catalogue.code(list, code);
    return known ? known->word : code;
}

// ", key: value" where there is one.
std::string more(const std::string& key, const std::string& value) { return value.empty() ? "" : ", " + key + ": " + quoted(value); }

std::string entry_of(const Sequence& sequence, const templates::EctdCatalogue& catalogue, Date day) {
    const Envelope& envelope = sequence.envelope;
    return "{imported: " + day.text() + more("submission_id", envelope.submission_id) +
           more("submission_type", word_of(catalogue, "submission-type", envelope.submission_type)) +
           more("sub_type", word_of(catalogue, "submission-sub-type", envelope.submission_sub_type)) +
           more("description", envelope.description) + "}";
}

// The contacts of a us-regional file: its fields come one contact after the other, the type before the name.
std::string contacts_of(const Envelope& envelope, const templates::EctdCatalogue& catalogue) {
    std::string out, type, phone_type, phones, emails;
    bool open = false;
    const auto close = [&] {
        if (open) out += ", phones: [" + phones + "], emails: [" + emails + "]}\n";
        phones = emails = "";
        open = false;
    };
    for (const EnvelopePart& part : envelope.parts) {
        if (part.name != "applicant") continue;
        for (const EnvelopeField& field : part.fields) {
            if (field.name == "applicant-contact-name@applicant-contact-type")
                type = word_of(catalogue, "applicant-contact-type", field.value);
            if (field.name == "telephone@telephone-number-type") phone_type = word_of(catalogue, "telephone-number-type", field.value);
            if (field.name == "telephone")
                phones += (phones.empty() ? "" : ", ") + ("{type: " + quoted(phone_type) + ", number: " + quoted(field.value) + "}");
            if (field.name == "email") emails += (emails.empty() ? "" : ", ") + quoted(field.value);
            if (field.name != "applicant-contact-name") continue;
            close();
            out += "    - {type: " + quoted(type) + ", name: " + quoted(field.value);
            open = true;
        }
    }
    close();
    return out.empty() ? "" : "  contacts:\n" + out;
}

std::string new_file(const std::vector<Sequence>& sequences, const templates::EctdCatalogue& catalogue, Date day) {
    const Envelope& newest = sequences.back().envelope;
    std::string yaml = "# Made from the envelopes of imported sequences. They were sent, and are never built again.\n";
    yaml += "application: {region: us, type: " + quoted(word_of(catalogue, "application-type", newest.application_type)) +
            ", number: " + quoted(newest.application_number) + "}\n";
    yaml += "applicant:\n  id: " + quoted(newest.applicant_id) + "\n  name: " + quoted(newest.company_name) + "\n";
    yaml += contacts_of(newest, catalogue) + "sequences:\n";
    for (const Sequence& sequence : sequences)
        yaml += "  " + quoted(sequence.number.text()) + ": " + entry_of(sequence, catalogue, day) + "\n";
    return yaml;
}

// The envelopes of other regions do not hold all that application.yaml needs.
std::string why_no_file(const std::string& region, const templates::EctdCatalogue& catalogue) {
    if (!make_region(region, catalogue))
        return "no application.yaml was made: sequences of this region are read and viewed, not built; a clinical trial application in the "
               "EU has "
               "type cta";
    return fill(
        "no application.yaml was made: it is read from US envelopes only. To build the next sequence, make one in another folder (dossier "
        "ectd new OTHER --region {} --type cta --number N), add the entry of that sequence, and move it here",
        region);
}

Result<ImportMark> make_file(FileSystem& fs, const std::string& path, const std::vector<Sequence>& sequences,
                             const templates::EctdCatalogue& catalogue, Date day) {
    ImportMark mark;
    if (const std::string region = path::parts(sequences.back().regional.file)[1]; region != "us") {
        mark.notes.push_back(why_no_file(region, catalogue));
        return mark;
    }
    const std::string yaml = new_file(sequences, catalogue, day);
    if (auto parsed = parse_application_file(yaml, path); !parsed) {
        mark.notes.push_back("no application.yaml was made, the newest envelope does not say enough: " + to_text(parsed.error()));
        return mark;
    }
    DOSSIER_CHECK(write_file_durably(fs, path, yaml));
    mark.file = path;
    return mark;
}

} // namespace

Result<std::string> number_of_application(FileSystem& fs, const std::string& application) {
    const std::string path = path::join(application, "application.yaml");
    if (!exists(fs, path)) return std::string();
    DOSSIER_TRY(const std::string bytes, read_file(fs, path));
    DOSSIER_TRY(const ApplicationFile file, parse_application_file(bytes, path));
    return file.number;
}

Result<ImportMark> mark_imported(FileSystem& fs, const std::string& application, const std::vector<Sequence>& sequences,
                                 const templates::EctdCatalogue& catalogue, Date day) {
    const std::string path = path::join(application, "application.yaml");
    if (!exists(fs, path)) return make_file(fs, path, sequences, catalogue, day);
    ImportMark mark{path, {}};
    DOSSIER_TRY(std::string yaml, read_file(fs, path));
    DOSSIER_TRY(const ApplicationFile file, parse_application_file(yaml, path));
    const std::string before = yaml;
    for (const Sequence& sequence : sequences) {
        const std::string number = sequence.number.text();
        if (file.is_sent(sequence.number)) continue;
        const auto entry = file.sequences.find(sequence.number);
        const bool has_entry = entry != file.sequences.end();
        if (has_entry && !entry->second.never_used.empty()) {
            mark.notes.push_back(fill("sequence {} is here, but not marked as imported: application.yaml says that it was never used; take "
                                      "never_used out of its entry and write imported: {} there",
                                      number, day.text()));
            continue;
        }
        const auto marked =
            has_entry
                ? with_addition(yaml, path, {"sequences", number}, "imported", day.text(), "the entry of sequence " + number)
                : with_addition(yaml, path, {"sequences"}, quoted(number), entry_of(sequence, catalogue, day), "the list of sequences");
        if (marked)
            yaml = *marked;
        else
            mark.notes.push_back(fill("sequence {} is here, but not marked as imported: {}", number, to_text(marked.error())));
    }
    if (yaml != before) DOSSIER_CHECK(write_file_durably(fs, path, yaml));
    return mark;
}

} // namespace dossier::ectd
