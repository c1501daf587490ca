#include <map>

#include "cli/horizon.hpp"
#include "cli/named_document.hpp"
#include "cli/tmf_documents.hpp"
#include "core/one_line.hpp"
#include "core/text.hpp"
#include "tmf/query_rows.hpp"
#include "tmf/review.hpp"

namespace dossier::cli {

namespace {

struct Quality {
    std::vector<tmf::ReviewRecord> reviews;
    std::vector<tmf::StoredQuery> queries;
    std::vector<tmf::SubmissionRecord> submissions;
    std::vector<std::string> namesakes;                    // other documents that a list called the same
    std::map<std::string, std::vector<std::string>> given; // by version, D-000012@1: what was done at a time given by --now
};

std::string quality_text(const tmf::VersionRecord& version, const Quality& quality, Date today) {
    std::string text;
    const auto add = [&text](const std::string& line) { text += one_line(line) + "\n"; };
    for (const tmf::ReviewRecord& r : quality.reviews)
        if (r.version == version.number)
            add(fill("  {:<9} {} {} by {}{}{}", templates::to_text(r.step), r.accepted() ? "passed" : to_text(r.outcome),
                     r.at.substr(0, 10), r.by, std::string_view(tmf::is_replaced(quality.reviews, r) ? " (replaced)" : ""),
                     r.code.empty() ? (r.comment.empty() ? "" : ": " + r.comment) : fill(": {}: {}", r.code, r.comment)));
    for (const tmf::SubmissionRecord& s : quality.submissions)
        if (s.version == version.number)
            add(fill("  {:<9} {} {} \"{}\", {}{}{}", std::string_view("submitted"), s.reference(), s.section, s.title,
                     s.sent ? fill("sent {}", s.sent->text()) : "a draft",
                     s.standing == tmf::SubmissionRecord::Standing::current ? "" : fill(", {}", to_text(s.standing)),
                     s.ended_by.empty() ? "" : " by " + s.ended_by));
    for (const tmf::StoredQuery& q : quality.queries) {
        if (q.query.version != version.number) continue;
        const auto standing = tmf::standing_of(q, today);
        add(fill("  {:<9} {} {} since {}: {}", std::string_view("query"), tmf::query_id(q.query.number), tmf::to_text(standing.state),
                 standing.since.text(), q.acts.front().text));
    }
    return text;
}

std::string version_text(const tmf::StoredDocument& stored, std::size_t index, const VersionChoice& choice) {
    const tmf::VersionRecord& v = stored.versions[index];
    std::string text =
        fill("version {}{}  {}\n", v.number, one_line(v.label.empty() ? "" : " (" + v.label + ")"), state_of(stored, index, choice));
    const auto add = [&text](const char* name, const std::string& value) {
        if (!value.empty()) text += fill("  {:<9} {}\n", std::string_view(name), one_line(value));
    };
    const auto date = [&add](const char* name, const tmf::OptionalDate& value, bool carried = false) {
        add(name, with_mark(value, carried));
    };
    add("title", v.title);
    add("person", v.person);
    add("event", v.event);
    add("language", v.language);
    date("date", v.date);
    date("expires", v.expires);
    date("received", v.received, v.carried.received);
    date("final", v.final, v.carried.final);
    date("accepted", v.accepted, v.carried.accepted);
    date("rejected", v.rejected, v.carried.rejected);
    date("withdrawn", v.withdrawn, v.carried.withdrawn);
    add("review", v.review_comment);
    add("copy", v.copy.is_set()
                    ? fill("certified by {} on {}: {}", v.copy.certified_by, with_mark(v.copy.certified_on, false), v.copy.statement)
                    : "");
    add("original", v.copy.source);
    add("pointer", v.pointer);
    if (v.sha256) {
        add("file", fill("{}, {}, {} bytes", v.file_name, v.media_type, v.size));
        add("sha256", v.sha256->hex());
    }
    add("filed", fill("{} by {}", v.filed_at, v.filed_by));
    return text;
}

std::string clock_text(const tmf::VersionRecord& version, const Quality& quality) {
    const auto found = quality.given.find(fill("{}@{}", tmf::document_id(version.document), version.number));
    return found == quality.given.end() ? "" : fill("  clock     time given by --now: {}\n", join(found->second, ", "));
}

// {"D-000012@1": ["document_filed"]}: whoever reads dates has to know which the clock of the machine did not witness.
Result<void> read_given_times(tmf::Ledger& ledger, std::int64_t document, Quality& quality) {
    return ledger.each_audit("", tmf::document_id(document), [&quality](const tmf::AuditView& entry) {
        if (entry.clock == "given") quality.given[std::string(entry.object)].emplace_back(entry.action);
        return Result<void>();
    });
}

std::string as_others_are(const std::vector<std::string>& ids) {
    return ids.empty() ? "" : fill(", as {} {}", join(ids, ", "), std::string_view(ids.size() == 1 ? "is" : "are"));
}

std::string to_text(const tmf::StoredDocument& stored, const templates::TmfCatalogue& catalogue, const VersionChoice& choice,
                    const Quality& quality, Date today) {
    const tmf::DocumentRecord& document = stored.document;
    const auto* artifact = catalogue.artifact(document.unique_id);
    std::string text = fill(
        "{}  {} {}\nstudy {}, {}{}{}\n", tmf::document_id(document.number), artifact ? artifact->number : "",
        (artifact ? artifact->name : "") + (document.sub_artifact.empty() ? "" : ": " + document.sub_artifact), document.study,
        place_of(document), std::string_view(document.restricted ? ", restricted (may unblind)" : ""),
        document.external.empty() ? "" : fill(", known outside as {}{}", one_line(document.external), as_others_are(quality.namesakes)));
    const auto order = chosen_versions(stored, choice);
    for (auto at = order.rbegin(); at != order.rend(); ++at)
        text += version_text(stored, *at, choice) + clock_text(stored.versions[*at], quality) +
                quality_text(stored.versions[*at], quality, today);
    return text;
}

Json with_quality(Json json, const Quality& quality, Date today) {
    Json reviews = Json::array(), queries = Json::array(), submissions = Json::array();
    for (const tmf::SubmissionRecord& record : quality.submissions) submissions.push(to_json(record));
    for (const tmf::ReviewRecord& record : quality.reviews)
        reviews.push(to_json(record).set("replaced", tmf::is_replaced(quality.reviews, record)));
    for (const tmf::StoredQuery& query : quality.queries) queries.push(tmf::to_json(query, today));
    Json given = Json::object();
    for (const auto& [version, actions] : quality.given) given.set(version, Json::texts(actions));
    json.set("given_times", std::move(given));
    json.set("same_label", Json::texts(quality.namesakes));
    return json.set("reviews", std::move(reviews)).set("queries", std::move(queries)).set("submissions", std::move(submissions));
}

// Other documents that this user sees and that are called the same.
Result<std::vector<std::string>> namesakes(tmf::Ledger& ledger, const tmf::DocumentRecord& document) {
    DOSSIER_TRY(const auto numbers, ledger.documents_by_external(document.study, document.external));
    std::vector<std::string> ids;
    for (const std::int64_t number : numbers)
        if (number != document.number) ids.push_back(tmf::document_id(number));
    return ids;
}

} // namespace

Command make_tmf_show() {
    auto document = std::make_shared<std::string>();
    Command command;
    command.name = "tmf show";
    command.right = "document.read";
    command.summary = "Show a document with all its versions, the newest first";
    command.example = "dossier tmf show D-000012";
    command.declare = [document](Options& options) {
        options.text("DOC", *document, "D-000012, D-000012@2, or the label that a list gave it", true);
    };
    command.run = [document](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto reference, NamedDocuments(context).find(*document));
        DOSSIER_TRY(const auto session, open_study_of(context, reference, tmf::Repository::Access::read));
        DOSSIER_TRY(const auto found, tmf::find_version(session->repository->ledger(), reference));
        VersionChoice choice;
        choice.only = reference.version;
        choice.day = horizon_of(context).day();
        DOSSIER_TRY(choice.reviewed, tmf::studies_with_review(session->repository->ledger()));
        Quality quality;
        DOSSIER_TRY(quality.reviews, session->repository->ledger().reviews("", reference.document));
        DOSSIER_TRY(quality.queries, session->repository->ledger().queries("", reference.document));
        DOSSIER_TRY(quality.submissions, session->repository->ledger().submissions("", reference.document));
        DOSSIER_TRY(quality.namesakes, namesakes(session->repository->ledger(), found.stored.document));
        DOSSIER_CHECK(read_given_times(session->repository->ledger(), reference.document, quality));
        const Date today = author_of(context).time.date();
        Rendering rendering;
        rendering.text = [&] { return to_text(found.stored, session->catalogue, choice, quality, today); };
        rendering.json = [&] {
            return with_quality(document_json(found.stored, artifacts_of(session->catalogue), choice), quality, today);
        };
        rendering.sheets = [&] { return std::vector<Sheet>{document_sheet({found.stored}, artifacts_of(session->catalogue), choice)}; };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
