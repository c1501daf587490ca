#include "cli/tmf_session.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/scan.hpp"

namespace dossier::cli {

namespace {

struct Scanned {
    std::string prefix; // from the list's folder to the one that was scanned; or nothing
    std::vector<tmf::Proposal> proposals;
    std::vector<tmf::LeftOut> left_out;
    std::size_t count(bool (*which)(const tmf::Proposal&)) const {
        std::size_t all = 0;
        for (const tmf::Proposal& proposal : proposals) all += which(proposal) ? 1 : 0;
        return all;
    }
};

bool is_sure(const tmf::Proposal& proposal) { return proposal.is_sure(); }
bool is_unknown(const tmf::Proposal& proposal) { return proposal.artifact.empty(); }

// A cell keeps no name that begins with what a spreadsheet takes for a formula or a quote.
std::string listed(const std::string& prefix, const std::string& file) {
    const std::string whole = prefix.empty() ? file : path::join(prefix, file);
    return std::string_view("'=+-@").find(whole[0]) == std::string_view::npos ? whole : "./" + whole;
}

Sheet to_sheet(const Scanned& scanned) {
    Sheet sheet{"Proposals",
                {"file", "artifact", "sub_artifact", "title", "country", "site", "person", "event", "date", "expires", "version", "status",
                 "language", "restricted", "confidence", "confirmed", "why", "alternatives"},
                {}};
    const auto date = [](const tmf::OptionalDate& value) { return value ? SheetCell::date(value->text()) : SheetCell(""); };
    for (const tmf::Proposal& p : scanned.proposals)
        sheet.rows.push_back({listed(scanned.prefix, p.file), p.artifact, p.sub_artifact, p.title, p.country, p.site, p.person, p.event,
                              date(p.date), date(p.expires), p.version, p.status, p.language, p.restricted ? "yes" : "",
                              std::int64_t{p.confidence}, p.is_sure() ? "" : "no", join(p.why, "; "), join(p.alternatives, "; ")});
    return sheet;
}

Json to_json(const Scanned& scanned) {
    Json files = Json::array(), left_out = Json::array();
    const auto text = [](const tmf::OptionalDate& value) { return value ? value->text() : std::string(); };
    for (const tmf::Proposal& p : scanned.proposals)
        files.push(Json::object({{"file", listed(scanned.prefix, p.file)},
                                 {"artifact", p.artifact},
                                 {"sub_artifact", p.sub_artifact},
                                 {"title", p.title},
                                 {"country", p.country},
                                 {"site", p.site},
                                 {"person", p.person},
                                 {"event", p.event},
                                 {"date", text(p.date)},
                                 {"expires", text(p.expires)},
                                 {"version", p.version},
                                 {"status", p.status},
                                 {"language", p.language},
                                 {"restricted", p.restricted ? "yes" : ""},
                                 {"confidence", p.confidence},
                                 {"confirmed", p.is_sure() ? "" : "no"},
                                 {"why", Json::texts(p.why)},
                                 {"alternatives", Json::texts(p.alternatives)}}));
    for (const tmf::LeftOut& item : scanned.left_out) left_out.push(Json::object({{"path", item.path}, {"reason", item.reason}}));
    return Json::object({{"files", std::move(files)}, {"left_out", std::move(left_out)}});
}

std::string to_text(const Scanned& scanned) {
    std::vector<std::vector<std::string>> rows;
    for (const tmf::Proposal& p : scanned.proposals)
        rows.push_back({listed(scanned.prefix, p.file), p.artifact.empty() ? "-" : p.artifact,
                        p.site.empty() ? p.country : p.country + " " + p.site, p.person, p.date ? p.date->text() : "", p.version,
                        fill("{}", p.confidence), join(p.why, "; ")});
    return text_table({"file", "artifact", "place", "person", "date", "version", "confidence", "why"}, rows);
}

void print_notes(Context& context, const Scanned& scanned, const std::string& folder, bool from_folder) {
    constexpr std::size_t shown = 20;
    for (std::size_t i = 0; i < std::min(shown, scanned.left_out.size()); ++i)
        print_note(context, fill("left out: {}: {}", scanned.left_out[i].path, scanned.left_out[i].reason));
    if (scanned.left_out.size() > shown)
        print_note(context, fill("and {} more left out: --json names them", scanned.left_out.size() - shown));
    const std::size_t sure = scanned.count(is_sure), unknown = scanned.count(is_unknown), all = scanned.proposals.size();
    print_note(context, fill("{} files: {} proposed, {} proposed and to be confirmed, {} without a proposal", all, sure,
                             all - sure - unknown, unknown));
    if (all > sure)
        print_note(context, "rows with 'no' in confirmed are refused by 'tmf import' until somebody has looked at them and writes yes");
    if (from_folder) print_note(context, fill("the list's files are seen from {0}: import it with --files {0}", folder));
}

// Where the files are seen from: the list's folder when they lie below it; else the folder itself, and import is told so.
bool is_below_list(FileSystem& fs, const std::string& list, const std::string& folder, std::string& prefix) {
    const std::string parent = path::parent(list);
    const auto from = fs.real_path(parent.empty() ? "." : parent), to = fs.real_path(folder);
    if (!from || !to || (*from != *to && !path::is_below(*to, *from))) return false;
    prefix = *from == *to ? "" : path::relative(*from, *to);
    return true;
}

Result<int> run_scan(Context& context, const std::string& folder, const std::string& study) {
    const std::string output = to_lower(context.output);
    if (context.format == "text" && !output.empty()) {
        if (!ends_with(output, ".csv") && !ends_with(output, ".xlsx"))
            return Error(ErrorKind::usage, fill("{} is neither CSV nor XLSX", context.output), {}, "name the list LIST.xlsx or LIST.csv");
        context.format = ends_with(output, ".csv") ? "csv" : "xlsx";
    }
    if (!output.empty() && exists(*context.fs, context.output)) // somebody may have corrected the list for hours
        return Error(ErrorKind::conflict, "the list would overwrite this file", {context.output}, "name another file with --output");
    DOSSIER_TRY(const auto session, open_study(context, study, tmf::Repository::Access::read));
    DOSSIER_TRY(const auto tables, templates::read_scan_tables(context.templates, session->catalogue));
    const tmf::Scanner scanner(session->catalogue, tables, session->study, context.clock->now().date());
    Scanned scanned;
    const bool below = !context.output.empty() && is_below_list(*context.fs, context.output, folder, scanned.prefix);
    DOSSIER_CHECK(tmf::each_file(
        *context.fs, folder,
        [&](const std::string& file) {
            scanned.proposals.push_back(scanner.propose(file));
            if (scanned.proposals.size() % 1000 == 0) print_progress(context, fill("{} files", scanned.proposals.size()));
            return Result<void>();
        },
        [&](const tmf::LeftOut& item) { scanned.left_out.push_back(item); }));
    print_progress(context, "");
    Rendering rendering;
    rendering.text = [&] { return to_text(scanned); };
    rendering.json = [&] { return to_json(scanned); };
    rendering.sheets = [&] { return std::vector<Sheet>{to_sheet(scanned)}; };
    DOSSIER_CHECK(emit(context, rendering));
    print_notes(context, scanned, folder, !context.output.empty() && !below);
    return exit_done;
}

} // namespace

Command make_tmf_scan() {
    struct Options_ {
        std::string folder, study;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "tmf scan";
    command.right = "study.read";
    command.summary = "Propose what the files of a folder are, as a list for 'tmf import'; nothing is filed";
    command.example = "dossier tmf scan SHARE/ --study CDISCPILOT01 --output LIST.xlsx";
    command.declare = [options](Options& list) {
        list.text("DIR", options->folder, "The folder; everything below it is looked at, by name only", true);
        list.text("--study", options->study, "The study's id", true);
    };
    command.run = [options](Context& context) -> Result<int> { return run_scan(context, options->folder, options->study); };
    return command;
}

} // namespace dossier::cli
