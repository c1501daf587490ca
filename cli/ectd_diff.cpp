#include "cli/ectd_reading.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/view_diff.hpp"

namespace dossier::cli {

namespace {

// An application folder is meant with all its sequences, a sequence folder with those up to it.
Result<std::unique_ptr<ReadApplication>> read_view(Context& context, const std::string& given) {
    const std::string folder = path::normalise(path::join(current_folder(), given));
    const auto number = ectd::SequenceNumber::parse(path::file_name(folder));
    if (!number || !exists(*context.fs, path::join(folder, "index.xml"))) return read_for_viewing(context, folder);
    return read_for_viewing(context, path::parent(folder), *number);
}

struct Compared {
    std::unique_ptr<ReadApplication> before, after;
    ectd::ViewDiff diff;
    const ReadApplication& of(const ectd::ViewChange& change) const { return change.after ? *after : *before; }
};

const ectd::Leaf& leaf_of(const ectd::ViewChange& change) { return change.after ? *change.after : *change.before; }

std::string to_text(const Compared& compared) {
    std::map<std::string, int> counts;
    for (const ectd::ViewChange& change : compared.diff.changes) ++counts[change.change];
    std::string out = fill("{} added, {} removed, {} replaced, {} with another title; {} leaves the same\n", counts["added"],
                           counts["removed"], counts["replaced"], counts["retitled"], compared.diff.same);
    for (const ectd::ViewChange& change : compared.diff.changes) {
        const ectd::Leaf& leaf = leaf_of(change);
        out += fill("\n{:<9}{:<12} {}\n", change.change, section_number(compared.of(change), leaf), leaf.title);
        if (change.before && change.after && change.before->title != change.after->title)
            out += fill("         was called {}\n", change.before->title);
        if (change.before && change.after && change.before->path != change.after->path)
            out += fill("         {} -> {}\n", change.before->path, change.after->path);
        else if (!leaf.path.empty())
            out += fill("         {}\n", leaf.path);
    }
    return out;
}

Json side(const ectd::Leaf* leaf) {
    if (!leaf) return {};
    return Json::object({{"sequence", leaf->at.sequence.text()},
                         {"id", leaf->at.id},
                         {"title", leaf->title},
                         {"path", leaf->path},
                         {"checksum", leaf->checksum()}});
}

Json to_json(const Compared& compared) {
    Json changes = Json::array();
    for (const ectd::ViewChange& change : compared.diff.changes)
        changes.push(Json::object({{"change", change.change},
                                   {"section", section_number(compared.of(change), leaf_of(change))},
                                   {"title", leaf_of(change).title},
                                   {"before", side(change.before)},
                                   {"after", side(change.after)}}));
    return Json::object({{"report_version", 1}, {"changes", std::move(changes)}, {"same", static_cast<std::int64_t>(compared.diff.same)}});
}

Sheet to_sheet(const Compared& compared) {
    Sheet sheet{"diff", {"change", "section", "title before", "title after", "path before", "path after"}, {}};
    for (const ectd::ViewChange& change : compared.diff.changes)
        sheet.rows.push_back({change.change, section_number(compared.of(change), leaf_of(change)),
                              change.before ? change.before->title : "", change.after ? change.after->title : "",
                              change.before ? change.before->path : "", change.after ? change.after->path : ""});
    return sheet;
}

} // namespace

Command make_ectd_diff() {
    struct State {
        std::string before, after;
    };
    auto state = std::make_shared<State>();
    Command command;
    command.name = "ectd diff";
    command.summary = "What the application contains after one sequence and not after another";
    command.example = "dossier ectd diff nda900172/0001 nda900172/0004";
    command.declare = [state](Options& list) {
        list.text("A", state->before, "Sequence folder (with what came before it), or application folder", true);
        list.text("B", state->after, "The same, to compare with", true);
    };
    command.run = [state](Context& context) -> Result<int> {
        Compared compared;
        DOSSIER_TRY(compared.before, read_view(context, state->before));
        DOSSIER_TRY(compared.after, read_view(context, state->after));
        compared.diff = ectd::diff_views({compared.before->application, compared.before->lifecycle},
                                         {compared.after->application, compared.after->lifecycle});
        Rendering rendering;
        rendering.text = [&] { return to_text(compared); };
        rendering.json = [&] { return to_json(compared); };
        rendering.sheets = [&] { return std::vector<Sheet>{to_sheet(compared)}; };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
