// May this user do this here? The one place where it is decided, from the role matrix (templates/tmf/roles.tsv) and the grants of the
// ledger. A pure function of these; whoever is not allowed is refused, and what is not known is not allowed.
#pragma once

#include "core/result.hpp"
#include "templates/roles.hpp"
#include "tmf/access.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// Seeing restricted documents is bound to a key and not to the openness of a repository.
constexpr const char* right_to_restricted = "restricted.read";
// Nor is saying that a study is unblinded (tmf/study_blinding.hpp): reports then name what may unblind to everybody.
constexpr const char* right_to_unblind = "study.unblind";

class AccessControl {
public:
    AccessControl(templates::RoleMatrix matrix, const AccessRecords& records, std::string user, Date today);

    // Until somebody was given a role by 'user add', whoever may write the folder has all rights but these two.
    bool is_open() const { return open_; }
    const std::string& user() const { return user_; }

    bool may(const std::string& right, const Scope& place, bool own = false) const;
    // Error denied: who, what, where, and which roles would allow it. `own`: the user filed the version himself.
    Result<void> require(const std::string& right, const Scope& place, bool own = false) const;
    // For the start of a command, before its place is known: somewhere in the repository, or in this study.
    bool may_somewhere(const std::string& right, const std::string& study = {}) const;
    Result<void> require_somewhere(const std::string& right) const;
    // The parts of the study in which the user may do it, none inside another: the study itself, else countries and sites by name.
    std::vector<Scope> parts_of(const std::string& right, const std::string& study) const;
    bool knows_study(const std::string& study) const; // any role in it

private:
    Error refusal(const std::string& right, const Scope& place, bool own) const;
    templates::RoleMatrix matrix_;
    std::vector<GrantRecord> grants_; // of this user, in force
    std::string user_;
    bool open_ = true;
    bool known_ = false; // the ledger has the user
};

} // namespace dossier::tmf
