#include "tmf/access_control.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

using templates::Permission;

namespace {

bool takes_a_role(const std::string& right) { return right == right_to_restricted || right == right_to_unblind; }

} // namespace

AccessControl::AccessControl(templates::RoleMatrix matrix, const AccessRecords& records, std::string user, Date today)
    : matrix_(std::move(matrix)), user_(std::move(user)) {
    for (const UserRecord& known : records.users) known_ = known_ || known.name == user_;
    for (const GrantRecord& grant : records.grants) {
        if (!grant.by.empty()) open_ = false; // also when it has ended: what was closed does not open again
        if (grant.user == user_ && grant.in_force(today)) grants_.push_back(grant);
    }
}

bool AccessControl::may(const std::string& right, const Scope& place, bool own) const {
    if (open_ && !takes_a_role(right)) return true;
    return std::any_of(grants_.begin(), grants_.end(), [&](const GrantRecord& grant) {
        const Permission permission = matrix_.of(grant.role, right);
        return grant.scope.covers(place) && (permission == Permission::yes || (permission == Permission::not_own && !own));
    });
}

Result<void> AccessControl::require(const std::string& right, const Scope& place, bool own) const {
    if (may(right, place, own)) return {};
    return refusal(right, place, own);
}

bool AccessControl::may_somewhere(const std::string& right, const std::string& study) const {
    if (open_ && !takes_a_role(right)) return true;
    return std::any_of(grants_.begin(), grants_.end(), [&](const GrantRecord& grant) {
        return matrix_.of(grant.role, right) != Permission::no &&
               (study.empty() || grant.scope.study.empty() || grant.scope.study == study);
    });
}

Result<void> AccessControl::require_somewhere(const std::string& right) const {
    if (may_somewhere(right)) return {};
    return refusal(right, {}, false);
}

std::vector<Scope> AccessControl::parts_of(const std::string& right, const std::string& study) const {
    if (may(right, {study, "", ""})) return {{study, "", ""}};
    std::vector<Scope> parts;
    for (const GrantRecord& grant : grants_)
        if (grant.scope.study == study && matrix_.of(grant.role, right) != Permission::no) parts.push_back(grant.scope);
    std::sort(parts.begin(), parts.end());
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    const std::vector<Scope> all = parts;
    std::erase_if(parts, [&all](const Scope& part) {
        return std::any_of(all.begin(), all.end(), [&part](const Scope& other) { return other != part && other.covers(part); });
    });
    return parts;
}

bool AccessControl::knows_study(const std::string& study) const {
    return open_ || std::any_of(grants_.begin(), grants_.end(),
                                [&](const GrantRecord& grant) { return grant.scope.study.empty() || grant.scope.study == study; });
}

Error AccessControl::refusal(const std::string& right, const Scope& place, bool own) const {
    const std::string what = matrix_.what(right);
    if (!known_ && !open_)
        return Error(ErrorKind::denied, fill("{} is no user of this repository", user_), {},
                     "say who you are with --as; a manager adds users: 'dossier user add NAME --role ROLE'");
    if (own && may(right, place, false))
        return Error(ErrorKind::denied, fill("{} may not {} that {} filed", user_, what, user_), {},
                     fill("somebody else with the role {} has to", join(matrix_.roles_with(right, false), " or ")));
    std::vector<std::string> held;
    for (const GrantRecord& grant : grants_) held.push_back(fill("{} of {}", grant.role, grant.scope.text()));
    const std::string roles = join(matrix_.roles_with(right, own), " or ");
    const bool somewhere = may_somewhere(right);
    return Error(ErrorKind::denied,
                 fill("{} may not {}{}: {}", user_, what, somewhere ? " in " + place.text() : std::string(),
                      held.empty() ? std::string("no role of this user is in force") : "the roles are " + join(held, ", ")),
                 {}, fill("it takes the role {}; a manager gives it with 'dossier user add'", roles.empty() ? "that nobody has" : roles));
}

} // namespace dossier::tmf
