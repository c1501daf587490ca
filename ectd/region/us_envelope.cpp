#include "ectd/region/us_envelope.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "ectd/statements.hpp"

namespace dossier::ectd {

namespace {

bool is_digits(const std::string& text, std::size_t count) {
    return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has_form_of_code(const std::string& word) {
    const std::size_t digit = word.find_first_of("0123456789");
    return starts_with(word, "fda") && digit != std::string::npos && digit > 3 &&
           word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == digit &&
           word.find_first_not_of("0123456789", digit) == std::string::npos;
}

} // namespace

Result<std::string> fda_code(const templates::EctdCatalogue& catalogue, const std::string& list, const std::string& word) {
    if (const templates::Code* code = catalogue.code(list, word)) {
        if (code->status == "active") return code->code;
        return Error(ErrorKind::invalid, fill("{} cannot be submitted ({})", word, replace_all(code->status, "_", " ")));
    }
    const std::vector<std::string> words = catalogue.words(list);
    if (!words.empty()) {
        const std::string near = nearest(word, words);
        return Error(ErrorKind::invalid, fill("{} is not in FDA's list {}", word, list), {},
                     near.empty() ? fill("one of {}", join(words, ", ")) : fill("is {} meant?", near));
    }
    const std::string remedy = fill("write the code that FDA's file {}.xml gives; that list is not part of this program", list);
    for (const auto& [other, codes] : catalogue.code_lists)
        for (const templates::Code& code : codes)
            if (code.code == word)
                return Error(ErrorKind::invalid, fill("{} is a code of FDA's list {}, not of {}", word, other, list), {}, remedy);
    if (has_form_of_code(word)) return word;
    return Error(ErrorKind::invalid, fill("{} is no code of FDA's list {} (fda, letters, a number)", word, list), {}, remedy);
}

namespace {

// Checks of one application.yaml against what FDA's header may say. Every problem is an error with the place in the file.
class EnvelopeCheck {
public:
    EnvelopeCheck(const templates::EctdCatalogue& catalogue, const ApplicationFile& file, SequenceNumber sequence,
                  const Application& history)
        : catalogue_(catalogue), file_(file), sequence_(sequence), history_(history) {}

    std::vector<Error> run() {
        check_application();
        check_applicant();
        if (sequence_.value() == 0)
            complain({file_.path}, "sequence 0000: FDA counts from 0001 (an earlier 0000 is read all the same)", "write --sequence 0001");
        const auto entry = file_.sequences.find(sequence_);
        if (entry == file_.sequences.end())
            complain({file_.path}, fill("there is no entry for sequence {}", sequence_.text()),
                     fill("add under sequences: \"{}\": {{submission_id: \"{}\", submission_type: …, sub_type: …}}", sequence_.text(),
                          sequence_.text()));
        else
            check_sequence(entry->second);
        return std::move(errors_);
    }

private:
    void complain(const Place& place, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), place, std::move(remedy));
    }

    void check_code(const std::string& list, const std::string& word, const std::string& key, const Place& place) {
        if (word.empty()) return complain(place, fill("{} is missing", key), fill("one of {}", join(catalogue_.words(list), ", ")));
        if (const auto code = fda_code(catalogue_, list, word); !code)
            complain(place, fill("{}: {}", key, code.error().message), code.error().remedy);
    }

    void check_center(const std::string& word, const Place& place) {
        if (word.empty()) return; // nobody has to say it
        if (const auto code = center_code(catalogue_, "us", word); !code)
            complain(place, "center: " + code.error().message, code.error().remedy);
    }

    void check_length(const std::string& text, std::size_t most, const std::string& key, const Place& place) {
        const auto count = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
        if (count > most) complain(place, fill("{} has {} characters, FDA takes at most {}", key, count, most), "shorten it");
    }

    void check_application() {
        const Place& place = file_.application_place;
        check_code("application-type", file_.type, "type", place);
        check_center(file_.center, place);
        if (!is_digits(file_.number, 6))
            complain(place, fill("number: {} is not six digits", file_.number),
                     "write all six in quotes, leading zeros included: \"012345\"");
        for (const CrossReference& reference : file_.cross_references) check_cross_reference(reference);
        if (history_.region != "unknown" && history_.region != file_.region)
            complain(place, fill("region: {} here, but the sequences in the folder are for {}", file_.region, history_.region),
                     "correct the region, or build in another folder");
        for (const Sequence& earlier : history_.sequences) {
            const auto* was = catalogue_.code("application-type", earlier.envelope.application_type);
            const auto* is = catalogue_.code("application-type", file_.type);
            if (was && is && was != is)
                return complain(place, fill("type: {} here, but sequence {} says {}", is->word, earlier.folder, was->word),
                                "an application keeps its type; build in the folder of the right application");
            const std::string& number = earlier.envelope.application_number;
            if (!number.empty() && number != file_.number)
                return complain(place, fill("number: {} here, but sequence {} says {}", file_.number, earlier.folder, number),
                                "correct the number, or build in the folder of the right application");
        }
    }

    // Devices are referred to, never submitted here, and their numbers have letters.
    void check_cross_reference(const CrossReference& reference) {
        const auto* type = catalogue_.code("application-type", reference.type);
        if (!type || type->status == "agency_only")
            return check_code("application-type", reference.type, "cross_references: type", reference.place);
        if (type->status == "active" && !is_digits(reference.number, 6))
            complain(reference.place, fill("cross_references: {} is not six digits", reference.number),
                     "write all six in quotes, leading zeros included: \"012345\"");
        if (reference.number == file_.number && type == catalogue_.code("application-type", file_.type))
            complain(reference.place, fill("cross_references: {} {} is this application itself", type->word, reference.number),
                     "name other applications only");
    }

    void check_applicant() {
        const Place& place = file_.applicant_place;
        if (!is_digits(file_.applicant_id, 9))
            complain(place,
                     file_.applicant_id.empty() ? "id: the applicant has no DUNS number"
                                                : fill("id: {} is not the nine digits of a DUNS number", file_.applicant_id),
                     "\"999999999\" is allowed where there is none");
        if (file_.applicant_name.empty()) complain(place, "name: the applicant has no name");
        if (file_.contacts.empty())
            complain(place, "contacts: at least one contact is needed", "FDA wants a regulatory and a technical one");
        for (const Contact& contact : file_.contacts) check_contact(contact);
    }

    void check_contact(const Contact& contact) {
        const std::string who = contact.name.empty() ? fill("the {} contact", contact.type) : fill("contact {}", contact.name);
        check_code("applicant-contact-type", contact.type, "contact type", contact.place);
        if (contact.name.empty()) complain(contact.place, fill("{} has no name", who));
        if (contact.phones.empty()) complain(contact.place, fill("{} has no phone", who));
        if (contact.emails.empty()) complain(contact.place, fill("{} has no e-mail address", who));
        for (const Phone& phone : contact.phones) {
            check_code("telephone-number-type", phone.type, "phone type", contact.place);
            if (phone.number.empty()) complain(contact.place, fill("{} has a phone without a number", who));
            check_length(phone.number, 64, "phone " + phone.number, contact.place);
        }
        for (const std::string& email : contact.emails) check_length(email, 64, "e-mail " + email, contact.place);
    }

    void check_sequence(const SequenceEntry& entry) {
        check_code("submission-type", entry.submission_type, "submission_type", entry.place);
        check_code("submission-sub-type", entry.sub_type, "sub_type", entry.place);
        if (!entry.supplement_effective_date_type.empty()) check_effective_date(entry);
        check_length(entry.description, 128, "description", entry.place);
        check_center(entry.center, entry.place);
        if (entry.form) check_code("form-type", entry.form->type, "form type", entry.form->place);
        const auto id = SequenceNumber::parse(entry.submission_id);
        if (!id)
            return complain(entry.place, fill("submission_id: {} is not four digits", entry.submission_id),
                            "write the number of the sequence that opened the activity");
        if (*id > sequence_)
            return complain(entry.place, fill("submission_id: {} is a later sequence than {}", entry.submission_id, sequence_.text()),
                            "it is the number of the sequence that opened this activity");
        if (*id == sequence_) return;
        check_continued_activity(entry, *id);
    }

    void check_effective_date(const SequenceEntry& entry) {
        const std::string key = "supplement_effective_date_type";
        check_code("supplement-effective-date-type", entry.supplement_effective_date_type, key, entry.place);
        const auto* type = catalogue_.code("submission-type", entry.submission_type);
        if (type && !ends_with(type->word, "-supplement"))
            complain(entry.place, fill("{}: only a supplement has one, and submission_type is {}", key, type->word), "remove the key");
    }

    void check_continued_activity(const SequenceEntry& entry, SequenceNumber id) {
        const Sequence* opener = history_.find(id);
        if (!opener)
            return complain(entry.place, fill("submission_id: sequence {} is not in the application", id.text()),
                            "name the sequence that opened the activity");
        if (opener->envelope.submission_id != id.text())
            return complain(
                entry.place,
                fill("submission_id: sequence {} did not open an activity, it belongs to {}", id.text(), opener->envelope.submission_id),
                fill("write {}", opener->envelope.submission_id));
        const auto* wanted = catalogue_.code("submission-type", opener->envelope.submission_type);
        const auto* given = catalogue_.code("submission-type", entry.submission_type);
        if (wanted && given && wanted != given)
            complain(entry.place, fill("submission_type: the activity {} is {}, not {}", id.text(), wanted->word, given->word),
                     "a sequence has the type of its activity; what it is by itself is its sub_type");
    }

    const templates::EctdCatalogue& catalogue_;
    const ApplicationFile& file_;
    SequenceNumber sequence_;
    const Application& history_;
    std::vector<Error> errors_;
};

} // namespace

std::vector<Error> check_us_envelope(const templates::EctdCatalogue& catalogue, const ApplicationFile& file, SequenceNumber sequence,
                                     const Application& history) {
    return EnvelopeCheck(catalogue, file, sequence, history).run();
}

} // namespace dossier::ectd
