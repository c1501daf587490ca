#include "cli/command.hpp"
#include "cli/submission_record.hpp"
#include "core/text.hpp"
#include "ectd/sent_mark.hpp"

namespace dossier::cli {

namespace {

// What the trial master file knows of the sequence: that it was sent, too.
Result<void> tell(Context& context, const std::string& folder, const std::string& file, ectd::SequenceNumber sequence) {
    DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
    DOSSIER_TRY(const std::string bytes, read_file(*context.fs, file));
    DOSSIER_TRY(const auto application, ectd::parse_application_file(bytes, file));
    tell_repository(context, folder, application, sequence, catalogue);
    return {};
}

} // namespace

Command make_ectd_sent() {
    struct State {
        std::string application, sequence, date;
    };
    auto state = std::make_shared<State>();
    Command command;
    command.name = "ectd sent";
    command.summary = "Mark a sequence as sent: it is never built again";
    command.example = "dossier ectd sent nda900172 0001 --date 2026-03-01";
    command.declare = [state](Options& list) {
        list.text("APP", state->application, "Application folder", true);
        list.text("SEQUENCE", state->sequence, "Number of the sequence, four digits", true);
        list.text("--date", state->date, "Day on which it was sent, YYYY-MM-DD", true);
    };
    command.run = [state](Context& context) -> Result<int> {
        const auto sequence = ectd::SequenceNumber::parse(state->sequence);
        if (!sequence) return Error(ErrorKind::usage, fill("{} is not a sequence of four digits", state->sequence), {}, "write 0002");
        const auto date = parse_date(state->date);
        if (!date) return Error(ErrorKind::usage, fill("--date {} is not a date", state->date), {}, "write YYYY-MM-DD");
        DOSSIER_TRY(const ectd::SentMark mark,
                    ectd::mark_sent(*context.fs, state->application, *sequence, *date, context.clock->now().date()));
        DOSSIER_CHECK(tell(context, state->application, mark.file, *sequence));
        for (const std::string& note : mark.notes) print_note(context, "note: " + note);
        Rendering rendering;
        rendering.text = [&] {
            return mark.was_there ? fill("Sequence {} was marked as sent on {} already\n", sequence->text(), date->text())
                                  : fill("Sequence {} is marked as sent on {} in {}; it is not built again\n", sequence->text(),
                                         date->text(), mark.file);
        };
        rendering.json = [&] {
            return Json::object(
                {{"report_version", 1}, {"sequence", sequence->text()}, {"sent", date->text()}, {"application_file", mark.file}});
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
