#include "cli/ectd_view_page.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/section_name.hpp"

namespace dossier::cli {

namespace {

constexpr std::size_t leaves_in_a_page = 50'000; // more are better read from files beside the page

struct Shown {
    std::unique_ptr<ReadApplication> read;
    ectd::ApplicationView view;
};

std::string state_word(const ectd::LeafHistory& item) {
    switch (item.state) {
    case ectd::LeafState::current:
        return "current";
    case ectd::LeafState::appended_to:
        return "appended to";
    case ectd::LeafState::replaced:
        return "replaced";
    case ectd::LeafState::deleted:
        return item.leaf->operation == "delete" ? "ends its target" : "deleted";
    }
    return "";
}

// Every leaf ever sent, in the order of sequences and documents.
std::vector<const ectd::LeafHistory*> all_leaves(const Shown& shown) {
    std::vector<const ectd::LeafHistory*> list;
    for (const ectd::Sequence& sequence : shown.read->application.sequences)
        for (const ectd::Leaf& leaf : sequence.leaves) {
            const auto found = shown.read->lifecycle.leaves.find(leaf.at);
            if (found != shown.read->lifecycle.leaves.end() && found->second.leaf == &leaf) list.push_back(&found->second);
        }
    return list;
}

std::string to_text(const Shown& shown) {
    const ectd::Application& application = shown.read->application;
    std::string out =
        fill("{}: {} sequences, {} current documents, {} studies, {} regulatory activities\n", application_title(*shown.read),
             application.sequences.size(), shown.read->lifecycle.current().size(), shown.view.studies.size(), shown.view.activities.size());
    for (const ectd::Sequence& sequence : application.sequences) {
        out += fill("\n{}  {} leaves", sequence.number.text(), sequence.leaves.size());
        if (const std::string words = submission_words(*shown.read, sequence); !words.empty()) out += "  " + words;
        if (!sequence.envelope.description.empty()) out += ": " + sequence.envelope.description;
    }
    out += "\n";
    for (const ectd::ReadingFinding& finding : shown.view.findings) {
        out += "\nfound: ";
        if (finding.leaf)
            out += fill("{} \"{}\": ", finding.leaf->at.text(), finding.leaf->title);
        else if (finding.sequence)
            out += fill("sequence {}: ", finding.sequence->text());
        out += finding.message;
        if (finding.leaf && finding.kind == "missing-file") out += fill(" ({})", finding.leaf->path);
    }
    return out + (shown.view.findings.empty() ? "" : "\n") + "\nThe page to look at: --output view.html\n";
}

Json leaf_json(const Shown& shown, const ectd::LeafHistory& item) {
    const ectd::Leaf& leaf = *item.leaf;
    const auto id = [](const ectd::Leaf* other) { return other ? Json(other->at.sequence.text() + "#" + other->at.id) : Json(); };
    return Json::object({{"sequence", leaf.at.sequence.text()},
                         {"file", leaf.at.file},
                         {"id", leaf.at.id},
                         {"operation", leaf.operation},
                         {"state", state_word(item)},
                         {"section", ectd::section_number(leaf, shown.read->catalogue)},
                         {"place", leaf.place->section},
                         {"title", leaf.title},
                         {"path", leaf.path},
                         {"checksum", leaf.checksum()},
                         {"modifies", id(item.target)},
                         {"ended_by", id(item.ended_by)},
                         {"origin", shown.read->origin_json(leaf)}});
}

Json to_json(const Shown& shown) {
    Json json =
        Json::object({{"report_version", 1}, {"application", application_title(*shown.read)}, {"region", shown.read->application.region}});
    const Json page = view_data(*shown.read, shown.view);
    json.set("sequences", *page.find("sequences"));
    Json leaves = Json::array(), studies = Json::array(), activities = Json::array(), findings = Json::array();
    for (const ectd::LeafHistory* item : all_leaves(shown)) leaves.push(leaf_json(shown, *item));
    for (const ectd::ViewStudy& study : shown.view.studies) {
        Json files = Json::array();
        for (const ectd::StudyLeaf& item : study.leaves)
            files.push(Json::object({{"leaf", item.leaf->at.sequence.text() + "#" + item.leaf->at.id},
                                     {"file_tags", Json::texts(item.tags)},
                                     {"site", item.site}}));
        studies.push(Json::object({{"id", study.id}, {"titles", Json::texts(study.titles)}, {"files", std::move(files)}}));
    }
    for (const ectd::Activity& activity : shown.view.activities) {
        Json numbers = Json::array();
        for (const ectd::SequenceNumber number : activity.sequences) numbers.push(number.text());
        activities.push(Json::object({{"number", activity.number}, {"type", activity.type}, {"sequences", std::move(numbers)}}));
    }
    for (const ectd::ReadingFinding& finding : shown.view.findings)
        findings.push(Json::object({{"kind", finding.kind},
                                    {"sequence", finding.sequence ? Json(finding.sequence->text()) : Json()},
                                    {"leaf", finding.leaf ? Json(finding.leaf->at.text()) : Json()},
                                    {"message", finding.message}}));
    return json.set("leaves", std::move(leaves))
        .set("studies", std::move(studies))
        .set("activities", std::move(activities))
        .set("findings", std::move(findings));
}

Sheet to_sheet(const Shown& shown) {
    Sheet sheet{"leaves",
                {"section", "place", "title", "state", "sequence", "operation", "path", "id", "modifies", "ended_by", "checksum", "origin"},
                {}};
    const auto id = [](const ectd::Leaf* other) { return other ? other->at.sequence.text() + "#" + other->at.id : std::string(); };
    for (const ectd::LeafHistory* item : all_leaves(shown)) {
        const ectd::Leaf& leaf = *item->leaf;
        sheet.rows.push_back({ectd::section_number(leaf, shown.read->catalogue), leaf.place->section, leaf.title, state_word(*item),
                              leaf.at.sequence.text(), leaf.operation, leaf.path, leaf.at.id, id(item->target), id(item->ended_by),
                              leaf.checksum(), origin_words(*shown.read, leaf)});
    }
    return sheet;
}

// From the folder of the page to that of the application, as a link.
std::string link_between(const std::string& page_folder, const std::string& application) {
    const auto absolute = [](const std::string& folder) { return path::normalise(path::join(current_folder(), folder)); };
    const std::string way = path::relative(absolute(page_folder), absolute(application));
    return way.empty() || way == "." ? "" : percent_encoded(way) + "/";
}

// What was sent is never added to.
Result<void> refuse_place_in_a_sequence(Context& context) {
    if (context.output.empty()) return {};
    for (std::string at = path::parent(path::normalise(path::join(current_folder(), context.output))); !at.empty() && at != "/";
         at = path::parent(at))
        if (exists(*context.fs, path::join(at, "index.xml")))
            return Error(ErrorKind::usage, "this place lies in a sequence, and the page is no part of it", {context.output},
                         "write it beside the sequences: --output view.html");
    return {};
}

// The leaves first, the page last: until it is there, the page of before finds its own files.
Result<void> write_folder(Context& context, const Shown& shown, const std::string& application) {
    FileSystem& fs = *context.fs;
    const std::string folder = context.output;
    DOSSIER_CHECK(fs.create_folders(folder));
    DOSSIER_TRY(const ViewPage page, make_view_page(context, *shown.read, shown.view, link_between(folder, application), true));
    std::set<std::string> names;
    for (const auto& [name, bytes] : page.files) {
        names.insert(name);
        DOSSIER_CHECK(write_file_durably(fs, path::join(folder, name), bytes));
    }
    DOSSIER_CHECK(write_file_durably(fs, path::join(folder, "index.html"), page.html));
    DOSSIER_TRY(const auto entries, fs.list(folder));
    for (const FolderEntry& entry : entries)
        if (starts_with(entry.name, "leaves-") && entry.name.size() == 26 && ends_with(entry.name, ".js") && !names.count(entry.name))
            DOSSIER_CHECK(fs.remove(path::join(folder, entry.name)));
    return {};
}

Result<void> write(Context& context, const Shown& shown, const std::string& application) {
    const bool is_page = ends_with(to_lower(context.output), ".html") || ends_with(to_lower(context.output), ".htm");
    if (!context.output.empty() && context.format == "text" && is_page) context.format = "html";
    const bool names_folder = !context.output.empty() && (context.format == "text" || context.format == "html") && !is_page &&
                              (path::extension(context.output).empty() || is_folder(*context.fs, context.output));
    if (names_folder) return write_folder(context, shown, application);
    const std::size_t count = all_leaves(shown).size();
    if (context.format == "html" && count > leaves_in_a_page)
        print_note(context, fill("note: one page of {} leaves opens slowly; --output FOLDER writes a page with files beside it", count));
    Rendering rendering;
    rendering.text = [&] { return to_text(shown); };
    rendering.json = [&] { return to_json(shown); };
    rendering.sheets = [&] { return std::vector<Sheet>{to_sheet(shown)}; };
    rendering.html = [&]() -> Result<std::string> {
        const std::string base = link_between(path::parent(context.output), application);
        DOSSIER_TRY(ViewPage page, make_view_page(context, *shown.read, shown.view, base, false));
        return std::move(page.html);
    };
    return emit(context, rendering);
}

} // namespace

Command make_ectd_view() {
    auto application = std::make_shared<std::string>();
    Command command;
    command.name = "ectd view";
    command.summary = "Look at an application: current, cumulative, by sequence, study and activity, with the chain of each leaf";
    command.example = "dossier ectd view nda900172 --output view.html";
    command.declare = [application](Options& list) {
        list.text("APP", *application, "Application folder; --output PAGE.html, or a folder for a page with files beside it", true);
    };
    command.run = [application](Context& context) -> Result<int> {
        DOSSIER_CHECK(refuse_place_in_a_sequence(context));
        Shown shown;
        DOSSIER_TRY(shown.read, read_for_viewing(context, *application, std::nullopt, false));
        const ReadApplication& read = *shown.read;
        DOSSIER_TRY(shown.view, ectd::make_application_view(*context.fs, read.application, read.lifecycle, read.catalogue));
        DOSSIER_CHECK(write(context, shown, *application));
        if (!context.output.empty() && !shown.view.findings.empty())
            print_note(context, fill("note: {} findings of reading (missing files, dead targets …); the view lists them",
                                     shown.view.findings.size()));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
