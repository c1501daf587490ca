#include "tmf/users.hpp"

#include <algorithm>

#include "core/fold.hpp"
#include "core/text.hpp"
#include "tmf/unblinding.hpp"
#include "tmf/user_record.hpp"

namespace dossier::tmf {

namespace {

bool fits(const Revocation& wanted, const GrantRecord& grant);

Result<void> check_name(const std::string& name) {
    const bool sound = !name.empty() && name.size() <= 100 && is_valid_utf8(name) && trim(name) == name &&
                       std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (sound) return {};
    return Error(ErrorKind::invalid, "this cannot be the name of a user", {},
                 "give the name that --as or the operating system uses: up to 100 bytes, no control characters, no blanks at its ends");
}

Result<void> check_role(const templates::RoleMatrix& matrix, const std::string& role) {
    const auto& roles = matrix.roles();
    if (std::find(roles.begin(), roles.end(), role) != roles.end()) return {};
    const std::string near = nearest(role, roles);
    return Error(ErrorKind::invalid, fill("there is no role {}", role), {},
                 near.empty() ? "the roles are " + join(roles, ", ") : fill("did you mean {}?", near));
}

GrantRecord to_grant(const NewGrant& wanted, std::int64_t number, const Author& author) {
    GrantRecord grant;
    grant.number = number;
    grant.user = wanted.user;
    grant.role = wanted.role;
    grant.scope = wanted.scope;
    grant.from = author.time.precise_text();
    grant.until = wanted.until;
    grant.by = author.user;
    grant.reason = wanted.reason;
    return grant;
}

Change grant_change(const GrantRecord& grant) {
    Change change;
    change.action = "role_given";
    change.study = grant.scope.study;
    change.object = grant_id(grant.number);
    change.reason = grant.reason;
    change.grant = grant;
    return change;
}

const UserRecord* find_user(const AccessRecords& records, const std::string& name) {
    const auto known =
        std::find_if(records.users.begin(), records.users.end(), [&name](const UserRecord& user) { return user.name == name; });
    return known == records.users.end() ? nullptr : &*known;
}

// A user has one name and one certificate wherever he has a role, so they are not one place's to change.
Result<void> require_everywhere(const Repository& repository, const AccessRecords& records, const NewGrant& wanted, const Author& author) {
    for (const GrantRecord& grant : records.grants)
        if (grant.user == wanted.user && grant.in_force(author.time.date()) && repository.control() &&
            !repository.control()->may("user.manage", grant.scope))
            return Error(ErrorKind::denied,
                         fill("{} may not change what is on record of {}, who has roles where {} does not give any", author.user,
                              wanted.user, author.user),
                         {},
                         fill("leave {} out, or let somebody do it who gives roles in all these places",
                              std::string_view(wanted.certificate.empty() ? "--name" : "--name and --cert")));
    return {};
}

// None where the record stays as it is.
Result<std::optional<Change>> user_change(const Repository& repository, const AccessRecords& records, const NewGrant& wanted,
                                          const Author& author) {
    const UserRecord* const known = find_user(records, wanted.user);
    Change change;
    change.action = "user_added";
    change.user = UserRecord{wanted.user, wanted.printed_name, wanted.certificate};
    change.object = wanted.user;
    if (!known) return std::optional(change);
    if (wanted.printed_name.empty()) change.user->printed_name = known->printed_name;
    if (wanted.certificate.empty()) change.user->certificate = known->certificate;
    const bool replaced = !known->certificate.empty() && change.user->certificate != known->certificate;
    if (replaced || change.user->printed_name != known->printed_name)
        DOSSIER_CHECK(require_everywhere(repository, records, wanted, author));
    if (to_json(*known).dump(-1) == to_json(*change.user).dump(-1)) return std::optional<Change>();
    change.action = "user_changed";
    change.old_value = Json::object({{"user", to_json(*known)}});
    return std::optional(change);
}

bool gives_roles(const templates::RoleMatrix& matrix, const GrantRecord& grant, Date today) {
    return grant.in_force(today) && !grant.until && grant.scope == Scope() &&
           matrix.of(grant.role, "user.manage") == templates::Permission::yes;
}

bool unblinds(const templates::RoleMatrix& matrix, const std::string& role) {
    return matrix.of(role, right_to_restricted) == templates::Permission::yes;
}

// Everybody who is to read restricted documents after `ending` has ended.
std::vector<UnblindedPerson> still_unblinded(const templates::RoleMatrix& matrix, const AccessRecords& records, const Revocation& ending,
                                             Date today) {
    std::vector<UnblindedPerson> people;
    for (const UserRecord& user : records.users)
        if (std::any_of(records.grants.begin(), records.grants.end(), [&](const GrantRecord& grant) {
                return grant.user == user.name && grant.in_force(today) && unblinds(matrix, grant.role) && !fits(ending, grant);
            }))
            people.push_back({user.name, user.certificate});
    return people;
}

// The keys that the new unblinded person does not have yet, or not for this certificate.
Result<std::vector<Change>> keys_for(Repository& repository, const AccessRecords& records, const NewGrant& wanted, const Author& author) {
    const UserRecord* const known = find_user(records, wanted.user);
    const std::string before = known ? known->certificate : "";
    if (known && wanted.certificate.empty()) DOSSIER_CHECK(certificate_on_record(repository.stored_ledger(), *known));
    const std::string certificate = wanted.certificate.empty() ? before : wanted.certificate;
    const auto held = std::count_if(records.envelopes.begin(), records.envelopes.end(),
                                    [&wanted](const EnvelopeRecord& envelope) { return envelope.user == wanted.user; });
    if (!records.keys.empty() && certificate == before && held == static_cast<std::ptrdiff_t>(records.keys.size()))
        return std::vector<Change>();
    if (!repository.sealer()) return Error(ErrorKind::denied, "no key for restricted documents is at hand here");
    return hand_over_keys(*repository.sealer(), records, {wanted.user, certificate}, author);
}

// One who leaves takes the old keys with him: what comes later is sealed for a new one.
Result<std::vector<Change>> keys_after(Repository& repository, const templates::RoleMatrix& matrix, const AccessRecords& records,
                                       const Revocation& ending, const Author& author) {
    const auto people = still_unblinded(matrix, records, ending, author.time.date());
    const auto is_leaving = [&](const UnblindedPerson& person) { return person.user == ending.user; };
    if (records.keys.empty() || std::any_of(people.begin(), people.end(), is_leaving)) return std::vector<Change>();
    if (people.empty())
        return Error(ErrorKind::conflict, fill("without {} nobody could read restricted documents any more", ending.user), {},
                     "make somebody else unblinded first: 'dossier user add NAME --role unblinded --cert FILE'");
    if (!repository.sealer()) return Error(ErrorKind::denied, "no key for restricted documents is at hand here");
    for (const UnblindedPerson& person : people)
        DOSSIER_CHECK(certificate_on_record(repository.stored_ledger(), *find_user(records, person.user)));
    return new_unblinding_key(*repository.sealer(), records, people, author);
}

bool fits(const Revocation& wanted, const GrantRecord& grant) {
    return grant.user == wanted.user && (wanted.role.empty() || wanted.role == grant.role) && wanted.scope.covers(grant.scope);
}

} // namespace

std::vector<Change> founding_changes(const templates::RoleMatrix& matrix, const UserRecord& user, const Author& author) {
    NewGrant wanted;
    wanted.user = user.name;
    std::vector<Change> changes;
    Change founder;
    founder.action = "user_added";
    founder.object = user.name;
    founder.user = user;
    changes.push_back(std::move(founder));
    for (const std::string& role : matrix.roles()) {
        wanted.role = role;
        GrantRecord grant = to_grant(wanted, static_cast<std::int64_t>(changes.size()), author);
        grant.by.clear();
        grant.reason = "made the repository";
        changes.push_back(grant_change(grant));
    }
    return changes;
}

Result<void> require_to_certify(Repository& repository, const templates::RoleMatrix& matrix, const std::string& user,
                                const Author& author) {
    DOSSIER_TRY(const AccessRecords records, repository.ledger().access());
    const AccessControl* const control = repository.control();
    bool may = control && repository.sealer() && control->may_somewhere(right_to_restricted);
    for (const UnblindingKeyRecord& key : records.keys) may = may && repository.sealer()->key(key.number);
    // Where nothing is sealed yet and nobody is unblinded, the first one comes from who gives roles in the whole repository.
    const bool is_first = records.keys.empty() && std::none_of(records.grants.begin(), records.grants.end(), [&](const GrantRecord& grant) {
                              return grant.in_force(author.time.date()) && unblinds(matrix, grant.role);
                          });
    if (may || (is_first && control && control->may("user.manage", {}))) return {};
    return Error(
        ErrorKind::denied,
        fill("{} may not put a certificate of {} on record: only who can read restricted documents can let somebody else read them",
             author.user, user),
        {},
        "certificates are of use to unblinded users only: leave --cert out for others; who gives one is in an unblinded role and "
        "has his key at hand");
}

Result<GrantRecord> add_grant(Repository& repository, const templates::RoleMatrix& matrix, const NewGrant& wanted, const Author& author) {
    DOSSIER_CHECK(check_name(wanted.user));
    DOSSIER_CHECK(check_role(matrix, wanted.role));
    if (!wanted.scope.site.empty() && wanted.scope.study.empty())
        return Error(ErrorKind::usage, "a site belongs to a study", {}, "add --study");
    const Date today = author.time.date();
    if (wanted.until && *wanted.until < today)
        return Error(ErrorKind::invalid, fill("--until {} is over (today is {})", wanted.until->text(), today.text()));
    if (wanted.until && unblinds(matrix, wanted.role))
        return Error(ErrorKind::usage, "this role does not end by itself: with it the key is changed", {},
                     "take it with 'dossier user revoke' when the time has come");
    DOSSIER_TRY(const AccessRecords records, repository.ledger().access());
    const UserRecord* const known = find_user(records, wanted.user);
    if (!wanted.certificate.empty() && !(known && known->certificate == wanted.certificate))
        DOSSIER_CHECK(require_to_certify(repository, matrix, wanted.user, author));
    bool is_open = true;
    for (const GrantRecord& grant : records.grants) {
        is_open = is_open && grant.by.empty();
        if (grant.user == wanted.user && grant.role == wanted.role && grant.scope == wanted.scope && grant.in_force(today) && !is_open)
            return Error(ErrorKind::conflict,
                         fill("{} is {} of {} already ({})", wanted.user, wanted.role, wanted.scope.text(), grant_id(grant.number)));
    }
    const GrantRecord grant = to_grant(wanted, records.grants.empty() ? 1 : records.grants.back().number + 1, author);
    std::vector<Change> changes;
    DOSSIER_TRY(auto user, user_change(repository, records, wanted, author));
    if (user) changes.push_back(std::move(*user));
    changes.push_back(grant_change(grant));
    if (unblinds(matrix, wanted.role)) {
        DOSSIER_TRY(const auto keys, keys_for(repository, records, wanted, author));
        changes.insert(changes.end(), keys.begin(), keys.end());
    }
    DOSSIER_CHECK(repository.ledger().commit(author, changes));
    return grant;
}

Result<std::vector<GrantRecord>> revoke(Repository& repository, const templates::RoleMatrix& matrix, const Revocation& wanted,
                                        const Author& author) {
    if (seen_text(wanted.reason).empty())
        return Error(ErrorKind::usage, "taking a role needs a reason", {}, "add --reason; it stays in the audit trail");
    if (!wanted.role.empty()) DOSSIER_CHECK(check_role(matrix, wanted.role));
    DOSSIER_TRY(const AccessRecords records, repository.ledger().access());
    const Date today = author.time.date();
    std::vector<Change> changes;
    std::vector<GrantRecord> ended;
    bool had_manager = false, has_manager = false;
    for (const GrantRecord& grant : records.grants) {
        const bool ends = fits(wanted, grant) && grant.ended.empty();
        had_manager = had_manager || gives_roles(matrix, grant, today);
        has_manager = has_manager || (!ends && gives_roles(matrix, grant, today));
        if (!ends) continue;
        Change change;
        change.action = "role_taken";
        change.study = grant.scope.study;
        change.object = grant_id(grant.number);
        change.reason = wanted.reason;
        change.old_value = Json::object({{"grant", to_json(grant)}});
        change.grant = grant;
        change.grant->ended = author.time.precise_text();
        change.grant->ended_by = author.user;
        ended.push_back(*change.grant);
        changes.push_back(std::move(change));
    }
    if (changes.empty())
        return Error(ErrorKind::not_found, fill("{} has no such role", wanted.user), {}, "'dossier user list' shows who may do what");
    if (had_manager && !has_manager)
        return Error(ErrorKind::conflict, fill("without {} nobody could give roles in the whole repository any more", wanted.user), {},
                     "make somebody else manager first: 'dossier user add NAME --role manager'");
    if (std::any_of(ended.begin(), ended.end(), [&](const GrantRecord& grant) { return unblinds(matrix, grant.role); })) {
        DOSSIER_TRY(const auto keys, keys_after(repository, matrix, records, wanted, author));
        changes.insert(changes.end(), keys.begin(), keys.end());
    }
    DOSSIER_CHECK(repository.ledger().commit(author, changes));
    return ended;
}

} // namespace dossier::tmf
