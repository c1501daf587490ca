#include "cli/tmf_session.hpp"
#include "core/text.hpp"
#include "tmf/users.hpp"

namespace dossier::cli {

Command make_init() {
    auto folder = std::make_shared<std::string>();
    Command command;
    command.name = "init";
    command.summary = "Make a repository for trial master files";
    command.example = "dossier init etmf";
    command.declare = [folder](Options& options) { options.text("DIR", *folder, "Folder, empty or not there yet", true); };
    command.run = [folder](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto matrix, templates::read_role_matrix(context.templates));
        const tmf::Author author = author_of(context);
        DOSSIER_CHECK(tmf::Repository::create(context.fs, *folder, author, tmf::founding_changes(matrix, context.user, author)));
        Rendering rendering;
        rendering.text = [&] {
            return fill("made the repository {}\nwho may read this folder may read every document in it; keep its rights as narrow as the "
                        "documents need\n"
                        "whoever may write it may do everything there, until 'dossier user add' gives the first role\n"
                        "next: dossier study apply STUDY.yaml --repo {}\n",
                        *folder, *folder);
        };
        rendering.json = [&] { return Json::object({{"repository", *folder}}); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
