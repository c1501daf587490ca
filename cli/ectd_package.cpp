#include "cli/ectd_validation.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/ctis/history.hpp"
#include "ectd/statements.hpp"
#include "ectd/transport.hpp"

namespace dossier::cli {

namespace {

struct PackageOptions {
    ValidateOptions validation;
    std::string to;
    bool despite_findings = false;
};

Json manifest_json(const std::string& target, const std::string& root, const FileDigests& archive,
                   const std::vector<ectd::TransportFile>& stock, const ectd::ValidationReport& report) {
    Json files = Json::array(), not_run = Json::array(), counts = Json::object();
    for (const ectd::TransportFile& file : stock)
        if (!file.is_folder)
            files.push(Json::object({{"path", file.path},
                                     {"bytes", file.digests.size},
                                     {"sha256", file.digests.sha256.hex()},
                                     {"md5", file.digests.md5.hex()}}));
    for (const RuleOutcome& outcome : report.not_run) not_run.push(Json::object({{"rule", outcome.rule}, {"reason", outcome.reason}}));
    for (const auto& [severity, count] : report.counts) counts.set(severity, static_cast<std::int64_t>(count));
    Json validation = Json::object({{"rules", report.rules},
                                    {"rules_version", report.rules_version},
                                    {"rules_sha256", report.rules_digest},
                                    {"as_of", report.as_of.text()},
                                    {"verdict", ectd::to_text(report.verdict)}});
    validation.set("counts", std::move(counts));
    validation.set("not_run", std::move(not_run));
    Json json = Json::object({{"report_version", 1},
                              {"tool", tool_name()},
                              {"application", report.application},
                              {"region", report.region},
                              {"sequence", report.target}});
    json.set("archive",
             Json::object({{"file", path::file_name(target)}, {"bytes", archive.size}, {"sha256", archive.sha256.hex()}, {"root", root}}));
    json.set("validation", std::move(validation));
    json.set("files", std::move(files));
    return json;
}

// Where application.yaml says that the sequence goes, or else the application's centre; empty: it says neither.
Result<std::string> center_of(Context& context, const std::string& folder, const std::string& region, ectd::SequenceNumber number) {
    const auto stated = ectd::read_statements(*context.fs, path::join(path::parent(folder), "application.yaml"));
    const auto own = stated.centers.find(number);
    const std::string& word = own == stated.centers.end() ? stated.center.text : own->second.text;
    if (word.empty()) return std::string();
    DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
    return ectd::center_code(catalogue, region, word);
}

Result<void> check_options(const PackageOptions& options) {
    const std::string name = to_lower(path::file_name(options.to));
    if (ends_with(name, ".tar.gz") || ends_with(name, ".tgz")) return {};
    return Error(ErrorKind::usage, fill("--to {} is no name of a tar.gz archive", options.to), {}, "end it in .tar.gz");
}

// A gateway takes sequences; the EU's portal takes single files.
Result<void> refuse_dossier(Context& context, const std::string& given) {
    DOSSIER_TRY(const auto dossiers, ectd::ctis::find_dossiers(context.fs, absolute_path(given)));
    if (!dossiers) return {};
    const auto number = ectd::SequenceNumber::parse(path::file_name(absolute_path(given)));
    return Error(
        ErrorKind::unsupported, "it is a dossier for the EU's portal: its files are uploaded one by one, no gateway takes it packed",
        {given},
        ends_with(to_lower(given), ".zip")
            ? "it is one file already: hand that over; its manifest holds the SHA-256 of every file"
            : fill("to hand it over in one file, build it as one: dossier ectd build APP --sequence {} --zip --to FOLDER; the archive "
                   "holds a manifest with the SHA-256 of every file",
                   number ? number->text() : "0001"));
}

Result<int> package(Context& context, const PackageOptions& options) {
    DOSSIER_CHECK(check_options(options));
    const std::string folder = absolute_path(options.validation.path), target = absolute_path(options.to);
    DOSSIER_CHECK(refuse_dossier(context, options.validation.path));
    const auto number = ectd::SequenceNumber::parse(path::file_name(folder));
    if (!number || !exists(*context.fs, path::join(folder, "index.xml")))
        return Error(ErrorKind::not_found, "it is no sequence folder (four digits, with an index.xml)", {options.validation.path},
                     "name the folder of the sequence: nda900172/0002");
    DOSSIER_CHECK(check_target(context, target));
    const std::string manifest = target + ".manifest.json";
    if (exists(*context.fs, manifest))
        return Error(ErrorKind::conflict, "it is there already; nothing was packed", {manifest}, "name another file with --to");
    DOSSIER_TRY(const auto stock, ectd::take_stock(*context.fs, folder));
    DOSSIER_TRY(const ValidationResult validated, run_validation(context, options.validation));
    const ectd::ValidationReport& report = validated.reports.front();
    if (report.verdict == ectd::Verdict::rejected && !options.despite_findings) {
        print_note(context, fill("not packed: validation says {}. Mend: see dossier ectd validate {}; where the findings are known and "
                                 "meant, add --despite-findings, and the manifest will say so",
                                 std::string_view(ectd::to_text(report.verdict)), std::string_view(options.validation.path)));
        return exit_findings;
    }
    DOSSIER_TRY(const std::string center, center_of(context, folder, report.region, *number));
    for (const RuleOutcome& outcome : report.not_applicable)
        if (outcome.rule == "dossier:center" && center.empty()) print_note(context, "note: " + outcome.reason);
    DOSSIER_TRY(const auto forms, templates::read_number_forms(context.templates));
    DOSSIER_TRY(const std::string root, ectd::transport_root(forms, report.region, report.application, *number));
    DOSSIER_TRY(const FileDigests archive, ectd::write_transport(*context.fs, folder, root, stock, target));
    Json described = manifest_json(target, root, archive, stock, report);
    if (!center.empty()) described.set("center", center);
    DOSSIER_CHECK(write_file_durably(*context.fs, manifest, described.dump(2) + "\n"));
    Rendering rendering;
    rendering.text = [&] {
        return fill("{} written: folder {}, {} bytes, SHA-256 {}\n{} written: the files, and what they were validated with ({} {}: {})\n",
                    options.to, root, archive.size, archive.sha256.hex(), path::file_name(manifest), report.rules, report.rules_version,
                    ectd::to_text(report.verdict)) +
               (center.empty() ? "" : fill("To be sent to {}, says application.yaml\n", center));
    };
    rendering.json = [&] { return described; };
    DOSSIER_CHECK(emit(context, rendering));
    return report.not_run.empty() ? exit_done : exit_not_all_run;
}

} // namespace

Command make_ectd_package() {
    auto options = std::make_shared<PackageOptions>();
    Command command;
    command.name = "ectd package";
    command.forms = {"text", "json"};
    command.summary = "Validate a sequence and pack it for a gateway, with a manifest";
    command.example = "dossier ectd package nda900172/0002 --to nda900172-0002.tar.gz";
    command.declare = [options](Options& list) {
        list.text("SEQUENCE", options->validation.path, "Sequence folder (earlier ones beside it are its history)", true);
        list.text("--to", options->to, "Archive to write, .tar.gz; the manifest is written beside it", true);
        list.text("--rules", options->validation.rules, "Rule set (default: the one of the region)");
        list.text("--as-of", options->validation.as_of, "Judge as on this day, YYYY-MM-DD (default: today, UTC)");
        list.flag("--despite-findings", options->despite_findings, "Pack it though validation says rejected");
    };
    options->validation.moves = true;
    command.run = [options](Context& context) -> Result<int> { return package(context, *options); };
    return command;
}

} // namespace dossier::cli
