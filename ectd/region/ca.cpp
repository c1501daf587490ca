// Canada, module 1 schema 2.2: the transaction and ca-regional.xml, as far as the tables know them. The schema itself is the agency's:
// where it was added, a build checks the written file with it.
#include <algorithm>
#include <map>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/region/region.hpp"

namespace dossier::ectd {

namespace {

constexpr const char* regional_path = "m1/ca/ca-regional.xml";

// What application.yaml says for a field of the transaction.
std::string value_of(const templates::TransactionField& field, const ApplicationFile& file, SequenceNumber sequence) {
    const auto entry = file.sequences.find(sequence);
    const SequenceEntry none;
    const SequenceEntry& own = entry == file.sequences.end() ? none : entry->second;
    const std::map<std::string, std::string> values{
        {"applicant.name", file.applicant_name},
        {"application.product_name", file.product_name},
        {"application.number", file.number},
        {"application.dossier_type", file.dossier_type},
        {"application.activity_lead", file.activity_lead},
        {"sequence", sequence.text()},
        {"sequence.submission_type", own.submission_type},
        {"sequence.description", own.description},
        {"sequence.submission_id", own.submission_id == sequence.text() ? "" : own.submission_id}};
    return values.at(field.from);
}

class TransactionCheck {
public:
    TransactionCheck(const templates::EctdCatalogue& catalogue, const ApplicationFile& file, SequenceNumber sequence,
                     const Application& history)
        : catalogue_(catalogue), file_(file), sequence_(sequence), history_(history) {}

    std::vector<Error> run() {
        if (const auto fits = templates::check_number_form(catalogue_.number_forms, file_.region, file_.type, file_.number); !fits)
            complain(file_.application_place, "number: " + fits.error().message, fits.error().remedy);
        if (history_.region != "unknown" && history_.region != file_.region)
            complain(file_.application_place,
                     fill("region: {} here, but the sequences in the folder are for {}", file_.region, history_.region),
                     "correct the region, or build in another folder");
        const auto entry = file_.sequences.find(sequence_);
        if (entry == file_.sequences.end()) {
            complain({file_.path}, fill("there is no entry for sequence {}", sequence_.text()),
                     fill("add under sequences: \"{}\": {{submission_type: cta, description: …}}", sequence_.text()));
            return std::move(errors_);
        }
        for (const templates::TransactionField& field : catalogue_.ca_transaction) check(field, entry->second);
        check_related(entry->second);
        if (entry->second.form)
            complain(entry->second.form->place, "form: the Canadian transaction has none", "give the form a row in section 1.2.1");
        return std::move(errors_);
    }

private:
    void complain(const Place& place, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), place, std::move(remedy));
    }

    void check(const templates::TransactionField& field, const SequenceEntry& entry) {
        const std::string key = field.from.substr(field.from.find('.') + 1), value = value_of(field, file_, sequence_);
        const Place& place = starts_with(field.from, "applicant.")     ? file_.applicant_place
                             : starts_with(field.from, "application.") ? file_.application_place
                                                                       : entry.place;
        const std::vector<std::string> words = field.list.empty() ? std::vector<std::string>{} : catalogue_.words(field.list);
        if (value.empty()) {
            if (field.required)
                complain(place, fill("{} is missing ({} of the transaction)", key, field.element),
                         words.empty() ? field.note : "one of " + join(words, ", "));
            return;
        }
        if (words.empty() || catalogue_.code(field.list, value)) return;
        const std::string near = nearest(value, words);
        complain(place, fill("{}: {} is not known (the list is not complete or official)", key, value),
                 near.empty() ? "one of " + join(words, ", ") : fill("is {} meant?", near));
    }

    void check_related(const SequenceEntry& entry) {
        if (entry.submission_id.empty() || entry.submission_id == sequence_.text()) return;
        const auto id = SequenceNumber::parse(entry.submission_id);
        if (!id)
            return complain(entry.place, fill("submission_id: {} is not four digits", entry.submission_id),
                            "write the number of the sequence that opened the activity");
        if (!history_.find(*id))
            complain(entry.place, fill("submission_id: sequence {} is not before {} in the application", id->text(), sequence_.text()),
                     "name the sequence that opened the activity");
    }

    const templates::EctdCatalogue& catalogue_;
    const ApplicationFile& file_;
    SequenceNumber sequence_;
    const Application& history_;
    std::vector<Error> errors_;
};

class CaRegion final : public Region {
public:
    explicit CaRegion(const templates::EctdCatalogue& catalogue) : catalogue_(catalogue) {}

    const templates::HeadingTree& module1() const override { return catalogue_.ca_module1; }
    std::string regional_file() const override { return regional_path; }
    std::string module1_prefix() const override { return "m1-administrative-and-product-information"; }
    SequenceNumber first_sequence() const override { return SequenceNumber(0); }
    bool wants_stf() const override { return false; }
    bool lowest_level_only() const override { return true; }
    std::string regional_title() const override { return "Canadian Regional"; }
    bool wants_form() const override { return false; }
    std::string submission_form(const std::string&) const override { return ""; }
    std::vector<std::string> util_files() const override { return {"ca-regional-2-2.xsd", "ca-regional-2-2.xsl"}; }
    std::string schema() const override { return "ca-regional-2-2.xsd"; }

    std::vector<std::string> uncertain() const override {
        std::vector<std::string> fields;
        for (const templates::TransactionField& field : catalogue_.ca_transaction)
            if (field.confidence != "official") fields.push_back(field.element);
        return {fill("of the Canadian transaction {}: the order, whether each is required, and the values", join(fields, ", ")),
                "which headings of the Canadian module 1 contain which, and their order: the official schema decides "
                "(dossier standards add; a build checks with it)",
                "whether Health Canada wants study tagging files; none are written",
                "which transactions need a Regulatory Transaction XML (REP), and where it belongs; none is made here"};
    }

    std::vector<Error> check_envelope(const ApplicationFile& file, SequenceNumber sequence, const Application& history) const override {
        return TransactionCheck(catalogue_, file, sequence, history).run();
    }

    Result<std::string> attribute_value(const std::string&, const std::string& written) const override { return written; }
    std::string form_code(const std::string&) const override { return ""; }
    std::string form_word(const std::string& word) const override { return word; }
    std::vector<std::string> form_words() const override { return {}; }

    // All elements are in the agency's namespace; the root carries its prefix, as its stylesheet expects.
    std::string write_regional(const ApplicationFile& file, SequenceNumber sequence, const BackboneTree& module1,
                               const WrittenLeaf*) const override {
        XmlWriter writer;
        writer.declaration();
        writer.instruction("xml-stylesheet", "type=\"text/xsl\" href=\"../../util/style/ca-regional-2-2.xsl\"");
        writer.start("hcsc_ectd:hcsc_ectd", {{"xmlns:hcsc_ectd", "hcsc_ectd"},
                                             {"xmlns", "hcsc_ectd"},
                                             {"xmlns:xlink", "http://www.w3.org/1999/xlink"},
                                             {"schema-version", "2.2"}});
        writer.start("ectd-regulatory-transaction-information");
        for (const templates::TransactionField& field : catalogue_.ca_transaction) {
            const std::string value = value_of(field, file, sequence);
            const templates::Code* code = field.list.empty() ? nullptr : catalogue_.code(field.list, value);
            if (!value.empty()) writer.text_element(field.element, code ? code->code : value);
        }
        writer.end();
        writer.start(module1_prefix());
        module1.write(writer);
        writer.end();
        return writer.finish();
    }

private:
    const templates::EctdCatalogue& catalogue_;
};

} // namespace

std::unique_ptr<Region> make_ca_region(const templates::EctdCatalogue& catalogue) { return std::make_unique<CaRegion>(catalogue); }

} // namespace dossier::ectd
