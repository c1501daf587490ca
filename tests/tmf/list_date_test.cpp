#include <catch2/catch.hpp>

#include "tmf/list_date.hpp"

using namespace dossier;
using namespace dossier::tmf;

namespace {

std::string read(const std::string& text) {
    const auto date = parse_list_date(text);
    return date ? date->text() : date.error().message;
}

} // namespace

TEST_CASE("dates in lists: every spelling that can mean one day only") {
    for (const char* text : {"2025-06-30", " 2025-06-30 ", "20250630", "2025/06/30", "2025.6.30", "30-JUN-2025", "30 June 2025",
                             "30. June 2025", "June 30, 2025", "Jun 30th, 2025", "30/06/2025", "06/30/2025", "30.06.2025", "2025-Jun-30",
                             "2025-06-30T00:00:00", "2025-06-30T00:00:00.000Z", "2025-06-30 00:00:00"}) {
        INFO(text);
        CHECK(read(text) == "2025-06-30");
    }
    for (const char* text : {"3. M\xC3\xA4rz 2025", "3. Maerz 2025", "3.M\xC3\xA4r.2025", "03-MRZ-2025", "3 mars 2025", "3 MARS 2025"}) {
        INFO(text);
        CHECK(read(text) == "2025-03-03");
    }
    CHECK(read("1er ao\xC3\xBBt 2025") == "2025-08-01");
    CHECK(read("14 f\xC3\xA9vr. 2025") == "2025-02-14");
    CHECK(read("31. Dezember 2024") == "2024-12-31");
    CHECK(read("2 juin 2025") == "2025-06-02");
    CHECK(read("2 juil. 2025") == "2025-07-02");
    CHECK(read("2 jui 2025") == "\"2 jui 2025\" is not a date"); // juin or juillet
    CHECK(read("05/05/2025") == "2025-05-05");                   // day and month are the same
    CHECK(read("29 Feb 2024") == "2024-02-29");
}

TEST_CASE("dates in lists: what may be two days is an error that says why") {
    CHECK(read("03/04/2025") == "\"03/04/2025\" can be 2025-03-04 or 2025-04-03: which number is the month cannot be known");
    CHECK(read("3.4.2025") == "\"3.4.2025\" can be 2025-03-04 or 2025-04-03: which number is the month cannot be known");
    CHECK(read("30/06/25") == "\"30/06/25\": the year has only 2 digits");
    CHECK(read("30-Jun-25") == "\"30-Jun-25\": the year has only 2 digits");
}

TEST_CASE("dates in lists: what is none") {
    for (const char* text : {"soon", "2025", "06/2025", "2025-06-30 14:30", "1/2/3/2025", "13 13 2025 x", "Juny 30 2025", "99999999999"}) {
        INFO(text);
        CHECK(read(text) == "\"" + std::string(text) + "\" is not a date");
    }
    CHECK(read("2025-02-30") == "\"2025-02-30\": there is no such day");
    CHECK(read("31/06/2025") == "\"31/06/2025\": there is no such day");
    CHECK(read("45828") == "\"45828\" is not a date"); // see below
}

TEST_CASE("dates in lists: a spreadsheet's day number") {
    CHECK(date_of_day_number(" 45838 ").value().text() == "2025-06-30"); // 45838 days after 1899-12-30, as spreadsheets show it
    CHECK(date_of_day_number("45351").value().text() == "2024-02-29");
    // date(2025, 6, 30) - date(1904, 1, 1) in Python: 44376 days.
    CHECK(date_of_day_number("44376", true).value().text() == "2025-06-30");
    for (const char* text : {"2025", "19999", "70000", "045838", "45838.5", "4583a", ""}) CHECK_FALSE(date_of_day_number(text));
}
