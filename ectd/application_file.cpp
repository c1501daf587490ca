#include "ectd/application_file.hpp"

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "ectd/yaml_check.hpp"

namespace dossier::ectd {

namespace {

class Reader : private YamlCheck {
public:
    explicit Reader(ApplicationFile& file) : file_(file) {}

    std::vector<Error> run(const Yaml& root) {
        known(root, {"application", "applicant", "trial", "sequences", "studies"});
        if (const Yaml* node = section(root, "application", Yaml::Kind::map)) read_application(*node);
        if (const Yaml* node = section(root, "applicant", Yaml::Kind::map)) read_applicant(*node);
        if (const Yaml* node = section(root, "sequences", Yaml::Kind::map)) read_sequences(*node);
        if (const Yaml* node = root.find("studies"); node && !node->is_null()) read_studies(*node);
        if (const Yaml* node = root.find("trial"); node && !node->is_null()) file_.trial = ctis::read_trial(*node, errors_);
        return std::move(errors_);
    }

private:
    void read_application(const Yaml& node) {
        known(node, {"region", "type", "number", "center", "product_name", "dossier_type", "activity_lead", "cross_references",
                     "node_extensions"});
        file_.application_place = node.place();
        file_.region = required(node, "region", "application");
        file_.type = required(node, "type", "application");
        file_.number = required(node, "number", "application");
        file_.center = text(node, "center");
        file_.product_name = text(node, "product_name");
        file_.dossier_type = text(node, "dossier_type");
        file_.activity_lead = text(node, "activity_lead");
        read_pairs(node, "cross_references", "cross reference", "type", "number", file_.cross_references);
        read_pairs(node, "node_extensions", "node extension", "section", "title", file_.node_extensions);
    }

    // A list of maps with two keys, each of which has to be there.
    template <typename Item>
    void read_pairs(const Yaml& node, const char* list, const char* what, const char* first, const char* second, std::vector<Item>& items) {
        const Yaml* entries = node.find(list);
        if (!entries || entries->is_null() || !of_kind(*entries, list, Yaml::Kind::list)) return;
        for (const Yaml& item : entries->list) {
            if (!of_kind(item, what, Yaml::Kind::map)) continue;
            known(item, {first, second});
            items.push_back({required(item, first, what), required(item, second, what), item.place()});
        }
    }

    void read_applicant(const Yaml& node) {
        known(node, {"id", "name", "contacts"});
        file_.applicant_place = node.place();
        file_.applicant_id = std::string(trim(node.text("id")));
        file_.applicant_name = std::string(trim(node.text("name")));
        const Yaml* contacts = node.find("contacts");
        if (!contacts || contacts->is_null() || !of_kind(*contacts, "contacts", Yaml::Kind::list)) return;
        for (const Yaml& item : contacts->list)
            if (of_kind(item, "a contact", Yaml::Kind::map)) read_contact(item);
    }

    void read_contact(const Yaml& node) {
        known(node, {"type", "name", "phones", "emails"});
        Contact contact{std::string(trim(node.text("type"))), std::string(trim(node.text("name"))), {}, {}, node.place()};
        if (const Yaml* phones = node.find("phones"); phones && of_kind(*phones, "phones", Yaml::Kind::list))
            for (const Yaml& phone : phones->list) {
                if (!of_kind(phone, "a phone", Yaml::Kind::map)) continue;
                known(phone, {"type", "number"});
                contact.phones.push_back({std::string(trim(phone.text("type"))), std::string(trim(phone.text("number")))});
            }
        if (const Yaml* emails = node.find("emails"); emails && of_kind(*emails, "emails", Yaml::Kind::list))
            for (const Yaml& email : emails->list) contact.emails.emplace_back(trim(email.scalar));
        file_.contacts.push_back(std::move(contact));
    }

    void read_sequences(const Yaml& node) {
        for (const auto& [key, value] : node.map) {
            const auto number = SequenceNumber::parse(key);
            if (!number) {
                complain(value.place(), fill("sequence {} is not four digits", key), "write it in quotes with leading zeros: \"0001\"");
            } else if (of_kind(value, "sequence " + key, Yaml::Kind::map)) {
                file_.sequences[*number] = read_sequence(value);
            }
        }
    }

    std::optional<Date> day(const Yaml& node, const std::string& key) {
        const std::string text(trim(node.text(key)));
        const std::optional<Date> date = parse_date(text);
        if (!text.empty() && !date) complain(node.place(), fill("{}: {} is not a date", key, text), "write it as 2026-03-01");
        return date;
    }

    void read_acknowledgement(const std::string& file, const Yaml& node, SequenceEntry& entry) {
        const std::string sha256 = to_lower(trim(node.scalar));
        if (file.find('/') != std::string::npos || !path::is_inside(file) || file == "..")
            complain(node.place(), fill("acknowledgements: {} is not a file name", file), "name the file only, without its folder");
        else if (sha256.size() != 64 || sha256.find_first_not_of("0123456789abcdef") != std::string::npos)
            complain(node.place(), fill("acknowledgements: {} is not a SHA-256", sha256), "write the 64 digits that sha256sum prints");
        else
            entry.acknowledgements.push_back({file, sha256});
    }

    SequenceEntry read_sequence(const Yaml& node) {
        known(node, {"submission_id", "submission_type", "sub_type", "description", "supplement_effective_date_type", "answers", "form",
                     "center", "sent", "imported", "acknowledgements", "never_used"});
        SequenceEntry entry;
        entry.place = node.place();
        entry.submission_id = std::string(trim(node.text("submission_id")));
        entry.submission_type = std::string(trim(node.text("submission_type")));
        entry.sub_type = std::string(trim(node.text("sub_type")));
        entry.description = std::string(trim(node.text("description")));
        entry.supplement_effective_date_type = std::string(trim(node.text("supplement_effective_date_type")));
        entry.answers = std::string(trim(node.text("answers")));
        if (const Yaml* form = node.find("form"); form && of_kind(*form, "form", Yaml::Kind::map)) {
            known(*form, {"type", "source"});
            entry.form = FormEntry{required(*form, "type", "form"), required(*form, "source", "form"), form->place()};
        }
        entry.sent = day(node, "sent");
        entry.imported = day(node, "imported");
        if (const Yaml* list = node.find("acknowledgements"); list && of_kind(*list, "acknowledgements", Yaml::Kind::map))
            for (const auto& [file, sha256] : list->map) read_acknowledgement(file, sha256, entry);
        entry.center = text(node, "center");
        read_never_used(node, entry);
        return entry;
    }

    void read_never_used(const Yaml& node, SequenceEntry& entry) {
        const Yaml* reason = node.find("never_used");
        if (!reason) return;
        entry.never_used = text(node, "never_used");
        for (const char* const none : {"", "yes", "no", "true", "false"})
            if (to_lower(entry.never_used) == none)
                return complain(reason->place(), "never_used gives no reason",
                                "write why, e.g. never_used: withdrawn before it was sent; or take the key out");
        if (entry.sent || entry.imported || !entry.acknowledgements.empty() || !entry.center.empty())
            complain(reason->place(), "never_used: the entry says as well that it was sent", "take out what is wrong: never_used, or sent");
    }

    void read_studies(const Yaml& node) {
        if (!of_kind(node, "studies", Yaml::Kind::map)) return;
        for (const auto& [id, value] : node.map) {
            if (!of_kind(value, "study " + id, Yaml::Kind::map)) continue;
            known(value, {"title", "section", "categories"});
            StudyEntry study{required(value, "title", "study " + id), {}, value.place(), std::string(trim(value.text("section")))};
            if (const Yaml* categories = value.find("categories"); categories && of_kind(*categories, "categories", Yaml::Kind::map))
                for (const auto& [name, word] : categories->map) study.categories.emplace_back(name, std::string(trim(word.scalar)));
            file_.studies[id] = std::move(study);
        }
    }

    ApplicationFile& file_;
};

} // namespace

bool ApplicationFile::is_sent(SequenceNumber sequence) const {
    const auto found = sequences.find(sequence);
    return found != sequences.end() && (found->second.sent || found->second.imported);
}

std::string acknowledgement_path(SequenceNumber sequence, const std::string& file) {
    return path::join(path::join("acknowledgements", sequence.text()), file);
}

Result<ApplicationFile> parse_application_file(std::string_view bytes, const std::string& path) {
    DOSSIER_TRY(const Yaml root, parse_yaml(bytes, path));
    ApplicationFile file;
    file.path = path;
    std::vector<Error> errors = Reader(file).run(root);
    if (errors.empty()) return file;
    if (errors.size() == 1) return std::move(errors.front());
    Error all(ErrorKind::invalid, fill("{} errors in the application file; nothing was changed", errors.size()), {path});
    all.details = std::move(errors);
    return all;
}

} // namespace dossier::ectd
