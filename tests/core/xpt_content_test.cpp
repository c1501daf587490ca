#include <catch2/catch.hpp>

#include "core/path.hpp"
#include "core/xpt.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/trial_summary.hpp"

using namespace dossier;

namespace {

XptContent content_of(const std::string& bytes) {
    const auto memory = make_memory_file_system();
    REQUIRE(write_new_file(*memory, "/a.xpt", bytes));
    auto file = memory->open("/a.xpt");
    REQUIRE(file);
    const auto content = read_xpt_content(**file);
    REQUIRE(content);
    return *content;
}

std::string record(std::string text) {
    text.resize(80, ' ');
    return text;
}

std::string header(const std::string& kind, const std::string& numbers = std::string(30, '0')) {
    return record("HEADER RECORD*******" + (kind + "        ").substr(0, 8) + "HEADER RECORD!!!!!!!" + numbers);
}

std::string library() { return header("LIBRARY") + record("") + record(""); }

// A data set of one text column of this width (TS-140).
std::string member(const std::string& name, const std::string& label, int width, const std::string& rows) {
    std::string column{'\0', '\2', '\0', '\0', '\0', static_cast<char>(width), '\0', '\1'};
    column += ("VALUE   " + std::string("What was measured")).substr(0, 8 + 17) + std::string(23, ' ');
    column.resize(140, '\0');
    std::string bytes = header("MEMBER", "000000000000000001600000000140") + header("DSCRPTR") +
                        record("SAS     " + (name + "        ").substr(0, 8) + "SASDATA 9.4") + record(std::string(32, ' ') + label);
    bytes += header("NAMESTR", "000000000100000000000000000000") + column + std::string(20, ' ') + header("OBS") + rows;
    bytes.resize((bytes.size() + 79) / 80 * 80, ' ');
    return bytes;
}

} // namespace

TEST_CASE("every data set of a transport file is told with its variables and rows") {
    const XptContent content = content_of(library() + member("AE", "Adverse Events", 30, std::string(30 * 7, 'x')) +
                                          member("DM", "Demographics", 100, std::string(100 * 3, 'y')) + member("EMPTY", "", 5, ""));
    CHECK(content.problem.empty());
    REQUIRE(content.members.size() == 3);
    CHECK(content.members[0].name == "AE");
    CHECK(content.members[0].label == "Adverse Events");
    CHECK(content.members[0].rows == 7); // 210 bytes, 30 blanks behind them: one row more would fit, and is none
    REQUIRE(content.members[0].variables.size() == 1);
    CHECK(content.members[0].variables[0].name == "VALUE");
    CHECK(content.members[0].variables[0].label == "What was measured");
    CHECK(content.members[0].variables[0].is_text);
    CHECK(content.members[0].variables[0].length == 30);
    CHECK(content.members[1].rows == 3); // 300 bytes and 20 blanks
    CHECK(content.members[2].rows == 0);
}

TEST_CASE("what is wrong with a transport file is its problem, with the byte, and what came before is told") {
    const std::string good = library() + member("AE", "", 80, std::string(160, 'x'));
    CHECK(content_of(good).members.at(0).rows == 2);
    CHECK_THAT(content_of(good + header("NONSENSE")).problem, Catch::Equals("")); // as far as anybody can tell, a row that looks odd
    CHECK_THAT(content_of(good + member("DM", "", 80, "").substr(0, 200)).problem, Catch::Contains("byte"));
    CHECK(content_of(good + member("DM", "", 80, "").substr(0, 200)).members.at(0).rows == 2);
    CHECK_THAT(content_of(library()).problem, Catch::Contains("ends too early"));
    CHECK_THAT(content_of(library() + member("AE", "", 0, "")).problem, Catch::Contains("no sensible row"));
    std::string version_8 = good;
    version_8.replace(20, 7, "LIBV8  ");
    CHECK_THAT(content_of(version_8).problem, Catch::Contains("version 8"));
}

TEST_CASE("the data sets of the CDISC pilot have the rows that its authors publish") { // reviewers' guides: subjects, events
    const std::string data = test::shared_or_skip("real/cdisc-pilot/updated-pilot-submission-package/900172/m5/datasets/cdiscpilot01");
    const std::vector<std::pair<std::string, std::uint64_t>> known = {{"tabulations/sdtm/dm.xpt", 306},
                                                                      {"tabulations/sdtm/ae.xpt", 1191},
                                                                      {"analysis/adam/datasets/adsl.xpt", 254},
                                                                      {"analysis/adam/datasets/adae.xpt", 1191},
                                                                      {"analysis/adam/datasets/adtte.xpt", 254}};
    const auto disk = make_disk_file_system();
    for (const auto& [name, rows] : known) {
        INFO(name);
        auto file = disk->open(path::join(data, name));
        REQUIRE(file);
        const auto content = read_xpt_content(**file);
        REQUIRE(content);
        CHECK(content->problem.empty());
        REQUIRE(content->members.size() == 1);
        CHECK(content->members[0].rows == rows);
    }
}
