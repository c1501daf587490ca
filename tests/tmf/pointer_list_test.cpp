// Lists of many records that are kept elsewhere: each is looked for among those that are filed.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

// 40 of one artifact at one site, more than are asked for one by one; the last one is restricted.
std::string list_of(const std::string& date, const std::string& site = "701") {
    std::string list = "pointer,artifact,title,site,date,status,restricted\n";
    for (int i = 1; i <= 40; ++i)
        list += fill("binder {},05.02.12,Letter {},{},{},final,{}\n", i, i, site, date, std::string_view(i == 40 ? "yes" : ""));
    return list;
}

std::size_t number_of(const Json& outcome, const std::string& key) { return outcome.find(key)->items().size(); }

} // namespace

TEST_CASE("pointers: a long list that comes again files none twice, whatever was corrected or sealed meanwhile") {
    const Program p;
    const auto import = [&p](const std::string& list) {
        p.scratch.write("LIST.csv", list);
        return p.json({"tmf", "import", "LIST.csv", "--study", "S"});
    };
    CHECK(number_of(import(list_of("2025-05-06")), "filed") == 40);
    p.require({"tmf", "reindex", "D-000030", "--date", "2025-05-07", "--reason", "misread"});
    const Json again = import(list_of("2025-05-06"));
    CHECK(number_of(again, "filed") == 0);
    CHECK(number_of(again, "already") == 40);
    // Another day or another site is another record; the one that was corrected to that day is there.
    const Json later = import(list_of("2025-05-07"));
    CHECK(number_of(later, "filed") == 39);
    CHECK(later.find("already")->items()[0].find("document")->text() == "D-000030");
    CHECK(number_of(import(list_of("2025-05-06", "0702")), "filed") == 40);
    CHECK(number_of(import(list_of("2025-05-06", "0702")), "already") == 40);
}
