// Which documents belong to a slot, and how they stand on a day (steps 7 and 8); for completeness.cpp and
// report_expiring.cpp only.
#pragma once

#include "tmf/completeness.hpp"
#include <functional>

#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace dossier::tmf {

enum class Standing { good, pending, lapsed, other };

class Matching {
public:
    // Documents and study must outlive this.
    Matching(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents);

    // Documents that match the slot, in their order.
    void each_match(const Slot& slot, const std::function<void(const DocumentFacts&)>& use) const;
    Standing standing(const DocumentFacts& document, const Slot& slot, Date as_of) const;

private:
    using Key = std::uint64_t;
    Key key_of(int unique_id, const std::string& country, const std::string& site) const; // 0 when the place is unknown
    bool event_matches(const DocumentFacts& document, const Slot& slot) const;

    const Study& study_;
    const std::vector<DocumentFacts>& documents_;
    std::unordered_map<std::string_view, std::uint64_t> countries_, sites_; // 1, 2, ...
    std::unordered_map<Key, std::vector<std::uint32_t>> by_place_;
    // What tells documents of one artifact and level apart: per part of it (empty: the whole), the rules in force, and those that name an
    // event.
    using Part = std::tuple<int, templates::Level, std::string>;
    static Part part_of(const templates::Rule& rule, const std::string& sub_artifact);
    bool part_matches(const DocumentFacts& document, const templates::Rule& rule) const;
    std::set<Part> asked_parts_;
    std::map<Part, std::set<const templates::Rule*>> event_rules_;
};

} // namespace dossier::tmf
