// An organisation's own list of expected documents, on top of a model's rules: adds rules and sub-artifacts, retires or changes shipped
// rules by naming them. A table (TSV, CSV, XLSX) with a head above its column names: list, version, owner, model. docs/models.md explains
// it to those who write one.
#pragma once

#include "templates/tmf_catalogue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

struct OwnListHead {
    std::string list, version, owner, model, title; // ACME-2026, 3
    std::string name() const { return list + "@" + version; }
};

struct OwnList {
    OwnListHead head;
    std::vector<Rule> rules;          // added, or shipped ones as they are now, whole; `list` is set
    std::vector<std::string> retired; // ids of shipped rules
    std::vector<SubArtifact> sub_artifacts;
};

// "ACME-2026@3" -> both parts; false when it is no such name.
bool parse_list_name(std::string_view name, std::string& list, std::string& version);

// True when a table has the head of a list; for telling lists from models.
bool looks_like_own_list(std::string_view bytes, const std::string& path);
Result<OwnListHead> read_own_list_head(std::string_view bytes, const std::string& path);
// Every fault at once, each with row, column and the nearest known word. `catalogue`: the model with its rules and the lists adopted
// before.
Result<OwnList> read_own_list(std::string_view bytes, const std::string& path, const TmfCatalogue& catalogue);

void adopt(const OwnList& list, TmfCatalogue& catalogue);

} // namespace dossier::templates
