// Giving and taking roles.
#pragma once

#include "tmf/repository.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct NewGrant {
    std::string user, printed_name, certificate; // the last two: empty leaves what is known
    std::string role;
    Scope scope;
    std::optional<Date> until;
    std::string reason;
};

// The user and all roles in the whole repository, for the one who makes it; they restrict nobody until a first role is given.
std::vector<Change> founding_changes(const templates::RoleMatrix& matrix, const UserRecord& user, const Author& author);

// Keys are handed to certificates, so one is taken only from who could hand the keys over himself: he is in an unblinded role, and his key
// opens them. Errors: denied.
Result<void> require_to_certify(Repository& repository, const templates::RoleMatrix& matrix, const std::string& user, const Author& author);

// A certificate takes what require_to_certify() asks; changing a name or a certificate takes giving roles wherever the user has one.
// Errors: invalid (role, name, scope), denied, conflict when the user has this very role there, or a record that the trail does not know.
Result<GrantRecord> add_grant(Repository& repository, const templates::RoleMatrix& matrix, const NewGrant& wanted, const Author& author);

struct Revocation {
    std::string user, role; // role empty: every role
    Scope scope;            // parts that are empty: any
    std::string reason;
};
// Ends the grants that fit. Where somebody is no longer unblinded then, restricted documents are sealed for a new key from then on. Errors:
// not_found when none does; conflict when nobody would be left to give roles.
Result<std::vector<GrantRecord>> revoke(Repository& repository, const templates::RoleMatrix& matrix, const Revocation& wanted,
                                        const Author& author);

} // namespace dossier::tmf
