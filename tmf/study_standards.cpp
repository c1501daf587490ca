#include "tmf/study_standards.hpp"

#include <memory>

#include "core/text.hpp"
#include "templates/own_model.hpp"
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

Result<std::optional<StandardFile>> find_among(const std::vector<StandardRecord>& all, const std::string& kind, const std::string& name) {
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

StandardRecord record_of(const StandardFile& file) {
    return {file.kind, file.name, sha256_of(file.bytes), file.bytes.size(), file.file_name, file.bytes};
}

} // namespace

FindStandard standards_in(Ledger& ledger) {
    const auto all = std::make_shared<std::optional<std::vector<StandardRecord>>>(); // read once, when first asked for
    return [&ledger, all](const std::string& kind, const std::string& name) -> Result<std::optional<StandardFile>> {
        if (!*all) {
            DOSSIER_TRY(*all, ledger.standards());
        }
        return find_among(**all, kind, name);
    };
}

Result<templates::TmfCatalogue> catalogue_of(Ledger& ledger, const templates::Source& source, const StudyRecord& record) {
    return templates::read_study_catalogue(source, record.model, lists_of(record), standards_in(ledger));
}

Result<templates::TmfCatalogue> catalogue_of_study(Ledger& ledger, const templates::Source& source, const std::string& study) {
    DOSSIER_TRY(const StudyRecord record, study_record(ledger, study));
    return catalogue_of(ledger, source, record);
}

FindStandard standards_for_apply(Ledger& ledger, const templates::OwnStandards& own) {
    return [kept_in = standards_in(ledger), &own](const std::string& kind, const std::string& name) -> Result<std::optional<StandardFile>> {
        DOSSIER_TRY(auto kept, kept_in(kind, name));
        DOSSIER_TRY(auto brought, own.find(kind, name));
        if (kept && brought && kept->bytes != brought->bytes)
            return Error(ErrorKind::conflict,
                         fill("{} {} in the repository has other content than the one in your data folder", kind, name), {brought->place},
                         "a version never changes: give yours a new one, add it and name it in the study file");
        return kept ? std::move(kept) : std::move(brought);
    };
}

Result<StandardsToAdopt> standards_to_adopt(Ledger& ledger, const templates::Source& source, const templates::OwnStandards& own,
                                            const templates::TmfCatalogue& catalogue) {
    const FindStandard kept_in = standards_in(ledger), at_hand = standards_for_apply(ledger, own);
    StandardsToAdopt result;
    const auto adopt = [&](const std::string& kind, const std::string& name) -> Result<std::optional<StandardFile>> {
        DOSSIER_TRY(const auto kept, kept_in(kind, name));
        DOSSIER_TRY(auto file, at_hand(kind, name));
        if (!kept && file) result.records.push_back(record_of(*file));
        return file;
    };
    std::string base = catalogue.model;
    if (!catalogue.model_sha256.empty()) {
        DOSSIER_TRY(const auto model, adopt("model", catalogue.model));
        if (model) base = templates::base_of_own_model(model->bytes);
    }
    for (const auto& list : catalogue.lists) DOSSIER_CHECK(adopt("list", list.name));
    DOSSIER_TRY(const auto shipped, templates::shipped_standards(source, base));
    for (const auto& [file, template_name] : shipped) {
        DOSSIER_TRY(const auto kept, kept_in(file.kind, file.name));
        if (!kept)
            result.records.push_back(record_of(file));
        else if (kept->bytes != file.bytes)
            result.notes.push_back(fill("this program has {} {} in another wording than the repository adopted it; the repository's holds",
                                        file.kind, file.name));
    }
    return result;
}

} // namespace dossier::tmf
