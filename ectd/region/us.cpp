// United States, module 1 v3.3 (FDA eCTD backbone files specification for module 1, v2.6): envelope rules and us-regional.xml.
#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/region/region.hpp"

namespace dossier::ectd {

namespace {

constexpr const char* regional_path = "m1/us/us-regional.xml";

bool is_digits(const std::string& text, std::size_t count) {
    return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has_form_of_code(const std::string& word) {
    const std::size_t digit = word.find_first_of("0123456789");
    return starts_with(word, "fda") && digit != std::string::npos && digit > 3 &&
           word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == digit &&
           word.find_first_not_of("0123456789", digit) == std::string::npos;
}

// The code that FDA's list `list` has for a word or a code. Of lists that are not in the tables the codes are not known: there a code is
// taken that has the form of one and is none of another list.
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

    void check_length(const std::string& text, std::size_t most, const std::string& key, const Place& place) {
        const auto count = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
        if (count > most) complain(place, fill("{} has {} characters, FDA takes at most {}", key, count, most), "shorten it");
    }

    void check_application() {
        const Place& place = file_.application_place;
        check_code("application-type", file_.type, "type", place);
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

class UsRegion final : public Region {
public:
    explicit UsRegion(const templates::EctdCatalogue& catalogue) : catalogue_(catalogue) {}

    const templates::HeadingTree& module1() const override { return catalogue_.us_module1; }
    std::string regional_file() const override { return regional_path; }
    std::string module1_prefix() const override { return "m1-regional"; }
    SequenceNumber first_sequence() const override { return SequenceNumber(1); }
    bool wants_stf() const override { return true; }
    bool lowest_level_only() const override { return true; }
    std::size_t advised_path_length() const override { return 150; } // FDA, eCTD technical conformance guide 2.4
    std::string regional_title() const override { return "US Regional"; }
    bool wants_form() const override { return true; }

    std::vector<Error> check_envelope(const ApplicationFile& file, SequenceNumber sequence, const Application& history) const override {
        return EnvelopeCheck(catalogue_, file, sequence, history).run();
    }

    // Notes, not errors: the list of sub-types at hand is not FDA's own.
    std::vector<std::string> envelope_notes(const ApplicationFile& file, SequenceNumber sequence) const override {
        const auto found = file.sequences.find(sequence);
        if (found == file.sequences.end()) return {};
        const SequenceEntry& entry = found->second;
        const templates::Code* type = catalogue_.code("submission-sub-type", entry.sub_type);
        const std::string word = type ? type->word : "";
        const bool opens = entry.submission_id == sequence.text();
        const bool continues_by_word = word == "amendment" || word == "resubmission";
        const bool opens_by_word = word == "application" || word == "original" || word == "report";
        if (opens && continues_by_word)
            return {
                to_text(Error(ErrorKind::invalid, fill("sequence {} opens an activity of its own and is called {}", sequence.text(), word),
                              entry.place, "name the sequence that opened the activity in submission_id, or correct sub_type"))};
        if (!opens && opens_by_word)
            return {to_text(Error(
                ErrorKind::invalid,
                fill("sequence {} continues activity {} and is called {}, as if it opened one", sequence.text(), entry.submission_id, word),
                entry.place, "FDA's examples call it amendment"))};
        return {};
    }

    Result<std::string> attribute_value(const std::string& attribute, const std::string& written) const override {
        if (!starts_with(attribute, "promotional-material-")) return written;
        return fda_code(catalogue_, attribute, written);
    }

    std::string form_code(const std::string& word) const override {
        const templates::Code* code = catalogue_.code("form-type", word);
        return code ? code->code : "";
    }
    std::string form_word(const std::string& code_or_word) const override {
        const templates::Code* code = catalogue_.code("form-type", code_or_word);
        return code ? code->word : code_or_word;
    }
    std::vector<std::string> form_words() const override { return catalogue_.words("form-type"); }

    std::string write_regional(const ApplicationFile& file, SequenceNumber sequence, const BackboneTree& module1,
                               const WrittenLeaf* form) const override {
        XmlWriter writer;
        writer.declaration(true);
        // FDA's required header since v2.0 of its specification: the address is resolved from its own catalogue, never loaded.
        writer.doctype("fda-regional:fda-regional", "https://www.accessdata.fda.gov/static/eCTD/us-regional-v3-3.dtd");
        writer.instruction("xml-stylesheet", "type=\"text/xsl\" href=\"https://www.accessdata.fda.gov/static/eCTD/us-regional.xsl\"");
        writer.start("fda-regional:fda-regional", {{"xmlns:fda-regional", "http://www.ich.org/fda"},
                                                   {"xmlns:xlink", "http://www.w3c.org/1999/xlink"},
                                                   {"xml:lang", "en"},
                                                   {"dtd-version", "3.3"}});
        writer.start("admin");
        write_applicant(writer, file, sequence);
        write_application(writer, file, sequence, form);
        writer.end();
        if (!module1.empty()) {
            writer.start("m1-regional");
            module1.write(writer);
            writer.end();
        }
        return writer.finish();
    }

private:
    std::string code(const std::string& list, const std::string& word) const {
        const templates::Code* found = catalogue_.code(list, word);
        return found ? found->code : word;
    }

    void write_applicant(XmlWriter& writer, const ApplicationFile& file, SequenceNumber sequence) const {
        writer.start("applicant-info");
        writer.text_element("id", file.applicant_id);
        writer.text_element("company-name", file.applicant_name);
        const std::string& description = file.sequences.at(sequence).description;
        if (!description.empty()) writer.text_element("submission-description", description);
        writer.start("applicant-contacts");
        for (const Contact& contact : file.contacts) {
            writer.start("applicant-contact");
            writer.text_element("applicant-contact-name", contact.name,
                                {{"applicant-contact-type", code("applicant-contact-type", contact.type)}});
            writer.start("telephones");
            for (const Phone& phone : contact.phones)
                writer.text_element("telephone", phone.number, {{"telephone-number-type", code("telephone-number-type", phone.type)}});
            writer.end();
            writer.start("emails");
            for (const std::string& email : contact.emails) writer.text_element("email", email);
            writer.end();
            writer.end();
        }
        writer.end();
        writer.end();
    }

    void write_application(XmlWriter& writer, const ApplicationFile& file, SequenceNumber sequence, const WrittenLeaf* form) const {
        const SequenceEntry& entry = file.sequences.at(sequence);
        writer.start("application-set");
        writer.start("application", {{"application-containing-files", "true"}});
        writer.start("application-information");
        writer.text_element("application-number", file.number, {{"application-type", code("application-type", file.type)}});
        for (const CrossReference& reference : file.cross_references)
            writer.text_element("cross-reference-application-number", reference.number,
                                {{"application-type", code("application-type", reference.type)}});
        writer.end();
        writer.start("submission-information");
        std::vector<XmlAttribute> id{{"submission-type", code("submission-type", entry.submission_type)}};
        if (!entry.supplement_effective_date_type.empty())
            id.push_back({"supplement-effective-date-type", code("supplement-effective-date-type", entry.supplement_effective_date_type)});
        writer.text_element("submission-id", entry.submission_id, id);
        writer.text_element("sequence-number", sequence.text(), {{"submission-sub-type", code("submission-sub-type", entry.sub_type)}});
        if (form) {
            writer.start("form", {{"form-type", code("form-type", entry.form->type)}});
            write_leaf(writer, *form);
            writer.end();
        }
        writer.end();
        writer.end();
        writer.end();
    }

    const templates::EctdCatalogue& catalogue_;
};

} // namespace

std::unique_ptr<Region> make_us_region(const templates::EctdCatalogue& catalogue) { return std::make_unique<UsRegion>(catalogue); }

} // namespace dossier::ectd
