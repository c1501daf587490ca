// Lists and models that an organisation brings (dossier standards add): where their bytes are found, and the catalogue of a study that
// names them. The user's data folder keeps what was added; a repository keeps a copy of what its studies adopted.
#pragma once

#include "core/filesystem.hpp"
#include "templates/tmf_catalogue.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dossier::templates {

struct StandardFile {
    std::string kind; // list, model
    std::string name; // ACME-2026@3, 4.0-acme
    std::string file_name, bytes;
    std::string place; // for messages
};

// Bytes of a list or model, none when it is not at hand.
using FindStandard = std::function<Result<std::optional<StandardFile>>(const std::string& kind, const std::string& name)>;

// The model (the program's own, or one that `find` has) with its rules and, in this order, the lists on top. not_found says what is missing
// and how to bring it.
Result<TmfCatalogue> read_study_catalogue(const Source& source, const std::string& model, const std::vector<std::string>& lists,
                                          const FindStandard& find);

// In the user's data folder: DATA/own/list/ACME-2026@3/FILE, DATA/own/model/4.0-acme/reference-model.tsv.
class OwnStandards {
public:
    OwnStandards(FileSystem& fs, const std::string& data_folder);
    Result<std::optional<StandardFile>> find(const std::string& kind, const std::string& name) const;
    // false: it is there already. conflict when it is there with other bytes: a version never changes.
    Result<bool> add(const StandardFile& file) const;
    std::vector<std::string> names(const std::string& kind) const; // sorted

private:
    FileSystem& fs_;
    std::string folder_;
};

} // namespace dossier::templates
