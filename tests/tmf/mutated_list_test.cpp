// 500 lists, damaged as lists get damaged: the program answers each, and the repository holds exactly what it said it had filed.
#include "tests/tmf/filing_bench.hpp"
#include "tests/tmf/mutator.hpp"

#include <map>

using namespace tmf_test;

namespace {

const std::string sound_list = "file,artifact,title,site,person,event,date,document,version,status,language\n"
                               "files/a.txt,05.02.04,\"Lebenslauf, M\xC3\xBCller\",701,P1,,2025-01-20,CV,1.0,final,de\n"
                               "files/b.txt,05.02.04,Curriculum vitae,701,P1,,2025-06-20,CV,2.0,final,en\n"
                               "files/c.txt,02.01.02,Protocol,,,,2025-01-05,,1.0,final,en\n"
                               "files/d.txt,02.01.04,Amendment,,,A1,15-JUN-2025,,1.0,draft,en\n"
                               "files/a.txt,05.02.12,Contract,0702,,,2025-07-01,,1.0,final,\n"
                               "files/b.txt,01.01.08,\"Monitoring \"\"plan\"\"\",,,,2025-02-01,MP,1.0,final,\n"
                               "files/c.txt,05.02.18,Delegation log,701,,,20250303,,,final,\n"
                               "files/d.txt,05.04.03,Report,0702,,,2025-09-09,,1.0,final,en\n";

// What was acknowledged: the version, and which bytes and title it was filed with.
using Held = std::map<std::string, std::string>;

Held held_by(Repository& repository) {
    Held held;
    const auto done = repository.ledger().each_document({}, [&held](const StoredDocument& stored) {
        for (const VersionRecord& version : stored.versions)
            held[fill("{}@{}", document_id(version.document), version.number)] = version.file_name + " " + version.title;
        return Result<void>();
    });
    REQUIRE(done);
    return held;
}

void acknowledge(const FilingOutcome& outcome, Held& held) {
    for (const FiledRow& row : outcome.filed) {
        const std::string id = fill("{}@{}", document_id(row.document), row.version);
        CHECK((held.count(id) > 0) == row.was_there);
        if (!row.was_there) held[id] = row.file + " " + row.title;
    }
}

std::string as_workbook(FilingBench& bench) {
    const auto table = bench.parse(sound_list);
    REQUIRE(table);
    Sheet sheet{"List", table->header, {}};
    for (const TableRow& row : table->rows) {
        std::vector<SheetCell> cells;
        for (const std::string& column : table->header) cells.emplace_back(row.cell(column));
        sheet.rows.push_back(std::move(cells));
    }
    REQUIRE(write_xlsx(bench.scratch / "LIST.xlsx", {sheet}));
    return test::read_bytes(bench.scratch / "LIST.xlsx");
}

void try_lists(unsigned first, unsigned last) {
    FilingBench bench;
    const std::string workbook = as_workbook(bench);
    Held held;
    int taken = 0, refused = 0;
    for (unsigned seed = first; seed < last; ++seed) {
        INFO("seed " << seed);
        Mutator mutator(seed);
        const std::string list =
            seed % 4 == 0 ? mutator.flip(workbook) : mutator.mutate(seed % 3 == 0 ? mutator.mutate(sound_list) : sound_list);
        const auto outcome = bench.import(list, seed % 2 == 0);
        if (outcome)
            acknowledge(*outcome, held);
        else
            CHECK_FALSE(outcome.error().message.empty());
        ++(outcome ? taken : refused);
        REQUIRE(held_by(*bench.repository) == held);
        const auto report = check_repository(*bench.repository, {});
        REQUIRE(report);
        REQUIRE(report->sound());
    }
    CHECK(taken > 0);
    CHECK(refused > 0);
    CheckOptions thorough;
    thorough.read_data = true; // every object has the bytes that its name says
    const auto report = check_repository(*bench.repository, thorough);
    REQUIRE(report);
    CHECK(report->sound());
}

} // namespace

TEST_CASE("lists: after each of 500 damaged lists the repository is sound and holds exactly what was acknowledged") {
    for (unsigned first = 0; first < 500; first += 100) try_lists(first, first + 100);
}
