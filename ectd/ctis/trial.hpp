// The key `trial` of application.yaml: what the specialist states about a clinical trial that is applied for in the EU.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "core/yaml.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd::ctis {

struct MemberStateEntry {
    std::string country;                // as written: DE or DEU
    std::vector<std::string> languages; // each of them is needed; empty: one of the state's
    std::vector<std::string> sites;
    Place place;
};

struct Deferral {
    std::string document; // code
    std::string until, reason;
    Place place;
};

struct Trial {
    std::string title;
    std::string protocol_number, protocol_version;
    std::vector<MemberStateEntry> member_states;
    std::map<std::string, bool> conditions; // answers; absent: not answered
    std::vector<Deferral> deferrals;
    Place place, protocol_place;
    std::map<std::string, Place> condition_places;
};

// Structure only; errors are added to `errors`, each with its line.
Trial read_trial(const Yaml& node, std::vector<Error>& errors);

} // namespace dossier::ectd::ctis
