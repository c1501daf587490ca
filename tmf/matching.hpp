// Which documents belong to a slot, and how they stand on a day (steps 7 and 8); for counting.cpp and
// report_expiring.cpp only.
#pragma once

#include "tmf/completeness.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace dossier::tmf {

enum class Standing { good, pending, lapsed, other };

class Matching {
public:
    // Documents, study and expectations must outlive this; not thread safe. For the blinded a restricted document neither counts nor is
    // named while the study is blinded, whatever slot it lies in (step 4).
    Matching(const Study& study, const Expectations& expectations, const std::vector<DocumentFacts>& documents, Audience audience);

    // Documents that match the slot, in their order; until `use` says false.
    void each_match(const Slot& slot, const std::function<bool(const DocumentFacts&)>& use) const;
    Standing standing(const DocumentFacts& document, const Slot& slot, Date as_of) const;

private:
    // What tells documents of a rule's artifact and level apart.
    struct Distinction {
        const templates::Rule* rule = nullptr;
        std::string part;               // of the artifact that the rule asks for, lower case; empty: the whole
        std::vector<std::string> parts; // that rules ask for
        bool by_event = false;          // another rule of the same part names an event
    };
    const Distinction& distinction(const templates::Rule& rule) const;
    void sort_documents(const Expectations& expectations, Audience audience);
    bool event_matches(const DocumentFacts& document, const Slot& slot) const;
    bool part_matches(const DocumentFacts& document, const templates::Rule& rule) const;

    const Study& study_;
    const std::vector<const templates::Rule*>& rules_;
    const std::vector<DocumentFacts>& documents_;
    // Documents by unique identifier and place: those of row r at place p are by_place_[starts_[r * places_ + p]] up to the next start.
    std::size_t places_ = 0;
    std::vector<int> rows_; // by unique identifier; -1 = no document has it
    std::vector<std::uint32_t> starts_, by_place_;
    mutable Distinction last_; // of the rule asked for last: slots of one rule come together
};

} // namespace dossier::tmf
