// Studies, documents and their versions.
#include "tmf/ledger_sqlite.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

namespace {

constexpr std::string_view version_columns =
    "v.document, v.number, v.label, v.title, v.person, v.event, v.language, v.date, v.expires, v.received, v.final, v.accepted, "
    "v.rejected, "
    "v.withdrawn, v.carried, v.pointer, v.sha256, v.size, v.media_type, v.file_name, v.filed_at, v.filed_by, v.review_comment, "
    "v.copy_certified_by, v.copy_certified_on, v.copy_statement, v.copy_source, v.sealed";
// What completeness asks for; a title and the like are not read from the disk's pages at all.
constexpr std::string_view fact_columns =
    "v.document, v.number, v.label, v.person, v.event, v.language, v.date, v.expires, v.received, v.final, v.accepted, v.rejected, "
    "v.withdrawn, v.pointer";
constexpr std::string_view document_columns =
    "d.number, d.study, d.unique_id, d.sub_artifact, d.country, d.site, d.restricted, d.external, d.sealed";
constexpr int document_width = 9;

std::string carried_text(const Carried& carried) {
    std::vector<std::string> words;
    if (carried.received) words.emplace_back("received");
    if (carried.final) words.emplace_back("final");
    if (carried.accepted) words.emplace_back("accepted");
    if (carried.rejected) words.emplace_back("rejected");
    if (carried.withdrawn) words.emplace_back("withdrawn");
    return join(words, ";");
}

Carried to_carried(const std::string& text) {
    Carried carried;
    for (const std::string& word : split(text, ';')) {
        carried.received = carried.received || word == "received";
        carried.final = carried.final || word == "final";
        carried.accepted = carried.accepted || word == "accepted";
        carried.rejected = carried.rejected || word == "rejected";
        carried.withdrawn = carried.withdrawn || word == "withdrawn";
    }
    return carried;
}

void read_document(const Statement& row, int first, DocumentRecord& record) {
    record.number = row.number(first);
    record.study = row.view(first + 1);
    record.unique_id = static_cast<int>(row.number(first + 2));
    record.sub_artifact = row.view(first + 3);
    record.country = row.view(first + 4);
    record.site = row.view(first + 5);
    record.restricted = row.number(first + 6) != 0;
    record.external = row.view(first + 7);
    record.sealed = row.view(first + 8);
}

VersionRecord read_version(const Statement& row, int first) {
    VersionRecord record;
    record.document = row.number(first);
    record.number = static_cast<int>(row.number(first + 1));
    record.label = row.text(first + 2);
    record.title = row.text(first + 3);
    record.person = row.text(first + 4);
    record.event = row.text(first + 5);
    record.language = row.text(first + 6);
    record.date = parse_date(row.text(first + 7));
    record.expires = parse_date(row.text(first + 8));
    record.received = parse_date(row.text(first + 9));
    record.final = parse_date(row.text(first + 10));
    record.accepted = parse_date(row.text(first + 11));
    record.rejected = parse_date(row.text(first + 12));
    record.withdrawn = parse_date(row.text(first + 13));
    record.carried = to_carried(row.text(first + 14));
    record.pointer = row.text(first + 15);
    record.sha256 = Sha256::from_hex(row.text(first + 16));
    record.size = static_cast<std::uint64_t>(row.number(first + 17));
    record.media_type = row.text(first + 18);
    record.file_name = row.text(first + 19);
    record.filed_at = row.text(first + 20);
    record.filed_by = row.text(first + 21);
    record.review_comment = row.text(first + 22);
    record.copy.certified_by = row.text(first + 23);
    record.copy.certified_on = parse_date(row.text(first + 24));
    record.copy.statement = row.text(first + 25);
    record.copy.source = row.text(first + 26);
    record.sealed = row.text(first + 27);
    return record;
}

void read_version_facts(const Statement& row, int first, VersionRecord& record) {
    record.document = row.number(first);
    record.number = static_cast<int>(row.number(first + 1));
    record.label = row.view(first + 2);
    record.person = row.view(first + 3);
    record.event = row.view(first + 4);
    record.language = row.view(first + 5);
    record.date = parse_date(row.view(first + 6));
    record.expires = parse_date(row.view(first + 7));
    record.received = parse_date(row.view(first + 8));
    record.final = parse_date(row.view(first + 9));
    record.accepted = parse_date(row.view(first + 10));
    record.rejected = parse_date(row.view(first + 11));
    record.withdrawn = parse_date(row.view(first + 12));
    record.pointer = row.view(first + 13);
}

std::string select_documents(const std::string& where, bool facts_only = false) {
    const auto begin = [](std::string_view columns) {
        return fill("SELECT {}, {} FROM document d JOIN version v ON v.document = d.number ", document_columns, columns);
    };
    static const std::string facts = begin(fact_columns), all = begin(version_columns);
    return (facts_only ? facts : all) + where + " ORDER BY d.number, v.number";
}

Result<std::vector<StudyRecord>> read_studies(Statement& rows) {
    std::vector<StudyRecord> found;
    for (;;) {
        DOSSIER_TRY(const bool more, rows.step());
        if (!more) return found;
        found.push_back({rows.text(0), rows.text(1), rows.text(2)});
    }
}

Result<void> read_documents(Statement& rows, const std::function<Result<void>(const StoredDocument&)>& use, bool facts_only = false) {
    StoredDocument current;
    for (;;) {
        DOSSIER_TRY(const bool more, rows.step());
        const bool next = !more || rows.number(0) != current.document.number;
        if (next && !current.versions.empty()) {
            auto used = use(current);
            if (!used) {
                rows.reset();
                return used;
            }
            current.versions.clear();
        }
        if (!more) return {};
        if (next) read_document(rows, 0, current.document);
        if (facts_only)
            read_version_facts(rows, document_width, current.versions.emplace_back());
        else
            current.versions.push_back(read_version(rows, document_width));
    }
}

} // namespace

Result<std::vector<StudyRecord>> SqliteLedger::studies() {
    DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT id, model, facts FROM study ORDER BY id"));
    return read_studies(*rows);
}

Result<std::optional<StudyRecord>> SqliteLedger::study(const std::string& id) {
    DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT id, model, facts FROM study WHERE id = ?"));
    rows->bind(id);
    DOSSIER_TRY(auto found, read_studies(*rows));
    if (found.empty()) return std::optional<StudyRecord>();
    return std::optional(std::move(found.front()));
}

// Whether so few documents, of whatever study, have come since that one that they are looked through faster than a study's are found.
Result<bool> SqliteLedger::few_after(std::int64_t number) {
    constexpr std::int64_t few = 1000;
    DOSSIER_TRY(const std::int64_t last, last_document());
    return last - number <= few;
}

// The numbers from a study's first document to its last, where so many between them are its own that all are read in their order: looking
// for each by itself takes several times as long as passing another one by. Else none.
Result<std::optional<std::pair<std::int64_t, std::int64_t>>> SqliteLedger::dense_range(const std::string& study) {
    DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT number FROM document WHERE study = ?")); // min() and max() take longer
    rows->bind(study);
    std::int64_t first = std::numeric_limits<std::int64_t>::max(), last = 0, count = 0;
    for (;; ++count) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) break;
        first = std::min(first, rows->number(0));
        last = std::max(last, rows->number(0));
    }
    std::optional<std::pair<std::int64_t, std::int64_t>> range;
    if (count > 0 && first > 0 && (last - first) / 4 < count) range.emplace(first, last);
    return range;
}

// Documents and versions as they lie, each in one go. Two statements of a connection that are open at once see one state.
Result<void> SqliteLedger::each_fact(const std::string& study, std::int64_t first, std::int64_t last,
                                     const std::function<Result<void>(const StoredDocument&)>& use) {
    static const std::string document_select =
        fill("SELECT {} FROM document d WHERE d.number BETWEEN ? AND ? AND +d.study = ? ORDER BY d.number", document_columns);
    static const std::string version_select =
        fill("SELECT {} FROM version v WHERE v.document BETWEEN ? AND ? ORDER BY v.document, v.number", fact_columns);
    DOSSIER_TRY(Statement* const documents, database_->prepare(document_select));
    DOSSIER_TRY(Statement* const versions, database_->prepare(version_select));
    documents->bind(first).bind(last).bind(study);
    versions->bind(first).bind(last);
    StoredDocument current;
    bool has_version = true, has_begun = false;
    const auto next_version = [&]() -> Result<void> {
        DOSSIER_TRY(has_version, versions->step());
        return {};
    };
    const auto read = [&]() -> Result<void> {
        for (;;) {
            DOSSIER_TRY(const bool more, documents->step());
            if (!more) return {};
            if (!has_begun) DOSSIER_CHECK(next_version());
            has_begun = true;
            read_document(*documents, 0, current.document);
            while (has_version && versions->number(0) < current.document.number) DOSSIER_CHECK(next_version());
            current.versions.clear();
            while (has_version && versions->number(0) == current.document.number) {
                read_version_facts(*versions, 0, current.versions.emplace_back());
                DOSSIER_CHECK(next_version());
            }
            if (!current.versions.empty()) DOSSIER_CHECK(use(current));
        }
    };
    auto done = read();
    documents->reset();
    versions->reset();
    return done;
}

Result<std::optional<StoredDocument>> SqliteLedger::document(std::int64_t number) {
    std::optional<StoredDocument> result;
    DOSSIER_TRY(Statement* const rows, database_->prepare(select_documents("WHERE d.number = ?")));
    rows->bind(number);
    DOSSIER_CHECK(read_documents(*rows, [&result](const StoredDocument& found) {
        result = found;
        return Result<void>();
    }));
    return result;
}

Result<void> SqliteLedger::each_document(const DocumentFilter& filter, const std::function<Result<void>(const StoredDocument&)>& use) {
    const bool by_country = filter.exact_place || !filter.country.empty(), by_site = filter.exact_place || !filter.site.empty();
    // A study's documents are found by place; all of them are read in the order of their numbers nevertheless, as they lie on the disk.
    const bool by_study = !filter.study.empty(), by_place = by_study && filter.unique_id != 0;
    DOSSIER_TRY(const bool few, by_study&& filter.after != 0 ? few_after(filter.after) : Result<bool>(false));
    if (by_study && filter.facts_only && !by_place && !by_country && !by_site && !filter.restricted && filter.pointer.empty() && !few) {
        DOSSIER_TRY(const auto range, dense_range(filter.study));
        if (range) return each_fact(filter.study, std::max(range->first, filter.after + 1), range->second, use);
    }
    const std::pair<bool, const char*> terms[] = {
        {by_place && !few, "d.study = ?"},
        {by_study && few, "+d.study = ?"},
        {by_study && !by_place && !few, "d.number IN (SELECT number FROM document WHERE study = ?)"},
        {filter.unique_id != 0, "d.unique_id = ?"},
        {by_country, "d.country = ?"},
        {by_site, "d.site = ?"},
        {filter.restricted, "d.restricted <> 0"},
        {!filter.pointer.empty(), "(v.pointer = ? OR v.sealed <> '')"},
        {filter.after != 0, "d.number > ?"}};
    unsigned shape = filter.facts_only ? 1 : 0; // which of them are asked
    for (const auto& [wanted, term] : terms) shape = 2 * shape + (wanted ? 1 : 0);
    std::string& select = selects_[shape];
    if (select.empty()) {
        std::string where;
        for (const auto& [wanted, term] : terms)
            if (wanted) where += (where.empty() ? "WHERE " : " AND ") + std::string(term);
        select = select_documents(where, filter.facts_only);
    }
    DOSSIER_TRY(Statement* const rows, database_->prepare(select));
    if (!filter.study.empty()) rows->bind(filter.study);
    if (filter.unique_id != 0) rows->bind(std::int64_t{filter.unique_id});
    if (by_country) rows->bind(filter.country);
    if (by_site) rows->bind(filter.site);
    if (!filter.pointer.empty()) rows->bind(filter.pointer);
    if (filter.after != 0) rows->bind(filter.after);
    return read_documents(*rows, use, filter.facts_only);
}

Result<std::vector<std::int64_t>> SqliteLedger::documents_by_external(const std::string& study, const std::string& external) {
    std::vector<std::int64_t> numbers;
    if (external.empty()) return numbers;
    // The index has what is not empty; SQLite does not know that a value that is bound is not.
    DOSSIER_TRY(Statement* const rows,
                database_->prepare("SELECT number FROM document WHERE study = ? AND external = ? AND external <> '' ORDER BY number"));
    rows->bind(study).bind(external);
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return numbers;
        numbers.push_back(rows->number(0));
    }
}

Result<std::vector<VersionRecord>> SqliteLedger::versions_with(const Sha256& sha256) {
    static const std::string sql = fill("SELECT {} FROM version v WHERE substr(v.sha256, 1, 16) = ? AND v.sha256 <> '' AND +v.sha256 = ? "
                                        "ORDER BY v.document, v.number",
                                        version_columns);
    DOSSIER_TRY(Statement* const rows, database_->prepare(sql));
    const std::string hex = sha256.hex();
    rows->bind(std::string_view(hex).substr(0, 16)).bind(hex); // the index has the first digits; '+' keeps SQLite from passing it over
    std::vector<VersionRecord> found;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return found;
        found.push_back(read_version(*rows, 0));
    }
}

Result<std::int64_t> SqliteLedger::highest_document() { return highest("SELECT coalesce(max(number), 0) FROM document"); }

Result<std::int64_t> SqliteLedger::last_document() {
    if (!held_) return highest_document();
    DOSSIER_TRY(const Heads* const known, heads());
    return known->document;
}

Result<void> SqliteLedger::write(const StudyRecord& r) {
    ++facts_written_;
    DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_study));
    return put->bind(r.id).bind(r.model).bind(r.facts).run();
}

Result<void> SqliteLedger::write(const DocumentRecord& r, bool is_new) {
    DOSSIER_TRY(Statement* const put, database_->prepare(is_new ? ledger_schema::put_new_document : ledger_schema::put_document));
    put->bind(r.number).bind(r.study).bind(std::int64_t{r.unique_id}).bind(r.sub_artifact).bind(r.country).bind(r.site);
    return put->bind(std::int64_t{r.restricted ? 1 : 0}).bind(r.external).bind(r.sealed).run();
}

Result<void> SqliteLedger::write(const VersionRecord& r, bool is_first_of_new) {
    if (!is_first_of_new) DOSSIER_CHECK(make_rollup_stale(r.document));
    DOSSIER_TRY(Statement* const put, database_->prepare(is_first_of_new ? ledger_schema::put_new_version : ledger_schema::put_version));
    put->bind(r.document).bind(std::int64_t{r.number}).bind(r.label).bind(r.title).bind(r.person).bind(r.event).bind(r.language);
    for (const OptionalDate* date : {&r.date, &r.expires, &r.received, &r.final, &r.accepted, &r.rejected, &r.withdrawn})
        put->bind(date_text(*date));
    put->bind(carried_text(r.carried)).bind(r.pointer).bind(r.sha256 ? r.sha256->hex() : std::string());
    put->bind(static_cast<std::int64_t>(r.size)).bind(r.media_type).bind(r.file_name).bind(r.filed_at).bind(r.filed_by);
    put->bind(r.review_comment).bind(r.copy.certified_by).bind(date_text(r.copy.certified_on));
    return put->bind(r.copy.statement).bind(r.copy.source).bind(r.sealed).run();
}

} // namespace dossier::tmf
