// Expected documents: slots = f(rules, study facts, day). Pure; no clock, no disk. docs/expected_documents.md has the algorithm, step by
// step; the steps are named in the code. Study and catalogue must outlive the slots.
#pragma once

#include "tmf/milestone_dates.hpp"
#include "tmf/study.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace dossier::tmf {

struct Slot { // one wanted document (or `rule->count` of them)
    const templates::Rule* rule = nullptr;
    std::string country, site, person, event, language; // empty: the slot does not name it
    OptionalDate due;
    OptionalDate born;       // of what makes the slot necessary; none for standing slots
    OptionalDate clock_end;  // validity is counted to here at the latest: the duty has ended
    int year = 0;            // of a yearly slot
    OptionalDate year_start; // the day its years are counted from
    bool hidden = false;     // may unblind, and the study is still blinded
    std::size_t place = 0;   // number of its place: see Expectations::places()

    std::string identity() const; // EDL-066-03/USA/701///
};

struct ExpectationQuestion {
    Date as_of;
    OptionalDate today; // unblinding (S11) counts only when it is not after this day either; none = as_of alone decides
};

// Steps 1 to 5, slot by slot: what does not depend on documents. Catalogue, study and dates must outlive it. Not thread safe.
class Expectations {
public:
    Expectations(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
                 const ExpectationQuestion& question);
    ~Expectations();
    // Rules that make slots for this study: expected and event ones, and the optional ones it promotes. In the order of the slots' names.
    const std::vector<const templates::Rule*>& rules() const;
    const std::vector<std::string>& milestones() const; // that these rules are reported under; bytewise, each once
    // Every slot of the rule, in no order that means anything; the slot is only good during the call.
    void each(const templates::Rule& rule, const std::function<void(const Slot&)>& use) const;
    void each_at(const templates::Rule& rule, const std::set<std::size_t>& places, const std::function<void(const Slot&)>& use) const;
    // 0 is the trial, then come the countries in the order of the study, then its sites, rejected ones left out.
    std::size_t places() const;
    std::string country_of(std::size_t place) const;
    std::string site_of(std::size_t place) const;
    bool hides_at(std::size_t place) const; // step 4: what may unblind is hidden there
    // Of a document filed there; none where the study does not know the place.
    std::optional<std::size_t> place_of(const std::string& country, const std::string& site) const;

private:
    class SlotMaker;
    std::unique_ptr<SlotMaker> maker_;
};

// Steps 1 to 5: instances, conditions, due dates, existence, audience mark, identity. Sorted by identity, bytewise.
std::vector<Slot> make_slots(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
                             const ExpectationQuestion& question);

// Step 4: whether what may unblind is to be hidden at each place on that day.
class Blinding {
public:
    Blinding(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
             const ExpectationQuestion& question);
    bool hides_at(const Country* country, const Site* site) const; // null: of the trial, of a country

private:
    const templates::TmfCatalogue& catalogue_;
    const Study& study_;
    bool unblinded_ = false;
};

// A site's answer wins over its country's, that over the study's, that over the default.
bool answer_of(const templates::TmfCatalogue& catalogue, const Study& study, const Country* country, const Site* site,
               const std::string& name);

} // namespace dossier::tmf
