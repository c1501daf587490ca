#include "cli/command.hpp"
#include "cli/ectd_session.hpp"
#include "cli/submission_record.hpp"
#include "core/text.hpp"
#include "ectd/sent_mark.hpp"
#include "ectd/statements.hpp"

namespace dossier::cli {

namespace {

struct State {
    std::string application, sequence, date, center;
    std::vector<std::string> acknowledgements;
};

Result<ectd::SentRequest> request_of(const State& state, Date today) {
    const auto sequence = ectd::SequenceNumber::parse(state.sequence);
    if (!sequence) return Error(ErrorKind::usage, fill("{} is not a sequence of four digits", state.sequence), {}, "write 0002");
    const auto date = parse_date(state.date);
    if (!date && !state.date.empty()) return Error(ErrorKind::usage, fill("--date {} is not a date", state.date), {}, "write YYYY-MM-DD");
    if (!date && state.acknowledgements.empty() && state.center.empty())
        return Error(ErrorKind::usage, "neither --date nor --center nor --acknowledgement is given", {},
                     "add --date, the day on which it was sent");
    return ectd::SentRequest{state.application, *sequence, date, state.acknowledgements, today, to_lower(state.center)};
}

Result<void> check_center(Context& context, const State& state) {
    if (state.center.empty()) return {};
    DOSSIER_TRY(const auto file, read_application_file(context, state.application));
    DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
    const auto code = ectd::center_code(catalogue, file->region, to_lower(state.center));
    if (!code) return Error(ErrorKind::usage, "--center: " + code.error().message, {}, code.error().remedy);
    return {};
}

std::string to_text(const State& state, const ectd::SentMark& mark) {
    std::string out = mark.was_there ? fill("Sequence {} was marked as sent on {} already\n", state.sequence, mark.date.text())
                                     : fill("Sequence {} is marked as sent on {} in {}; it is not built again\n", state.sequence,
                                            mark.date.text(), mark.file);
    if (!mark.center.empty()) out += fill("It went to {}\n", mark.center);
    for (const ectd::KeptAcknowledgement& item : mark.acknowledgements)
        out += fill("{}: {} (SHA-256 {})\n", std::string_view(item.was_there ? "Kept already" : "Acknowledgement kept"), item.file,
                    item.sha256);
    return out;
}

Json to_json(const State& state, const ectd::SentMark& mark) {
    Json list = Json::array();
    for (const ectd::KeptAcknowledgement& item : mark.acknowledgements)
        list.push(Json::object({{"file", item.file}, {"sha256", item.sha256}}));
    Json json =
        Json::object({{"report_version", 1}, {"sequence", state.sequence}, {"sent", mark.date.text()}, {"application_file", mark.file}});
    if (!mark.center.empty()) json.set("center", mark.center);
    json.set("acknowledgements", std::move(list));
    return json;
}

// What the trial master file knows of the sequence: that it was sent, too.
Result<void> tell(Context& context, const std::string& folder, const std::string& file, ectd::SequenceNumber sequence) {
    DOSSIER_TRY(const std::string bytes, read_file(*context.fs, file));
    DOSSIER_TRY(const auto application, ectd::parse_application_file(bytes, file));
    tell_repository(context, folder, application, sequence);
    return {};
}

} // namespace

Command make_ectd_sent() {
    auto state = std::make_shared<State>();
    Command command;
    command.name = "ectd sent";
    command.forms = {"text", "json"};
    command.summary = "Mark a sequence as sent, so that it is never built again, and keep its acknowledgements";
    command.example = "dossier ectd sent nda900172 0001 --date 2026-03-01 --acknowledgement receipt.xml";
    command.declare = [state](Options& list) {
        list.text("APP", state->application, "Application folder", true);
        list.text("SEQUENCE", state->sequence, "Number of the sequence, four digits", true);
        list.text("--date", state->date, "Day on which it was sent, YYYY-MM-DD; not needed where it is marked already");
        list.text("--center", state->center, "Centre of the agency that it was sent to (US: cder, cber), as chosen at the gateway");
        list.texts("--acknowledgement", state->acknowledgements,
                   "A file that the gateway or the agency answered with; copied to APP/acknowledgements/SEQUENCE");
    };
    command.run = [state](Context& context) -> Result<int> {
        DOSSIER_TRY(const ectd::SentRequest request, request_of(*state, context.clock->now().date()));
        DOSSIER_CHECK(check_center(context, *state));
        DOSSIER_TRY(const ectd::SentMark mark, ectd::mark_sent(*context.fs, request));
        DOSSIER_CHECK(tell(context, state->application, mark.file, request.sequence));
        for (const std::string& note : mark.notes) print_note(context, "note: " + note);
        Rendering rendering;
        rendering.text = [&] { return to_text(*state, mark); };
        rendering.json = [&] { return to_json(*state, mark); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
