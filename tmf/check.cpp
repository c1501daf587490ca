#include "tmf/check.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/chain_check.hpp"
#include "tmf/check_parts.hpp"
#include "tmf/dated_back.hpp"

namespace dossier::tmf {

namespace {

constexpr const char* guard_remedy = "somebody with another program has removed what keeps the ledger's rows from being changed; find out "
                                     "who did, and compare with a backup and a checkpoint";

} // namespace

bool CheckReport::sound() const {
    return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.severity == "error"; });
}

void CheckReport::add(std::string rule, std::string severity, std::string path, std::string message, std::string remedy) {
    findings.push_back({std::move(rule), "", std::move(severity), std::move(path), "", std::move(message), std::move(remedy)});
}

Result<CheckReport> check_repository(Repository& repository, const CheckOptions& options) {
    CheckReport report;
    report.read_data = options.read_data;
    const auto add = [&report](const char* rule, const char* severity, const std::string& problem, const char* remedy) {
        report.add(rule, severity, "ledger.sqlite", problem, remedy);
    };
    Ledger& ledger = repository.stored_ledger();
    DOSSIER_TRY(const auto snapshot, ledger.snapshot()); // somebody may be filing meanwhile
    DOSSIER_TRY(const auto naming, checking::Naming::of(repository));
    report.counts_withheld = naming.withholds();
    DOSSIER_TRY(const auto problems, ledger.check());
    for (const std::string& problem : problems)
        add("ledger-damaged", "error", naming.problem(problem), "restore the repository from its last backup");
    DOSSIER_TRY(const auto guards, ledger.check_guards());
    for (const std::string& problem : guards) add("guard-missing", "warning", problem, guard_remedy);
    DOSSIER_TRY(const auto index, ledger.check_search());
    for (const std::string& problem : index)
        add("search-differs", "warning", problem, "make the search index anew: 'dossier tmf check --rebuild-search'");
    DOSSIER_TRY(const auto named, checking::check_rows(repository, options, naming, report));
    DOSSIER_CHECK(checking::check_labels(repository, report));
    DOSSIER_CHECK(checking::check_restrictions(repository, naming, report));
    DOSSIER_CHECK(checking::check_studies(repository, options, naming, report));
    DOSSIER_CHECK(checking::check_objects(repository, options, naming, named, report));
    return report;
}

Result<TrailReport> check_trail(Repository& repository, const std::optional<Checkpoint>& checkpoint,
                                const std::optional<UtcTime>& machine) {
    TrailReport report;
    ChainCheck chain;
    chain.expect_founding();
    if (checkpoint) chain.expect(*checkpoint);
    DatedBack dated_back;
    auto dated_ahead = machine ? std::optional<DatedAhead>(*machine) : std::nullopt;
    DOSSIER_CHECK(repository.stored_ledger().each_audit("", "", [&](const AuditView& entry) {
        chain.feed(entry);
        dated_back.feed(entry);
        if (dated_ahead) dated_ahead->feed(entry);
        return Result<void>();
    }));
    report.notes = dated_back.finish();
    if (const std::string ahead = dated_ahead ? dated_ahead->finish() : ""; !ahead.empty()) report.notes.push_back(ahead);
    DOSSIER_TRY(const auto guards, repository.stored_ledger().check_guards());
    if (!guards.empty()) report.notes.push_back(fill("{}: {}", join(guards, "; "), std::string_view(guard_remedy)));
    for (std::string& problem : chain.finish()) report.problems.push_back(std::move(problem));
    report.head = {repository.id(), chain.entries(), chain.head(), ""};
    return report;
}

Json to_json(const CheckReport& report) {
    Json json = Json::object();
    json.set("report_version", 1).set("verdict", report.sound() ? "sound" : "damaged").set("read_data", report.read_data);
    const auto count = [&report](std::size_t value) { return report.counts_withheld ? Json() : Json(static_cast<std::int64_t>(value)); };
    json.set("documents", count(report.documents)).set("versions", count(report.versions)).set("rollups", count(report.rollups));
    json.set("objects", count(report.objects)).set("audit_entries", report.audit_entries);
    json.set("audit_head", report.head.hash.hex());
    Json findings = Json::array();
    for (const Finding& finding : report.findings)
        findings.push(Json::object({{"rule", finding.rule},
                                    {"severity", finding.severity},
                                    {"path", finding.path},
                                    {"message", finding.message},
                                    {"remedy", finding.remedy}}));
    json.set("findings", std::move(findings));
    return json;
}

} // namespace dossier::tmf
