// The trial master file's standards as data: a reference model, its expected-document rules, milestones, switches, countries. Read once,
// then const; safe to share between threads. What the rules mean is written in docs/expected_documents.md.
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

enum class Level { trial, country, site };
std::string_view to_text(Level level);

struct Artifact {       // one row of a reference model
    int unique_id = 0;  // permanent, 1 to 999; the key
    std::string number; // 02.01.02
    std::string zone, zone_name, section, section_name, name;
    bool core = false; // must be there when it applies; else recommended
    std::string definition, alternate_names, sub_artifacts, dating, ich;
    bool sponsor = false, investigator = false;
    bool at_trial = false, at_country = false, at_site = false;
    bool restricted = false; // may unblind
    bool expiring = false;
    bool isf_only = false; // belongs to the investigator's file, never to the sponsor's
};

enum class RuleKind { expected, event, optional };

enum class Per { // what a rule wants one slot for
    study,
    country,
    site,
    study_any,
    site_any,
    study_final,
    site_final,
    site_ctsi,
    language,
    person,
    person_gcp,
    person_licence,
    committee,
    vendor,
    vendor_contract,
    laboratory,
    laboratory_certificate,
    amendment,
    notice,
    protocol_version,
    ib_version,
    batch,
    amendment_country,
    notice_country,
    batch_country,
    amendment_site,
    notice_site,
    ib_version_site,
    icf_version,
    monitoring_visit,
    committee_meeting,
    person_training,
    shipment,
    audit,
    system_release,
    rejected_site,
    occurrence,
    study_year,
    country_year,
    ec_year,
    vendor_year,
};
std::string_view tag_of(Per per);  // the text that stands in the slot's event: final, ctsi, gcp, licence; else ""
bool has_event(Per per);           // its slots name an event (an entry's id or a tag)
bool takes_any_event(Per per);     // a document counts whatever its event says
std::string_view name_of(Per per); // the word in the table
bool is_born(Per per);             // its instances have a date of their own, from which they exist
bool is_yearly(Per per);           // study_year, country_year, ec_year, vendor_year
bool is_for_person(Per per);       // takes a role

struct Term {
    bool negated = false;
    std::string name; // a switch, or a fact of the instance: person_on_ec, amendment_substantial, occ_sae ...
    bool is_switch = false;
};

struct Anchor {
    enum class Kind { none, milestone, born } kind = Kind::none;
    std::string text; // as written: 03@site, amendment.approved, none
    std::string code; // of a milestone
    Level level = Level::trial;
    std::string reported; // the two-digit milestone a row is counted under
};

struct Validity {
    enum class Kind { none, until_superseded, years, document_expires } kind = Kind::none;
    int years = 0;
};

struct Rule {       // one row of expected-documents.tsv
    std::string id; // EDL-001-01
    int unique_id = 0;
    std::string artifact, name; // as the model says it
    Level level = Level::trial;
    RuleKind kind = RuleKind::expected;
    Per per = Per::study;
    std::string role;
    std::vector<Term> condition; // all must hold
    Anchor due;
    int offset_days = 0;
    int count = 1;
    Validity validity;
    bool restricted = false;
    std::string basis, confidence, note;
    std::string occurrence_type; // of Per::occurrence: sae, kick_off ...
    std::string sub_artifact;    // only documents filed as this part of the artifact count; empty = the artifact as a whole
    std::string list;            // ACME-2026@3: the own list that added or changed it; empty: the rules of the model
    bool is_changed = false;     // a rule of the model that `list` changed
};

struct SubArtifact {
    int unique_id = 0; // of its artifact
    std::string name;
    std::string list; // that named it; empty: the model
};

struct AdoptedList {
    std::string name, owner, title; // ACME-2026@3
    std::string sha256;             // of its bytes
};

struct Milestone {
    std::string code, name;
    std::vector<Level> levels;
    std::string phase;
};

struct Switch {
    std::string name;
    bool fallback = false;
    std::string meaning;
};

struct Country {
    std::string alpha2, alpha3, name;
};

struct TmfCatalogue {
    std::string model, title, edl;  // "3.3.1", its title, version of the rules
    std::string model_sha256;       // of an organisation's own model; empty: it comes with the program
    std::vector<AdoptedList> lists; // own lists on top of the rules, in their order
    std::vector<Artifact> artifacts;
    std::vector<Rule> rules;                    // sorted by id
    std::vector<std::string> rules_left_out;    // of the model's rules: their artifact is not in this model
    std::vector<SubArtifact> own_sub_artifacts; // that lists added
    std::vector<Milestone> milestones;
    std::vector<Switch> switches;
    std::vector<Country> countries;

    const Artifact* artifact(int unique_id) const; // null when unknown
    const Artifact* artifact_by_number(std::string_view number) const;
    std::vector<const Artifact*> artifacts_by_name(std::string_view name) const; // exact, letter case aside
    const Rule* rule(std::string_view id) const;
    std::vector<SubArtifact> sub_artifacts(int unique_id) const; // the model's, then those of lists
    const Milestone* milestone(std::string_view code) const;
    const Country* country(std::string_view alpha2_or_alpha3_or_name) const; // letter case aside
};

// Words that STUDY.yaml uses and rules are checked against.
const std::vector<std::string>& person_roles();
std::vector<std::string> roles_in(std::string_view role_or_group); // sponsor_team -> sponsor_staff, monitor, medical_monitor
const std::vector<std::string>& role_groups();
const std::vector<std::string>& occurrence_types();

std::vector<std::string> tmf_models(const Source& source);
// Where the program has the tables of one of its models: names of templates, and the version of the rules.
struct ModelFiles {
    std::string model, title, reference_model, expected_documents, edl;
};
Result<ModelFiles> files_of_model(const Source& source, const std::string& model); // not_found names the models there are
inline constexpr const char* milestones_file = "tmf/milestones.tsv";
inline constexpr const char* switches_file = "tmf/switches.tsv";
// not_found when the program has no such model; a malformed table is an error with file and line.
Result<TmfCatalogue> read_tmf_catalogue(const Source& source, const std::string& model = "3.3.1");

// For the two halves of the reader.
Result<std::vector<Rule>> read_rules(const Source& source, const std::string& file, const TmfCatalogue& catalogue);

} // namespace dossier::templates
