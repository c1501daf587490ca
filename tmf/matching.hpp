// Which documents belong to a slot, and how they stand on a day (steps 7 and 8); for counting.cpp and
// report_expiring.cpp only.
#pragma once

#include "tmf/completeness.hpp"
#include <functional>

#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace dossier::tmf {

enum class Standing { good, pending, lapsed, other };

class Matching {
public:
    // Documents, study and expectations must outlive this. For the blinded a restricted document neither counts nor is named while the
    // study is blinded, whatever slot it lies in (step 4).
    Matching(const templates::TmfCatalogue& catalogue, const Study& study, const Expectations& expectations,
             const std::vector<DocumentFacts>& documents, Audience audience);

    // Documents that match the slot, in their order; until `use` says false.
    void each_match(const Slot& slot, const std::function<bool(const DocumentFacts&)>& use) const;
    Standing standing(const DocumentFacts& document, const Slot& slot, Date as_of) const;

private:
    void sort_documents(const Expectations& expectations, Audience audience);
    bool event_matches(const DocumentFacts& document, const Slot& slot) const;

    const Study& study_;
    const std::vector<DocumentFacts>& documents_;
    // Documents by unique identifier and place: those of row r at place p are by_place_[starts_[r * places_ + p]] up to the next start.
    std::size_t places_ = 0;
    std::vector<int> rows_; // by unique identifier; -1 = no document has it
    std::vector<std::uint32_t> starts_, by_place_;
    // What tells documents of one artifact and level apart: per part of it (empty: the whole), the rules in force, and those that name an
    // event.
    using Part = std::tuple<int, templates::Level, std::string>;
    static Part part_of(const templates::Rule& rule, const std::string& sub_artifact);
    bool part_matches(const DocumentFacts& document, const templates::Rule& rule) const;
    std::set<Part> asked_parts_;
    std::map<Part, std::set<const templates::Rule*>> event_rules_;
};

} // namespace dossier::tmf
