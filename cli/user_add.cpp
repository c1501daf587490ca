#include "cli/tmf_session.hpp"
#include "cli/unblinding_key.hpp"
#include "cli/user_scope.hpp"
#include "core/text.hpp"
#include "tmf/user_record.hpp"
#include "tmf/users.hpp"

namespace dossier::cli {

namespace {

// The file that was named; or, who makes himself unblinded gets a key pair where he has none.
Result<std::string> certificate_of(Context& context, tmf::Repository& repository, const templates::RoleMatrix& matrix,
                                   const tmf::NewGrant& wanted, const std::string& file) {
    if (!file.empty()) {
        DOSSIER_CHECK(tmf::require_to_certify(repository, matrix, wanted.user, author_of(context)));
        return read_file(*context.fs, file, 1u << 20);
    }
    if (wanted.user != context.user || wanted.role != "unblinded") return std::string();
    const std::string own = own_certificate(context, repository.id());
    if (!own.empty()) return own;
    DOSSIER_CHECK(tmf::require_to_certify(repository, matrix, wanted.user, author_of(context)));
    DOSSIER_TRY(const auto pair, make_own_key(context, repository.id()));
    return pair.certificate;
}

// The keys go to a certificate that somebody else may have put there: who hands them over is told whose it is.
Result<std::optional<tmf::CertificateOnRecord>> used_from_record(tmf::Repository& repository, const tmf::NewGrant& wanted) {
    if (wanted.role != "unblinded" || !wanted.certificate.empty()) return std::optional<tmf::CertificateOnRecord>();
    DOSSIER_TRY(const auto records, repository.stored_ledger().access());
    for (const tmf::UserRecord& user : records.users) {
        if (user.name != wanted.user) continue;
        DOSSIER_TRY(auto found, tmf::certificate_on_record(repository.stored_ledger(), user));
        return std::optional(std::move(found));
    }
    return std::optional<tmf::CertificateOnRecord>();
}

std::string to_text(const std::string& user, const tmf::CertificateOnRecord& certificate) {
    return fill("for the certificate of {} that is on record: SHA-256 {}..., put there by {} on {}{}\n", user,
                certificate.fingerprint.substr(0, 23), certificate.by, certificate.time.substr(0, 10),
                std::string_view(certificate.clock_given ? " (time given with --now)" : ""));
}

Json to_json(const tmf::CertificateOnRecord& certificate) {
    return Json::object({{"sha256", certificate.fingerprint},
                         {"by", certificate.by},
                         {"time", certificate.time},
                         {"clock", certificate.clock_given ? "given" : "system"}});
}

} // namespace

Command make_user_add() {
    struct Options_ {
        tmf::NewGrant grant;
        ScopeOptions scope;
        std::string until, certificate_file;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "user add";
    command.right = "user.manage";
    command.forms = {"text", "json"};
    command.summary = "Give somebody a role; with the first one roles hold for everybody";
    command.example = "dossier user add bob --role reviewer --study CDISCPILOT01 --site 701 --name \"Bob Roe\"";
    command.declare = [options](Options& list) {
        list.text("NAME", options->grant.user, "The user's name, as --as or the operating system gives it", true);
        list.text("--role", options->grant.role, "manager, filer, reviewer, auditor or unblinded", true);
        declare_scope(list, options->scope);
        list.text("--name", options->grant.printed_name, "Printed name");
        list.text("--until", options->until, "The role ends after this day");
        list.text("--cert", options->certificate_file, "Certificate (PEM) of an unblinded user, as 'dossier user key' prints it");
        list.text("--reason", options->grant.reason, "Why");
    };
    command.run = [options](Context& context) -> Result<int> {
        tmf::NewGrant wanted = options->grant;
        DOSSIER_TRY(wanted.until, date_option("--until", options->until));
        DOSSIER_TRY(const auto matrix, templates::read_role_matrix(context.templates));
        DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::write));
        DOSSIER_TRY(wanted.scope, read_scope(context, *repository, options->scope));
        DOSSIER_TRY(wanted.certificate, certificate_of(context, *repository, matrix, wanted, options->certificate_file));
        const bool was_open = repository->control()->is_open();
        DOSSIER_TRY(const auto grant, tmf::add_grant(*repository, matrix, wanted, author_of(context)));
        DOSSIER_TRY(const auto from_record, used_from_record(*repository, wanted));
        if (was_open) print_note(context, "note: from now on roles hold for everybody: whoever has none may do nothing here");
        Rendering rendering;
        rendering.text = [&] {
            return fill("{}: {} is {} of {}\n", tmf::grant_id(grant.number), grant.user, grant.role, grant.scope.text()) +
                   (from_record ? to_text(wanted.user, *from_record) : std::string());
        };
        rendering.json = [&] {
            Json json = tmf::to_json(grant);
            if (from_record) json.set("certificate", to_json(*from_record));
            return json;
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

Command make_user_revoke() {
    struct Options_ {
        tmf::Revocation wanted;
        ScopeOptions scope;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "user revoke";
    command.right = "user.manage";
    command.forms = {"text", "json"};
    command.summary = "Take roles from somebody; who had them stays on record";
    command.example = "dossier user revoke bob --role reviewer --reason 'left the team'";
    command.declare = [options](Options& list) {
        list.text("NAME", options->wanted.user, "The user's name", true);
        list.text("--role", options->wanted.role, "Only this role (default: every one)");
        declare_scope(list, options->scope);
        list.text("--reason", options->wanted.reason, "Why");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto matrix, templates::read_role_matrix(context.templates));
        DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::write));
        tmf::Revocation wanted = options->wanted;
        DOSSIER_TRY(wanted.scope, read_scope(context, *repository, options->scope));
        DOSSIER_TRY(const auto ended, tmf::revoke(*repository, matrix, wanted, author_of(context)));
        Rendering rendering;
        rendering.text = [&] {
            std::string text;
            for (const tmf::GrantRecord& grant : ended)
                text += fill("{}: {} is no longer {} of {}\n", tmf::grant_id(grant.number), grant.user, grant.role, grant.scope.text());
            return text;
        };
        rendering.json = [&] {
            Json list = Json::array();
            for (const tmf::GrantRecord& grant : ended) list.push(tmf::to_json(grant));
            return Json::object({{"ended", std::move(list)}});
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
