// Bulk import of metadata against `sqlite3 .import` of the very rows, into the same tables and indexes.
#include <cstdlib>

#include "bench/measure.hpp"
#include "bench/workbench.hpp"
#include "core/text.hpp"
#include "tmf/filing.hpp"

namespace bench {

using namespace dossier;
using namespace dossier::tmf;

namespace {

constexpr const char* tables[] = {"document", "version", "audit"};

void shell(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("this failed: " + command);
}

// A repository with one study of so many sites that half of its slots are the documents wanted.
struct Target {
    std::string folder;
    std::unique_ptr<Repository> repository;
    Target(const Workbench& bench, const std::string& name, const Study& study) : folder(bench.folder + "/" + name) {
        require(bench.disk->remove_tree(folder));
        require(Repository::create(bench.disk, folder, author()));
        repository = require(Repository::open(bench.disk, folder, Repository::Access::write));
        require(repository->ledger().commit(author(), {study_change(study)}));
    }
};

void commit_all(Ledger& ledger, const std::vector<MadeDocument>& documents) {
    constexpr std::size_t batch = 1000;
    for (std::size_t at = 0; at < documents.size(); at += batch)
        require(ledger.commit(author(), filing_changes(documents, at, at + batch)));
}

// The rows as CSV, the tables as SQL: from what we wrote, without our search index, which the other side does not have to keep.
void export_rows(const Workbench& bench, const std::string& ledger) {
    for (const char* table : tables)
        shell(fill("sqlite3 -csv '{0}' 'SELECT * FROM {1}' > '{2}/{1}.csv'", ledger, std::string_view(table), bench.folder));
    shell(fill("sqlite3 '{}' \"SELECT sql || ';' FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE "
               "'search%'\" > '{}/tables.sql'",
               ledger, bench.folder));
    std::string script = fill("PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n.read '{}/tables.sql'\n.mode csv\n", bench.folder);
    for (const char* table : tables) script += fill(".import '{0}/{1}.csv' {1}\n", bench.folder, std::string_view(table));
    require(write_new_file(*bench.disk, bench.folder + "/import.sql", script));
}

void import_theirs(const Workbench& bench) {
    const std::string target = bench.folder + "/theirs.sqlite";
    for (const char* part : {"", "-wal", "-shm"}) (void)bench.disk->remove(target + part).has_value();
    shell(fill("sqlite3 '{}' < '{}/import.sql' > '{}/import.out' 2>&1", target, bench.folder, bench.folder));
}

// The same documents as rows of a list; their records are kept elsewhere, so there are no bytes to store.
Table to_list(const std::vector<MadeDocument>& documents) {
    Table table;
    table.path = "LIST.csv";
    for (const MadeDocument& made : documents) {
        TableRow row;
        row.number = static_cast<std::int64_t>(table.rows.size()) + 2;
        const auto set = [&row](const char* column, const std::string& text) {
            if (!text.empty()) row.cells[column] = text;
        };
        set("artifact", fill("{:03}", made.document.unique_id));
        set("title", made.version.title);
        set("country", made.document.country);
        set("site", made.document.site);
        set("person", made.version.person);
        set("event", made.version.event);
        set("date", made.version.date->text());
        set("received", made.version.received->text());
        set("status", made.version.final ? "final" : "draft");
        set("pointer", fill("box {}", made.document.number));
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string remark(const Workbench& bench, const std::vector<MadeDocument>& documents, const Pair& pair) {
    const double rows = 3 * static_cast<double>(documents.size());
    return fill("{} documents ({}): {} rows a second against {} of sqlite3 .import", count(static_cast<double>(documents.size())),
                bench.sizes.name, count(rows / pair.ours), count(rows / pair.theirs));
}

} // namespace

void bench_import(const Workbench& bench) {
    if (std::system("sqlite3 -version > /dev/null 2>&1") != 0) {
        for (const char* line : {"import-ledger", "import-list"}) print_not_measured(line, "sqlite3 is not installed");
        return;
    }
    const Study study = make_study(bench.catalogue, "IMPORT", bench.sizes.import_documents / 60 + 1);
    const auto documents = make_documents(bench.catalogue, study, 50, 0);
    {
        const Target first(bench, "import", study);
        commit_all(first.repository->ledger(), documents);
        export_rows(bench, first.folder + "/ledger.sqlite");
    }
    const auto theirs = [&] { import_theirs(bench); };
    const Pair ledger = alternate(
        bench.sizes.rounds, [&] { commit_all(Target(bench, "import", study).repository->ledger(), documents); }, theirs);
    print_at_least("import-ledger", 1 / ledger.ratio(), 0.5, remark(bench, documents, ledger));
    const Table list = to_list(documents);
    const Pair rows = alternate(
        bench.sizes.rounds,
        [&] {
            const Target target(bench, "import", study);
            require(file_rows(*target.repository, {bench.catalogue, study, *bench.disk, bench.folder, false, false, author()}, list, {}));
        },
        theirs);
    print_at_least("import-list", 1 / rows.ratio(), 0.5, remark(bench, documents, rows) + "; rows checked one by one, one commit");
}

} // namespace bench
