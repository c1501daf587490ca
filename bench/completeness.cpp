// Completeness of the big study, by site and milestone, against a plain SQL query over a table of what is expected. The table and the query
// live in a copy of the ledger; making the table is not counted.
#include "bench/measure.hpp"
#include "bench/workbench.hpp"
#include "core/digest.hpp"
#include "core/text.hpp"
#include "tmf/rollup.hpp"

namespace bench {

using namespace dossier;
using namespace dossier::tmf;

namespace {

// Matches by place, person and event: what somebody writes who knows the tables. It knows nothing of validity, supersession or decisions.
constexpr const char* query = R"(
SELECT e.country, e.site, e.milestone, count(*), sum(EXISTS(
    SELECT 1 FROM document d JOIN version v ON v.document = d.number
    WHERE d.study = e.study AND d.unique_id = e.unique_id AND d.country = e.country AND d.site = e.site
      AND (e.person = '' OR v.person = e.person) AND (e.event = '' OR v.event = e.event)
      AND v.final <> '' AND v.final <= ?1 AND v.rejected = ''))
FROM expected e WHERE e.study = ?2 AND e.site <> '' GROUP BY e.country, e.site, e.milestone)";

class PlainSql {
public:
    PlainSql(const Workbench& bench, const Study& study) {
        const std::string path = bench.folder + "/copy.sqlite";
        require(copy_file(*bench.disk, bench.repository() + "/ledger.sqlite", *bench.disk, path, Hasher::What::sha256));
        database_ = require(Database::open(path, Database::Mode::open));
        require(database_->make_room_for_changes()); // it is read again and again: its pages shall stay in memory
        require(database_->execute("BEGIN; CREATE TABLE expected (study TEXT NOT NULL, country TEXT NOT NULL, site TEXT NOT NULL, "
                                   "unique_id INTEGER NOT NULL, rule TEXT NOT NULL, person TEXT NOT NULL, event TEXT NOT NULL, "
                                   "milestone TEXT NOT NULL, PRIMARY KEY (study, country, site, unique_id, rule, person, event)) "
                                   "STRICT, WITHOUT ROWID"));
        Statement* const put = require(database_->prepare("INSERT INTO expected VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
        for (const Slot& slot : make_slots(bench.catalogue, study, MilestoneDates(study), {*parse_date(present_day), {}})) {
            put->bind(study.id).bind(slot.country).bind(slot.site).bind(std::int64_t{slot.rule->unique_id}).bind(slot.rule->id);
            require(put->bind(slot.person).bind(slot.event).bind(slot.rule->due.reported).run());
            ++slots_;
        }
        require(database_->execute("COMMIT; ANALYZE"));
    }

    // Groups found; expected and satisfied of them all.
    Total ask(std::size_t& groups) {
        Statement* const rows = require(database_->prepare(query));
        rows->bind(std::string_view(present_day)).bind(std::string_view(big_study));
        Total total;
        for (groups = 0; require(rows->step()); ++groups) {
            total.expected += rows->number(3);
            total.satisfied += rows->number(4);
        }
        return total;
    }
    std::size_t slots() const { return slots_; }

private:
    std::unique_ptr<Database> database_;
    std::size_t slots_ = 0;
};

CompletenessQuestion question() {
    CompletenessQuestion asked;
    asked.as_of = *parse_date(present_day);
    asked.rows = false;
    return asked;
}

} // namespace

void bench_completeness(const Workbench& bench) {
    const auto repository = require(Repository::open(bench.disk, bench.repository(), Repository::Access::read));
    const Study study = require(load_study(repository->ledger(), bench.catalogue, big_study));
    PlainSql plain(bench, study);
    std::size_t groups = 0, found = 0;
    const auto sql = [&] { plain.ask(groups); };
    const Pair all = alternate(
        bench.sizes.rounds,
        [&] {
            const auto loaded = require(load_documents(repository->ledger(), study));
            found = completeness(bench.catalogue, study, loaded.documents, loaded.decisions, question()).by_site.size();
        },
        sql);
    if (found != groups) throw std::runtime_error(fill("the query found {} groups, completeness {}", groups, found));
    const std::string size = fill("{} sites, {} slots", bench.sizes.big_sites, plain.slots());
    const auto loaded = require(load_documents(repository->ledger(), study));
    require(repository->rollups().store_rollups(
        {make_rollup(bench.catalogue, study, loaded.documents, loaded.decisions, Audience::unblinded, *parse_date(present_day))},
        require(repository->ledger().audit_head()).sequence));
    const StudyRecord record = require(study_record(repository->ledger(), big_study));
    const Pair kept = alternate(
        bench.sizes.rounds,
        [&] {
            const auto rollup = require(present_rollup(repository->ledger(), bench.catalogue, record, Audience::unblinded));
            const auto answered = rollup ? answer(*rollup, bench.catalogue, question()) : std::nullopt;
            if (!answered || answered->by_site.size() != groups) throw std::runtime_error("the roll-up does not answer");
        },
        sql);
    print_at_most("completeness-rollup", kept.ratio(), 0.04,
                  fill("{}: {} against {} for SQL EXISTS", size, milliseconds(kept.ours), milliseconds(kept.theirs)));
    print_at_most("completeness-recompute", all.ratio(), 0.6,
                  fill("{}: {} against {} for SQL EXISTS", size, milliseconds(all.ours), milliseconds(all.theirs)));
}

} // namespace bench
