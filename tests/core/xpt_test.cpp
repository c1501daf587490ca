#include <catch2/catch.hpp>

#include "core/xpt.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

std::string filled(std::string text, std::size_t length) {
    text.resize(length, ' ');
    return text;
}

std::string header(const std::string& kind, const std::string& numbers) {
    return filled("HEADER RECORD*******" + filled(kind, 8) + "HEADER RECORD!!!!!!!" + numbers, 80);
}

std::string column(const std::string& name, bool text, int length, int offset) { // NAMESTR of TS-140, 140 bytes
    std::string bytes{'\0', static_cast<char>(text ? 2 : 1), '\0', '\0', '\0', static_cast<char>(length), '\0', '\1'};
    bytes += filled(name, 8) + filled("", 56) + std::string(12, '\0');
    bytes += std::string{'\0', '\0', '\0', static_cast<char>(offset)};
    bytes.resize(140, '\0');
    return bytes;
}

std::string transport(const std::string& columns, const std::string& count, const std::string& rows) {
    const std::string zeros(30, '0');
    std::string bytes = header("LIBRARY", zeros) + std::string(160, ' ') + header("MEMBER", "000000000000000001600000000140") +
                        header("DSCRPTR", zeros) + filled("SAS     TS      SASDATA 9.4", 160) +
                        header("NAMESTR", "000000" + count + "00000000000000000000") + columns;
    bytes.resize((bytes.size() + 79) / 80 * 80, ' ');
    bytes += header("OBS", zeros) + rows;
    bytes.resize((bytes.size() + 79) / 80 * 80, ' ');
    return bytes;
}

} // namespace

TEST_CASE("text columns of a transport file are read, numbers left alone, blanks at the end dropped") {
    const std::string columns = column("STUDYID", true, 5, 0) + column("SEQ", false, 8, 5) + column("VAL", true, 7, 13);
    const auto data = parse_xpt(transport(columns, "0003", std::string("S1   12345678a b    S2   12345678       ")), "ts.xpt");
    REQUIRE(data);
    CHECK(data->name == "TS");
    REQUIRE(data->rows.size() == 2);
    CHECK(data->rows[0] == std::vector<std::string>{"S1", "", "a b"});
    CHECK(data->rows[1] == std::vector<std::string>{"S2", "", ""});
    CHECK(data->column("VAL") == 2);
    CHECK(data->column("NONE") == 3);
}

TEST_CASE("what is no transport file, is cut or lies about its columns is an error") {
    const std::string good = transport(column("A", true, 80, 0), "0001", std::string(80, 'x'));
    REQUIRE(parse_xpt(good, "a")->rows.size() == 1);
    CHECK_FALSE(parse_xpt("", "a"));
    CHECK_FALSE(parse_xpt("STUDYID,TSPARMCD\n", "a"));
    for (std::size_t length : {79, 240, 400, 640, 700, 840}) CHECK_FALSE(parse_xpt(good.substr(0, length), "a"));
    CHECK_FALSE(parse_xpt(transport(column("A", true, 80, 0), "9999", "x"), "a"));
    CHECK_FALSE(parse_xpt(transport(column("A", true, 0, 0), "0001", "x"), "a")); // a row of no bytes would never end
    CHECK_FALSE(parse_xpt(good, "a", {100, 10}));
    CHECK_FALSE(parse_xpt(good, "a", {1 << 20, 0}));
}

TEST_CASE("the trial summary of the CDISC pilot is read whole") {
    const std::string file =
        test::shared_or_skip("real/cdisc-pilot/updated-pilot-submission-package/900172/m5/datasets/cdiscpilot01/tabulations/sdtm/ts.xpt");
    const auto data = parse_xpt(test::read_bytes(file), file);
    REQUIRE(data);
    // 22160 bytes: 8 headers of 80, 6 column descriptions of 140 filled up to 880, one header; rows of 12 + 2 + 8 + 200 + 200 + 200 = 622
    // bytes, so 33 of them and 34 blanks.
    CHECK(data->rows.size() == 33);
    for (const auto& row : data->rows) CHECK(row.at(0) == "CDISCPILOT01");
    CHECK(data->rows[0][3] == "ADDON");
    CHECK(data->rows[0][5] == "Y");
}
