// United States, module 1 v3.3 (FDA eCTD backbone files specification for module 1, v2.6): us-regional.xml.
#include "core/text.hpp"
#include "ectd/region/region.hpp"
#include "ectd/region/us_envelope.hpp"

namespace dossier::ectd {

namespace {

constexpr const char* regional_path = "m1/us/us-regional.xml";

// name@host.domain, without blanks. The agency answers to it.
bool looks_like_email(const std::string& text) {
    const std::size_t at = text.find('@'), dot = text.rfind('.');
    return at != std::string::npos && at > 0 && text.find('@', at + 1) == std::string::npos && dot != std::string::npos && dot > at + 1 &&
           dot + 1 < text.size() && text.find_first_of(" \t<>,;\"") == std::string::npos;
}

std::vector<std::string> email_notes(const ApplicationFile& file) {
    std::vector<std::string> notes;
    for (const Contact& contact : file.contacts)
        for (const std::string& email : contact.emails)
            if (!looks_like_email(email))
                notes.push_back(
                    to_text(Error(ErrorKind::invalid, fill("contact {}: \"{}\" does not look like an e-mail address", contact.name, email),
                                  contact.place, "write it as name@example.org")));
    return notes;
}

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
    std::string submission_form(const std::string& type) const override {
        return code("application-type", type) == code("application-type", "ind") ? "1571" : "356h";
    }

    std::vector<Error> check_envelope(const ApplicationFile& file, SequenceNumber sequence, const Application& history) const override {
        return check_us_envelope(catalogue_, file, sequence, history);
    }

    // Notes, not errors: the lists at hand are not FDA's own.
    std::vector<std::string> envelope_notes(const ApplicationFile& file, SequenceNumber sequence) const override {
        std::vector<std::string> notes = email_notes(file);
        const auto found = file.sequences.find(sequence);
        if (found == file.sequences.end()) return notes;
        const SequenceEntry& entry = found->second;
        const auto note = [&](const std::string& message, const std::string& remedy) {
            notes.push_back(to_text(Error(ErrorKind::invalid, message, entry.place, remedy)));
        };
        const auto code_of = [&](const char* list, const std::string& word) {
            const templates::Code* code = catalogue_.code(list, word);
            return code ? *code : templates::Code{word, word, word, "", ""};
        };
        using Says = templates::SubmissionUse::Says;
        const auto& uses = catalogue_.us_submissions;
        const templates::Code sub_type = code_of("submission-sub-type", entry.sub_type);
        const bool opens = entry.submission_id == sequence.text();
        if (opens && templates::find_use(uses, sub_type.code, Says::continues))
            note(fill("sequence {} opens an activity of its own and is called {}", sequence.text(), sub_type.word),
                 "name the sequence that opened the activity in submission_id, or correct sub_type");
        if (!opens && templates::find_use(uses, sub_type.code, Says::opens))
            note(fill("sequence {} continues activity {} and is called {}, as if it opened one", sequence.text(), entry.submission_id,
                      sub_type.word),
                 "FDA's examples call it amendment");
        const templates::Code type = code_of("submission-type", entry.submission_type), of = code_of("application-type", file.type);
        if (const auto* refusal = templates::find_refusal(uses, type.code, of.code))
            note(fill("sequence {} is called {}, and the application is: {}; {}", sequence.text(), type.word, of.display, refusal->basis),
                 "correct submission_type");
        return notes;
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
