#include "cli/horizon.hpp"
#include "cli/tmf_session.hpp"
#include "cli/unblinding_key.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/unblinding.hpp"
#include "tmf/users.hpp"

namespace dossier::cli {

namespace {

// The first user with every role, and the key that restricted documents are sealed for, handed to him. Where his data folder does not take
// his key pair the repository is made all the same: restricted documents are refused there until somebody is made unblinded.
Result<std::vector<tmf::Change>> founding_changes(Context& context, const std::string& id, const tmf::Author& author) {
    DOSSIER_TRY(const auto matrix, templates::read_role_matrix(context.templates));
    const auto pair = make_own_key(context, id);
    if (!pair && pair.error().kind != ErrorKind::io && pair.error().kind != ErrorKind::denied &&
        pair.error().kind != ErrorKind::not_found && pair.error().kind != ErrorKind::conflict)
        return pair.error();
    if (!pair)
        print_note(context,
                   fill("note: your key for restricted documents could not be kept: {}; they are refused until 'dossier user add {} "
                        "--role unblinded'",
                        dossier::to_text(pair.error()), context.user));
    auto changes = tmf::founding_changes(matrix, {context.user, "", pair ? pair->certificate : ""}, author);
    if (!pair) return changes;
    const auto sealer = make_sealer(context, id, {});
    DOSSIER_TRY(const auto keys, tmf::new_unblinding_key(*sealer, {}, {{context.user, pair->certificate}}, author));
    changes.insert(changes.end(), keys.begin(), keys.end());
    return changes;
}

} // namespace

Command make_init() {
    auto named = std::make_shared<std::string>();
    Command command;
    command.name = "init";
    command.forms = {"text", "json"};
    command.summary = "Make a repository for trial master files";
    command.example = "dossier init etmf";
    command.declare = [named](Options& list) { list.text("DIR", *named, "Folder, empty or not there yet", true); };
    command.run = [named](Context& context) -> Result<int> {
        const std::string& folder = *named;
        note_clock_ahead(context);
        const std::string id = tmf::Repository::new_id();
        const tmf::Author author = author_of(context);
        DOSSIER_TRY(const auto changes, founding_changes(context, id, author));
        if (auto made = tmf::Repository::create(context.fs, folder, author, changes, id); !made) {
            const std::string key = own_key_path(context, id, context.user); // it opens nothing
            if (context.fs->remove(key)) print_note(context, "note: no repository was made, so the key was removed again");
            (void)context.fs->remove(path::parent(key)).has_value();
            return made.error();
        }
        Rendering rendering;
        rendering.text = [&] {
            return fill("made the repository {}\nwho may read this folder may read every document in it that is not restricted; keep its "
                        "rights as narrow as the documents need\n"
                        "whoever may write it may do everything there, until 'dossier user add' gives the first role\n"
                        "next: dossier study apply STUDY.yaml --repo {}\n",
                        folder, folder);
        };
        rendering.json = [&] { return Json::object({{"repository", folder}}); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
