// What the health of sites is told from: completeness, what runs out, queries, rules of order, quality, people, visits, the last document;
// gathered once for all sites in scope. A pure function of the facts.
#pragma once

#include "tmf/ordering.hpp"
#include "tmf/query_rows.hpp"
#include "tmf/report_kinds.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace dossier::tmf {

struct SiteMilestone {
    Total due, whole;
    std::int64_t open = 0;
};

struct SitePerson {
    Total due;
    std::vector<std::string> open; // "05.02.04 Curriculum Vitae: expired"
};

// The entries of one person at one site are one instance in completeness, and one here.
struct SiteStaff {
    std::string id;
    std::vector<const Person*> entries;       // who had joined by the day, as the study file has them; never empty
    std::string roles() const;                // each once: "site staff, sub investigator"
    Date from() const;                        // the earliest
    OptionalDate to() const;                  // the latest; none while one of them is open
    std::vector<std::string> periods() const; // each with its days: "site staff 2025-02-01 to 2025-05-31"
};

struct SiteCard {
    const Site* site = nullptr;
    OptionalDate opened, closed; // milestones 03 and 09 of the site
    std::string status;          // in words, on the day: "open since 2025-03-10"
    std::string investigators;   // principal, on the day
    Total due, next, whole;
    std::map<SlotState, std::int64_t> states;
    std::map<std::string, SiteMilestone> milestones; // by code
    std::map<std::string, SitePerson> people;        // by id
    std::map<std::string, Total> events;             // what a visit or another event calls for, by its id
    std::int64_t expiring = 0, queries = 0;          // queries that are not closed
    std::int64_t order_failed = 0, reviewed = 0, rejected = 0, waiting = 0;
    Total first_pass;                         // reviewed on their first pass; of these accepted
    OptionalDate last_received;               // of its documents, by the day
    std::vector<SiteStaff> staff;             // who had joined by the day
    std::vector<const Visit*> visits;         // by the day, the newest first
    std::vector<const CompletenessRow*> open; // the longest due first
};

struct SiteHealth {
    CompletenessReport completeness;
    ReportTable expiring;                  // rows of sites
    std::vector<QueryRow> queries;         // of sites, not closed, the oldest first
    std::vector<OrderingJudgement> order;  // of sites, failed
    std::map<std::string, SiteCard> cards; // by site, in scope
};

// The facts must outlive it.
SiteHealth site_health(const ReportFacts& facts);

} // namespace dossier::tmf
