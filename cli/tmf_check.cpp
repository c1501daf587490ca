#include "cli/tmf_session.hpp"
#include "core/one_line.hpp"
#include "core/text.hpp"
#include "tmf/check.hpp"

namespace dossier::cli {

namespace {

std::string to_text(const tmf::CheckReport& report) {
    std::string text;
    constexpr std::size_t shown = 50;
    std::size_t lines = 0, harmless = 0;
    for (const Finding& finding : report.findings) {
        if (finding.severity == "info" && finding.rule != "label-shared" && finding.rule != "restricted-later" &&
            finding.rule != "dated-ahead") {
            ++harmless;
            continue;
        }
        if (++lines > shown) continue;
        text += one_line(fill("{}  {}  {}: {}", finding.severity, finding.rule, finding.path, finding.message)) + "\n";
        if (!finding.remedy.empty()) text += "       " + finding.remedy + "\n";
    }
    if (lines > shown) text += fill("and {} more: --json shows all\n", lines - shown);
    if (harmless > 0) text += fill("{} leftovers of interrupted runs, harmless (--json shows them)\n", harmless);
    const std::string_view verdict = report.sound() ? "sound" : "DAMAGED";
    if (report.counts_withheld)
        return text + fill("{}: all of the repository was checked; how much there is, is for those who may see all of it{}\n", verdict,
                           std::string_view(report.read_data ? "" : "; sizes only, --read-data reads every object"));
    text += fill("{}: {} documents, {} versions, {} objects, {} audit entries", verdict, report.documents, report.versions, report.objects,
                 report.audit_entries);
    text +=
        report.read_data ? fill("; every object read, {} bytes\n", report.bytes_read) : "; sizes only, --read-data reads every object\n";
    return text;
}

} // namespace

Command make_tmf_check() {
    auto read_data = std::make_shared<bool>(false), rebuild = std::make_shared<bool>(false);
    Command command;
    command.name = "tmf check";
    command.right = "repository.check";
    command.forms = {"text", "json"};
    command.summary = "Check that the repository is whole: objects, ledger, audit trail";
    command.example = "dossier tmf check --read-data";
    command.declare = [read_data, rebuild](Options& options) {
        options.flag("--read-data", *read_data, "Read every object and compare its bytes with its name");
        options.flag("--rebuild-search", *rebuild, "Make the search index anew first");
    };
    command.run = [read_data, rebuild](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto repository,
                    open_repository(context, *rebuild ? tmf::Repository::Access::write : tmf::Repository::Access::read));
        if (*rebuild) DOSSIER_CHECK(repository->ledger().rebuild_search());
        tmf::CheckOptions options;
        options.read_data = *read_data;
        options.jobs = context.jobs;
        options.machine = context.machine_clock->now();
        options.catalogue = catalogue_reader(context, repository->stored_ledger());
        options.progress = [&context](std::size_t done, std::size_t all) {
            if (done % 100 == 0) print_progress(context, fill("read {} of {}", done, all));
        };
        DOSSIER_TRY(const auto report, tmf::check_repository(*repository, options));
        print_progress(context, "");
        Rendering rendering;
        rendering.text = [&] { return to_text(report); };
        rendering.json = [&] { return tmf::to_json(report); };
        DOSSIER_CHECK(emit(context, rendering));
        return report.sound() ? exit_done : exit_findings;
    };
    return command;
}

} // namespace dossier::cli
