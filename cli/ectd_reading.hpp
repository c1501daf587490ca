// What the commands share that read an application and need no application.yaml: blame, diff, view.
#pragma once

#include "cli/command.hpp"
#include "ectd/application_file.hpp"
#include "ectd/leaf_origins.hpp"
#include "ectd/lifecycle.hpp"
#include "templates/ectd_catalogue.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dossier::cli {

struct ReadApplication {
    templates::EctdCatalogue catalogue;
    ectd::Application application;
    ectd::Lifecycle lifecycle;                                   // points into `application`
    std::optional<ectd::ApplicationFile> file;                   // application.yaml, where there is one that can be read
    std::vector<ectd::LeafOrigin> origins;                       // documents of a trial master file that leaves were built from; sorted
    const ectd::Origin* origin_of(const ectd::Leaf& leaf) const; // null: not known
    Json origin_json(const ectd::Leaf& leaf) const;              // {study, document, version, label}; null: not known
};

// not_found when there is no sequence folder. What could not be read is printed as notes, where `say` is set.
Result<std::unique_ptr<ReadApplication>> read_for_viewing(Context& context, const std::string& folder,
                                                          std::optional<ectd::SequenceNumber> last = std::nullopt, bool say = true);

std::string section_number(const ReadApplication& read, const ectd::Leaf& leaf); // as people write it; the element where it has none

} // namespace dossier::cli
