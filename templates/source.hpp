// Where the standards' data come from: built into the program, or a folder named by DOSSIER_TEMPLATES.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "core/table.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dossier::templates {

class Source {
public:
    // `folder` empty: the built-in files.
    explicit Source(std::string folder = {}) : folder_(std::move(folder)) {}
    Result<std::string> read(const std::string& name) const;        // name like "ectd/ctd-headings.tsv"
    std::vector<std::string> list(const std::string& prefix) const; // names that start so, sorted
    std::string place_of(const std::string& name) const;            // for messages: templates/ectd/... or the folder's path
    Result<Tsv> read_tsv(const std::string& name, const std::vector<std::string>& columns) const;

    // The same source with some of its files in another wording: those that a study adopted.
    struct File {
        std::string bytes, place;
    };
    Source with(std::map<std::string, File> files) const;

private:
    std::string folder_;
    std::shared_ptr<const std::map<std::string, File>> files_; // in front of the others; null: none
};

} // namespace dossier::templates
