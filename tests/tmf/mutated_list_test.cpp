// 500 lists, damaged as lists get damaged: the program answers each, and the repository holds exactly what it said it had filed.
#include "tests/tmf/filing_bench.hpp"

#include <map>
#include <random>

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

class Mutator {
public:
    explicit Mutator(unsigned seed) : random_(seed) {}
    unsigned pick(std::size_t of) { return static_cast<unsigned>(random_() % std::max<std::size_t>(of, 1)); }

    std::string mutate(std::string bytes) {
        switch (pick(10)) {
        case 0:
            return flip(bytes);
        case 1:
            return bytes.substr(0, pick(bytes.size())); // cut off
        case 2:
            return without_a_line(bytes);
        case 3:
            return replace_all(bytes, ",", pick(2) == 0 ? ";" : "\t"); // another separator, quotes and all
        case 4:
            return insert(bytes, pick(2) == 0 ? "\"" : ";"); // a quote opened, a separator too many
        case 5:
            return insert(bytes, std::vector<std::string>{"\xFC", "\xFF\xFE", "\xEF\xBB\xBF", "\xC3"}[pick(4)]); // encodings mixed
        case 6:
            return with_lines_swapped(bytes);
        case 7:
            return insert(bytes, std::string(pick(2) == 0 ? 70'000 : 3'000, 'x')); // a giant cell
        case 8:
            return insert(bytes, std::string(1 + pick(4), '\0'));
        default:
            return with_columns_swapped(bytes);
        }
    }
    std::string flip(std::string bytes) {
        for (unsigned i = 1 + pick(8); i > 0 && !bytes.empty(); --i) bytes[pick(bytes.size())] = static_cast<char>(pick(256));
        return bytes;
    }

private:
    std::string insert(std::string bytes, const std::string& what) { return bytes.insert(pick(bytes.size()), what); }
    static std::vector<std::string> lines_of(const std::string& bytes) {
        std::vector<std::string> lines(1);
        for (const char c : bytes) {
            lines.back() += c;
            if (c == '\n') lines.emplace_back();
        }
        return lines;
    }
    std::string without_a_line(const std::string& bytes) {
        auto lines = lines_of(bytes);
        lines.erase(lines.begin() + pick(lines.size()));
        return join(lines, "");
    }
    std::string with_lines_swapped(const std::string& bytes) {
        auto lines = lines_of(bytes);
        std::swap(lines[pick(lines.size())], lines[pick(lines.size())]);
        return join(lines, "");
    }
    std::string with_columns_swapped(const std::string& bytes) {
        auto lines = lines_of(bytes);
        for (std::string& line : lines) {
            const std::size_t first = line.find(','), second = line.find(',', first + 1);
            if (second == std::string::npos || pick(3) == 0) continue;
            line = line.substr(first + 1, second - first - 1) + "," + line.substr(0, first) + line.substr(second);
        }
        return join(lines, "");
    }

    std::mt19937 random_;
};

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
