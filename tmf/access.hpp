// Users and what they were given, as the ledger keeps it. Texts are UTF-8; an empty text is "none".
#pragma once

#include "core/json.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dossier::tmf {

// A part of the repository: empty = all. A site belongs to a study, so `site` comes with `study`.
struct Scope {
    std::string study, country, site;
    bool covers(const Scope& place) const; // every part this one names is the same there
    std::string text() const;              // "site 701 of study S", "country USA of study S", "study S", "the whole repository"
    auto operator<=>(const Scope&) const = default;
};

struct UserRecord {
    std::string name; // as --as gives it
    std::string printed_name;
    std::string certificate; // PEM: restricted documents are opened with its private key; empty for those who do not see them
};

// A role in a scope, in force from the moment it was given until it is ended. Nothing is deleted.
struct GrantRecord {
    std::int64_t number = 0; // G-000001
    std::string user, role;
    Scope scope;
    std::string from;          // UTC with microseconds
    std::optional<Date> until; // last day, where it was given for a time
    std::string by, reason;    // `by` is empty for the grants that the repository was made with
    std::string ended, ended_by;

    bool in_force(Date today) const { return ended.empty() && (!until || today <= *until); }
    bool was_in_force(Date day) const; // at any moment of this day (UTC)
};
std::string grant_id(std::int64_t number);

// A key that restricted documents are sealed for (tmf/sealer.hpp), and its private part, sealed for one person.
struct UnblindingKeyRecord {
    int number = 0;                // K-1, K-2 ...; the highest is in use
    std::string certificate, from; // PEM; UTC with microseconds
};
struct EnvelopeRecord {
    int key = 0;
    std::string user, envelope; // base64 of CMS in DER; inside is the private key, PEM
};
std::string key_id(int number);
std::string envelope_id(const EnvelopeRecord& record); // K-1/ann

struct AccessRecords {
    std::vector<UserRecord> users;         // by name
    std::vector<GrantRecord> grants;       // by number
    std::vector<UnblindingKeyRecord> keys; // by number
    std::vector<EnvelopeRecord> envelopes;
};

Json to_json(const UserRecord& record);
Json to_json(const GrantRecord& record);
Json to_json(const UnblindingKeyRecord& record);
Json to_json(const EnvelopeRecord& record);

// One day's answer to "who could do what", for people and spreadsheets: the grants in force then, by user and number.
std::vector<GrantRecord> grants_on(const AccessRecords& records, Date day);

} // namespace dossier::tmf
