#include "cli/command.hpp"
#include "core/text.hpp"
#include "ectd/new_application.hpp"

namespace dossier::cli {

Command make_ectd_new() {
    auto wanted = std::make_shared<ectd::NewApplication>();
    Command command;
    command.name = "ectd new";
    command.right = "report.read";
    command.forms = {"text", "json"};
    command.summary = "Start an application: application.yaml, and a plan with the rows of the check list";
    command.example = "dossier ectd new ind123456 --region us --type ind --number 123456";
    command.declare = [wanted](Options& list) {
        list.text("APP", wanted->folder, "Folder of the application", true);
        list.choice("--region", wanted->region, {"us", "eu", "ca"}, "Region", true);
        list.text("--type", wanted->type, "us: ind or nda; ca, eu: cta", true);
        list.text("--number", wanted->number,
                  "Number of the application: six digits in the US, the dossier identifier in Canada, the EU CT number in the EU", true);
        list.texts("--country", wanted->countries, "Member state concerned, of a clinical trial application in the EU; may be repeated");
    };
    command.run = [wanted](Context& context) -> Result<int> {
        DOSSIER_CHECK(check_target(context, wanted->folder));
        DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
        DOSSIER_TRY(const auto result, ectd::write_new_application(*context.fs, context.templates, catalogue, *wanted));
        Rendering rendering;
        rendering.text = [&] {
            return fill("{} written: fill in what is empty\n{} written: {} rows of the check list, each saying what belongs there; fill in "
                        "source, remove "
                        "what does not apply\nNext: dossier ectd plan {}\n",
                        result.application_file, result.plan_file, result.rows, wanted->folder);
        };
        rendering.json = [&] {
            return Json::object({{"report_version", 1},
                                 {"application_file", result.application_file},
                                 {"plan_file", result.plan_file},
                                 {"rows", result.rows}});
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
