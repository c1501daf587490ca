// Study facts: what STUDY.yaml says, read and checked. Plain data; no clock, no disk. Expectations (tmf/expectation.hpp) are a pure
// function of these facts and the catalogue. Country codes are ISO 3166 alpha-3, roles are written with '_', languages in lower case.
#pragma once

#include "core/json.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "core/yaml.hpp"
#include "templates/tmf_catalogue.hpp"
#include "templates/tmf_quality.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::tmf {

using OptionalDate = std::optional<Date>;
using Switches = std::map<std::string, bool>; // only what was answered

struct Country {
    std::string code; // alpha-3
    OptionalDate approved;
    std::vector<std::string> languages;
    Switches switches;
};

struct Site {
    std::string id, country, name;
    OptionalDate activated, closed, rejected;
    Switches switches;
};

// A date is the study file's, or `milestone set` recorded it: that one stays when a file without it is applied again.
struct MilestoneEntry {
    std::string code, country, site; // country of a site's entry is filled in
    OptionalDate date, planned;
    bool date_recorded = false, planned_recorded = false; // only where that date is there
    bool from_command() const { return date_recorded || planned_recorded; }
};

struct Person { // one entry; the same id may stand for several roles and places
    std::string id, name, role, site, country;
    Date from;
    OptionalDate to;
    bool physician = false, ec_member = false;
};

struct Training {
    std::string id;
    std::vector<std::string> roles; // empty = everybody
    Date date;
};

struct Dated { // meeting, release, version, audit
    std::string id;
    Date date;
};

struct Committee {
    std::string id, name;
    OptionalDate from, to;
    std::vector<Dated> meetings;
};

struct Contract {
    std::string id;
    OptionalDate signed_on;
};

struct Vendor {
    std::string id, name;
    OptionalDate from, to;
    bool obligations = false;
    std::vector<Contract> contracts;
};

struct Certificate {
    std::string id, name;
};

struct Laboratory {
    std::string id, name, site; // no site: central
    OptionalDate from, to;
    bool accredited = true;
    std::vector<Certificate> certificates;
};

struct Amendment {
    std::string id;
    Date approved;
    bool substantial = true, ec = true;
    std::vector<std::string> countries, sites; // empty = all
};

struct SafetyNotice {
    std::string id, type; // susar, usm, serious_breach, line_listing, other
    Date date;
    bool ec = false;
    std::vector<std::string> countries, sites;
};

struct IcfVersion {
    std::string id;
    Date approved;
    std::vector<std::string> countries, sites;
};

struct Visit {
    std::string id, site, type; // qualification, initiation, interim, close_out
    Date date;
};

struct Batch {
    std::string id;
    Date released;
    std::vector<std::string> countries;
};

struct Shipment {
    std::string id, site;
    Date date;
};

struct System {
    std::string id, kind; // irt, edc, epro, safety, other
    std::vector<Dated> releases;
};

struct Occurrence {
    std::string id, type, site; // site may be empty
    Date date;
};

struct Study {
    std::string id, title, sponsor, phase, model = "3.3.1";
    OptionalDate start, dibd;
    bool review = false; // documents count when accepted
    int grace_days = 0;
    int timeliness_target = 0;        // days within which a document should be there, for the report `timeliness`; 0: none said
    std::vector<std::string> promote; // optional rules that act as expected
    std::vector<templates::ReviewStep> review_steps; // that a version has to pass before approval, in their order
    std::optional<std::vector<int>> critical;        // artifacts of which every version is checked; none: the templates' list
    std::vector<std::string> lists;                  // own lists on top of the model's rules, in this order: ACME-2026@3
    Switches switches;
    std::vector<Country> countries;
    std::vector<Site> sites;
    std::vector<Person> people;
    std::vector<MilestoneEntry> milestones;
    std::vector<Training> trainings;
    std::vector<Committee> committees;
    std::vector<Vendor> vendors;
    std::vector<Laboratory> laboratories;
    std::vector<Amendment> amendments;
    std::vector<SafetyNotice> safety_notices;
    std::vector<Dated> protocol_versions, ib_versions;
    std::vector<IcfVersion> icf_versions;
    std::vector<Visit> visits;
    std::vector<Batch> batches;
    std::vector<Shipment> shipments;
    std::vector<Dated> audits;
    std::vector<System> systems;
    std::vector<Occurrence> occurrences;

    const Country* country(std::string_view code) const; // null when unknown
    const Site* site(std::string_view id) const;
    const Person* person(std::string_view id) const; // its first entry
};

struct StudyReading {
    Study study;
    std::vector<std::string> notes; // what was accepted and will probably not do what was meant
};

// STUDY.yaml -> Study. All errors of the file come at once, as details of one Error, each with its line: unknown keys (with the nearest
// known one), unknown switches, dates that are none, ids that repeat, references to nobody. `from_ledger`: the stored form, which also says
// what was recorded by command.
Result<StudyReading> read_study(const Yaml& file, const templates::TmfCatalogue& catalogue, bool from_ledger = false);

// The model a study file names ("3.3.1" when it names none), to load the catalogue with.
std::string model_of(const Yaml& file);
std::vector<std::string> lists_of(const Yaml& file); // and the own lists

// The study in the form of STUDY.yaml, every list in the file's order: what the ledger keeps. read_study(to_yaml(to_json(s))) == s.
Json to_json(const Study& study);
Yaml to_yaml(const Json& json, const std::string& path);

// "en", "pt-BR" -> lower case; empty when it is no language tag.
std::string normal_language(std::string_view text);

// All ids that a document's `event` may name: entries of the study, final, ctsi, gcp, licence and the years ("Y1", "V1-Y2" by form).
bool is_known_event(const Study& study, std::string_view event);
std::vector<std::string> event_ids(const Study& study);

} // namespace dossier::tmf
