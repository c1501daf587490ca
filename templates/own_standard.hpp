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
    std::string kind; // list, model, table
    std::string name; // ACME-2026@3, 4.0-acme; EDL@1, 3.3.1 and EDL@1/switches of those that the program brings
    std::string file_name, bytes;
    std::string place; // for messages
};

// Bytes of a list or model, none when it is not at hand.
using FindStandard = std::function<Result<std::optional<StandardFile>>(const std::string& kind, const std::string& name)>;

// What the program brings for one of its own models, under the names by which a repository keeps copies: model 3.3.1, list EDL@1, and the
// tables that these rules are read with. `template_name` is where the program has it. not_found when it has no such model.
struct ShippedStandard {
    StandardFile file;
    std::string template_name;
};
Result<std::vector<ShippedStandard>> shipped_standards(const Source& source, const std::string& model);
// The program's tables for the model, with the copies that `find` has in front: these hold, whatever a later program brings under the same
// names.
Result<Source> source_as_adopted(const Source& source, const std::string& model, const FindStandard& find);

// The model (the program's own, or one that `find` has) with its rules and, in this order, the lists on top. not_found says what is missing
// and how to bring it. Tables that `find` has copies of are read from these.
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
