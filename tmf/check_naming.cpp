#include "core/text.hpp"
#include "tmf/check_parts.hpp"

namespace dossier::tmf::checking {

Result<Naming> Naming::of(Repository& repository) {
    Naming naming;
    naming.withholds_ = !repository.sees_everything();
    if (naming.withholds_)
        DOSSIER_CHECK(repository.ledger().each_document({}, [&naming](const StoredDocument& stored) {
            naming.visible_.insert(stored.document.number);
            return Result<void>();
        }));
    return naming;
}

bool Naming::may_name(const std::string& kind, const std::string& id) const {
    if (!withholds_) return true;
    static const std::set<std::string> of_documents = {"document", "version", "review", "query", "query_act", "submission", "decision"};
    if (of_documents.count(kind) == 0) return true;
    const auto reference = parse_version_reference(id);
    return reference && shows(reference->document);
}

std::string Naming::row(const std::string& kind, const std::string& key, const std::string& document) const {
    if (may_name(kind, document)) return key;
    if (kind == "document" || kind == "decision") return fill("a {} that you may not see", kind);
    return fill("{} of a document that you may not see", kind);
}

std::string Naming::version(const std::string& id) const {
    return may_name("version", id) ? id : std::string("a version of a document that you may not see");
}

std::string Naming::problem(const std::string& text) const {
    const std::vector<std::string> words = split(text, ' ');
    if (words.size() < 2) return text;
    const std::string id = words[1].substr(0, words[1].find(':')), name = words[0] + " " + id;
    const bool is_named =
        words[0] == "document" ? parse_document_id(id).has_value() : words[0] == "decision" && parse_decision_id(id).has_value();
    return is_named ? replace_all(text, name, row(words[0], name, id)) : text;
}

} // namespace dossier::tmf::checking
