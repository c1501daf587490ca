#include "cli/tmf_documents.hpp"
#include "core/text.hpp"
#include "tmf/head_columns.hpp"
#include "tmf/query_rows.hpp"

namespace dossier::cli {

namespace {

using tmf::QueryRow;

struct ListOptions {
    std::string study, as_of;
    bool open = false;
};

std::string to_text(const std::vector<QueryRow>& rows, Date as_of) {
    std::vector<std::vector<std::string>> lines;
    std::size_t not_closed = 0;
    for (const QueryRow& row : rows) {
        not_closed += row.standing.closed ? 0 : 1;
        lines.push_back({tmf::query_id(row.query.query.number), std::string(tmf::to_text(row.standing.state)), fill("{}", row.standing.age),
                         row.query.query.to, tmf::version_id(row.version.document, row.version.number), place_of(row.document),
                         row.query.acts.front().text});
    }
    const std::string table = lines.empty() ? "" : text_table({"query", "state", "days", "to", "document", "place", "question"}, lines);
    return table + fill("{} queries on {}, {} not closed\n", rows.size(), as_of.text(), not_closed);
}

std::vector<Sheet> to_sheets(const std::vector<QueryRow>& rows, Date as_of) {
    Sheet list{"Queries",
               {"query", "state", "age_days", "opened", "since", "closed", "to", "study", "document", "country", "site", "title",
                "question", "last_act", "last_text"},
               {}};
    Sheet threads{"Threads", {"query", "number", "act", "at", "by", "text"}, {}};
    for (const QueryRow& row : rows) {
        const std::string id = tmf::query_id(row.query.query.number);
        const tmf::QueryStanding& standing = row.standing;
        list.rows.push_back(
            {id, std::string(tmf::to_text(standing.state)), standing.age, SheetCell::date(standing.opened.text()),
             SheetCell::date(standing.since.text()), standing.closed ? SheetCell::date(standing.closed->text()) : SheetCell(""),
             row.query.query.to, row.document.study, tmf::version_id(row.version.document, row.version.number), row.document.country,
             row.document.site, row.version.title, row.query.acts.front().text,
             fill("{} {} by {}", tmf::to_text(row.last().kind), row.last().at.substr(0, 10), row.last().by), row.last().text});
        for (const tmf::QueryAct& act : row.query.acts)
            threads.rows.push_back({id, std::int64_t{act.number}, std::string(tmf::to_text(act.kind)), act.at, act.by, act.text});
    }
    tmf::add_head(list, {{"as_of", SheetCell::date(as_of.text())}});
    return {list, threads};
}

Result<int> run_list(Context& context, const ListOptions& options) {
    DOSSIER_TRY(const auto as_of, date_option("--as-of", options.as_of));
    const Date day = as_of.value_or(author_of(context).time.date());
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
    tmf::Ledger& ledger = repository->ledger();
    if (!options.study.empty()) DOSSIER_CHECK(tmf::model_of_study(ledger, options.study)); // says which studies there are
    DOSSIER_TRY(const auto snapshot, ledger.snapshot());
    DOSSIER_TRY(const auto queries, ledger.queries(options.study, 0));
    std::vector<tmf::StoredDocument> documents;
    for (const tmf::StoredQuery& query : queries) {
        DOSSIER_TRY(auto stored, ledger.document(query.query.document));
        if (stored) documents.push_back(std::move(*stored));
    }
    auto rows = tmf::query_rows(queries, documents, day);
    if (options.open) std::erase_if(rows, [](const QueryRow& row) { return row.standing.closed.has_value(); });
    Rendering rendering;
    rendering.text = [&] { return to_text(rows, day); };
    rendering.json = [&] {
        Json list = Json::array();
        for (const QueryRow& row : rows)
            list.push(tmf::to_json(row.query, day)
                          .set("study", row.document.study)
                          .set("country", row.document.country)
                          .set("site", row.document.site)
                          .set("title", row.version.title));
        return Json::object({{"as_of", day.text()}, {"queries", std::move(list)}});
    };
    rendering.sheets = [&] { return to_sheets(rows, day); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace

Command make_tmf_query_list() {
    auto options = std::make_shared<ListOptions>();
    Command command;
    command.name = "tmf query list";
    command.right = "document.read";
    command.summary = "List queries with their state and age";
    command.example = "dossier tmf query list --study CDISCPILOT01 --open";
    command.declare = [options](Options& list) {
        list.text("--study", options->study, "Of this study");
        list.flag("--open", options->open, "Only those that are not closed");
        list.text("--as-of", options->as_of, "As they stood on this day (default: today)");
    };
    command.run = [options](Context& context) { return run_list(context, *options); };
    return command;
}

} // namespace dossier::cli
