#include "cli/tmf_session.hpp"
#include "core/text.hpp"
#include "tmf/review.hpp"

namespace dossier::cli {

Command make_tmf_review() {
    struct Options_ {
        std::string document, code, comment;
        bool accept = false;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "tmf review";
    command.summary = "Accept a filed version, or reject it with a reason";
    command.example = "dossier tmf review D-000012 --reject missing_page --comment 'page 3 is missing'";
    command.declare = [options](Options& list) {
        list.text("DOC", options->document, "D-000012 (newest version) or D-000012@1", true);
        list.flag("--accept", options->accept, "It is right and complete");
        list.choice("--reject", options->code, tmf::rejection_codes(), "What is wrong");
        list.text("--comment", options->comment, "In words");
    };
    command.run = [options](Context& context) -> Result<int> {
        if (options->accept == !options->code.empty()) return Error(ErrorKind::usage, "say either --accept or --reject CODE");
        if (options->code == "other" && trim(options->comment).empty())
            return Error(ErrorKind::usage, "\"other\" says nothing by itself", {}, "say in --comment what is wrong");
        DOSSIER_TRY(const auto reference, tmf::to_reference(options->document));
        DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::write));
        const tmf::Author author = author_of(context);
        DOSSIER_TRY(const auto version, tmf::review(*repository, {reference, options->accept, options->code, options->comment}, author));
        if (options->accept && version.filed_by == author.user)
            print_note(context,
                       fill("note: {} filed this version and accepted it; reviews are worth more from another pair of eyes", author.user));
        const std::string id = fill("{}@{}", tmf::document_id(version.document), version.number);
        Rendering rendering;
        rendering.text = [&] {
            return fill("{} {} on {}\n", id, std::string_view(options->accept ? "accepted" : "rejected"), author.time.date().text());
        };
        rendering.json = [&] { return tmf::to_json(version); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
