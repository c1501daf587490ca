#include "cli/horizon.hpp"
#include "cli/tmf_documents.hpp"
#include "core/text.hpp"
#include "tmf/query_rows.hpp"

namespace dossier::cli {

namespace {

using tmf::QueryAct;

Result<int> show_query(Context& context, const tmf::StoredQuery& query) {
    const QueryAct& act = query.acts.back();
    Rendering rendering;
    rendering.text = [&] {
        return fill("{} {} about {}\n", tmf::query_id(query.query.number), to_text(act.kind),
                    tmf::version_id(query.query.document, query.query.version));
    };
    rendering.json = [&] { return tmf::to_json(query, author_of(context).time.date()); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

Result<int> act(Context& context, const std::string& query, QueryAct::Kind kind, const std::string& text) {
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::write));
    DOSSIER_TRY(const auto found, tmf::find_query(repository->ledger(), query));
    DOSSIER_TRY(const auto done, tmf::act_on_query(*repository, found.query.number, kind, text, author_of(context), horizon_of(context)));
    for (const std::string& one : tmf::replaced_by_last(done))
        print_note(context, fill("note: {}, is replaced: its time had not come", one));
    return show_query(context, done);
}

} // namespace

Command make_tmf_query_open() {
    struct Options_ {
        std::string document, text, to;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "tmf query open";
    command.right = "query.open";
    command.forms = {"text", "json"};
    command.summary = "Ask about a filed version";
    command.example = "dossier tmf query open D-000012 --text 'Which version of the protocol is meant on page 2?' --to 'site 701'";
    command.declare = [options](Options& list) {
        list.text("DOC", options->document, "D-000012 (newest version), D-000012@1, or the label that a list gave it", true);
        list.text("--text", options->text, "What you want to know", true);
        list.text("--to", options->to, "Who is asked");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::write));
        DOSSIER_TRY(const auto reference, tmf::find_reference(repository->ledger(), options->document));
        DOSSIER_TRY(const auto query, tmf::open_query(*repository, {reference, options->text, options->to}, author_of(context)));
        return show_query(context, query);
    };
    return command;
}

Command make_tmf_query_answer() {
    struct Options_ {
        std::string query, text;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "tmf query answer";
    command.right = "query.answer";
    command.forms = {"text", "json"};
    command.summary = "Answer a query; whoever asked closes it";
    command.example = "dossier tmf query answer Q-000001 --text 'Version 2.0; a corrected page is filed as D-000012@2'";
    command.declare = [options](Options& list) {
        list.text("QUERY", options->query, "Q-000001", true);
        list.text("--text", options->text, "The answer", true);
    };
    command.run = [options](Context& context) { return act(context, options->query, QueryAct::Kind::answered, options->text); };
    return command;
}

Command make_tmf_query_close() {
    struct Options_ {
        std::string query, reason;
        bool reopen = false;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "tmf query close";
    command.right = "query.close";
    command.forms = {"text", "json"};
    command.summary = "Close a query, or open a closed one again";
    command.example = "dossier tmf query close Q-000001 --reason 'answered and corrected'";
    command.declare = [options](Options& list) {
        list.text("QUERY", options->query, "Q-000001", true);
        list.flag("--reopen", options->reopen, "It was closed too early: open it again");
        list.text("--reason", options->reason, "Why; stays in the audit trail", true);
    };
    command.run = [options](Context& context) {
        return act(context, options->query, options->reopen ? QueryAct::Kind::reopened : QueryAct::Kind::closed, options->reason);
    };
    return command;
}

} // namespace dossier::cli
