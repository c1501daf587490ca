#include "tmf/study_standards.hpp"

#include "core/text.hpp"
#include "tmf/repository.hpp"

namespace dossier::tmf {

using templates::FindStandard;
using templates::StandardFile;

namespace {

std::vector<std::string> lists_of(const StudyRecord& record) {
    std::vector<std::string> names;
    const auto facts = parse_json(record.facts);
    const Json* head = facts ? facts->find("study") : nullptr;
    const Json* lists = head ? head->find("lists") : nullptr;
    if (lists)
        for (const Json& name : lists->items()) names.push_back(name.text());
    return names;
}

Result<std::optional<StandardFile>> find_in(Ledger& ledger, const std::string& kind, const std::string& name) {
    DOSSIER_TRY(const auto all, ledger.standards());
    for (const StandardRecord& record : all) {
        if (record.kind != kind || record.name != name) continue;
        const std::string place = fill("ledger, {} {}", kind, name);
        if (sha256_of(record.content) != record.sha256)
            return Error(ErrorKind::invalid, "the stored copy is damaged: it does not give its SHA-256", {place},
                         "restore the repository from its last backup");
        return std::optional(StandardFile{kind, name, record.file_name, record.content, place});
    }
    return std::optional<StandardFile>();
}

} // namespace

FindStandard standards_in(Ledger& ledger) {
    return [&ledger](const std::string& kind, const std::string& name) { return find_in(ledger, kind, name); };
}

Result<templates::TmfCatalogue> catalogue_of(Ledger& ledger, const templates::Source& source, const StudyRecord& record) {
    return templates::read_study_catalogue(source, record.model, lists_of(record), standards_in(ledger));
}

Result<templates::TmfCatalogue> catalogue_of_study(Ledger& ledger, const templates::Source& source, const std::string& study) {
    DOSSIER_TRY(const StudyRecord record, study_record(ledger, study));
    return catalogue_of(ledger, source, record);
}

FindStandard standards_for_apply(Ledger& ledger, const templates::OwnStandards& own) {
    return [&ledger, &own](const std::string& kind, const std::string& name) -> Result<std::optional<StandardFile>> {
        DOSSIER_TRY(auto kept, find_in(ledger, kind, name));
        DOSSIER_TRY(auto brought, own.find(kind, name));
        if (kept && brought && kept->bytes != brought->bytes)
            return Error(ErrorKind::conflict,
                         fill("{} {} in the repository has other content than the one in your data folder", kind, name), {brought->place},
                         "a version never changes: give yours a new one, add it and name it in the study file");
        return kept ? std::move(kept) : std::move(brought);
    };
}

Result<std::vector<StandardRecord>> standards_to_adopt(Ledger& ledger, const templates::OwnStandards& own,
                                                       const templates::TmfCatalogue& catalogue) {
    std::vector<std::pair<std::string, std::string>> wanted;
    if (!catalogue.model_sha256.empty()) wanted.emplace_back("model", catalogue.model);
    for (const auto& list : catalogue.lists) wanted.emplace_back("list", list.name);
    std::vector<StandardRecord> missing;
    for (const auto& [kind, name] : wanted) {
        DOSSIER_TRY(const auto kept, find_in(ledger, kind, name));
        if (kept) continue;
        DOSSIER_TRY(const auto file, own.find(kind, name));
        if (file) missing.push_back({kind, name, sha256_of(file->bytes), file->bytes.size(), file->file_name, file->bytes});
    }
    return missing;
}

} // namespace dossier::tmf
