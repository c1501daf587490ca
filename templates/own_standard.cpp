#include "templates/own_standard.hpp"

#include <algorithm>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "templates/own_list.hpp"
#include "templates/own_model.hpp"

namespace dossier::templates {

namespace {

constexpr std::uint64_t largest = 64u << 20;

Error not_at_hand(const std::string& kind, const std::string& name, const std::string& known) {
    return Error(ErrorKind::not_found, fill("there is no {} {}", kind, name), {},
                 fill("take it in with 'dossier standards add FILE'{}", known.empty() ? "" : "; the program knows " + known));
}

Result<TmfCatalogue> read_model_of(const Source& source, const std::string& model, const FindStandard& find) {
    const auto shipped = tmf_models(source);
    if (std::find(shipped.begin(), shipped.end(), model) != shipped.end()) {
        DOSSIER_TRY(const Source adopted, source_as_adopted(source, model, find));
        return read_tmf_catalogue(adopted, model);
    }
    DOSSIER_TRY(const auto file, find("model", model));
    if (!file) return not_at_hand("model", model, join(shipped, ", "));
    const std::string base = base_of_own_model(file->bytes);
    const bool stands_on_ours = std::find(shipped.begin(), shipped.end(), base) != shipped.end();
    DOSSIER_TRY(const Source adopted, stands_on_ours ? source_as_adopted(source, base, find) : Result<Source>(source));
    DOSSIER_TRY(TmfCatalogue catalogue, read_own_model(adopted, file->bytes, file->place));
    catalogue.model_sha256 = sha256_of(file->bytes).hex();
    return catalogue;
}

} // namespace

Result<TmfCatalogue> read_study_catalogue(const Source& source, const std::string& model, const std::vector<std::string>& lists,
                                          const FindStandard& find) {
    DOSSIER_TRY(TmfCatalogue catalogue, read_model_of(source, model, find));
    for (const std::string& name : lists) {
        std::string list, version;
        if (!parse_list_name(name, list, version))
            return Error(ErrorKind::invalid, fill("\"{}\" names no list", name), {}, "write its identifier and version: ACME-2026@3");
        DOSSIER_TRY(const auto file, find("list", name));
        if (!file) return not_at_hand("list", name, "");
        DOSSIER_TRY(const OwnList own, read_own_list(file->bytes, file->place, catalogue));
        if (own.head.name() != name)
            return Error(ErrorKind::invalid, fill("it is list {}, not {}", own.head.name(), name), {file->place},
                         "add the right file again");
        adopt(own, catalogue);
        catalogue.lists.push_back({name, own.head.owner, own.head.title, sha256_of(file->bytes).hex()});
    }
    return catalogue;
}

Result<std::vector<ShippedStandard>> shipped_standards(const Source& source, const std::string& model) {
    DOSSIER_TRY(const ModelFiles files, files_of_model(source, model));
    const std::string list = "EDL@" + files.edl;
    std::vector<ShippedStandard> all;
    const auto add = [&](const char* kind, const std::string& name, const std::string& file) -> Result<void> {
        DOSSIER_TRY(std::string bytes, source.read(file));
        all.push_back({{kind, name, path::file_name(file), std::move(bytes), source.place_of(file)}, file});
        return {};
    };
    DOSSIER_CHECK(add("model", files.model, files.reference_model));
    DOSSIER_CHECK(add("list", list, files.expected_documents));
    DOSSIER_CHECK(add("table", list + "/milestones", milestones_file));
    DOSSIER_CHECK(add("table", list + "/switches", switches_file));
    return all;
}

Result<Source> source_as_adopted(const Source& source, const std::string& model, const FindStandard& find) {
    DOSSIER_TRY(const auto shipped, shipped_standards(source, model));
    std::map<std::string, Source::File> copies;
    for (const ShippedStandard& one : shipped) {
        DOSSIER_TRY(auto copy, find(one.file.kind, one.file.name));
        if (copy) copies.emplace(one.template_name, Source::File{std::move(copy->bytes), copy->place});
    }
    return copies.empty() ? source : source.with(std::move(copies));
}

OwnStandards::OwnStandards(FileSystem& fs, const std::string& data_folder) : fs_(fs), folder_(path::join(data_folder, "own")) {}

Result<std::optional<StandardFile>> OwnStandards::find(const std::string& kind, const std::string& name) const {
    const std::string folder = path::join(path::join(folder_, kind), name);
    if (!path::is_inside(name) || !is_folder(fs_, folder)) return std::optional<StandardFile>();
    DOSSIER_TRY(const auto entries, fs_.list(folder));
    for (const FolderEntry& entry : entries) {
        if (entry.kind != FileKind::file || ends_with(entry.name, ".part")) continue;
        StandardFile file{kind, name, entry.name, "", path::join(folder, entry.name)};
        DOSSIER_TRY(file.bytes, read_file(fs_, file.place, largest));
        return std::optional(std::move(file));
    }
    return std::optional<StandardFile>();
}

Result<bool> OwnStandards::add(const StandardFile& file) const {
    DOSSIER_TRY(const auto there, find(file.kind, file.name));
    if (there && there->bytes == file.bytes) return false;
    if (there)
        return Error(ErrorKind::conflict, fill("{} {} is there already, with other content", file.kind, file.name), {there->place},
                     "studies may have adopted it: a version never changes; give yours a new one");
    const std::string folder = path::join(path::join(folder_, file.kind), file.name);
    DOSSIER_CHECK(fs_.create_folders(folder));
    DOSSIER_CHECK(write_file_durably(fs_, path::join(folder, file.file_name), file.bytes));
    return true;
}

std::vector<std::string> OwnStandards::names(const std::string& kind) const {
    std::vector<std::string> names;
    const std::string folder = path::join(folder_, kind);
    if (!is_folder(fs_, folder)) return names;
    if (const auto entries = fs_.list(folder))
        for (const FolderEntry& entry : *entries)
            if (entry.kind == FileKind::folder) names.push_back(entry.name);
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace dossier::templates
