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
    CHECK(read("03042025") == "\"03042025\": eight digits are read as year, month, day, and here the year stands last");
    CHECK(read("20251332") == "\"20251332\": there is no such day"); // 1332 is no year of ours
    CHECK(read("2025-02-30") == "\"2025-02-30\": there is no such day");
    CHECK(read("31/06/2025") == "\"31/06/2025\": there is no such day");
    CHECK(read("45828") == "\"45828\" is not a date"); // see below
}

TEST_CASE("dates in lists: a spreadsheet's day number") {
    CHECK(date_of_day_number(" 45838 ").value().date.text() == "2025-06-30"); // 45838 days after 1899-12-30, as spreadsheets show it
    CHECK(date_of_day_number("45351").value().date.text() == "2024-02-29");
    // date(2025, 6, 30) - date(1904, 1, 1) in Python: 44376 days.
    CHECK(date_of_day_number("44376", true).value().date.text() == "2025-06-30");
    for (const char* text : {"2025", "19999", "70000", "045838", "45838.", ".45838", "45838.5.5", "4583a", ""})
        CHECK_FALSE(date_of_day_number(text));
}

TEST_CASE("dates in lists: a day number with a fraction is a day and its time") {
    // 14:30 is 870 of the 1440 minutes of a day: 870 / 1440 = 0.6041666…
    for (const char* text : {"45838.604166666664", "45838,6041667", "45838.60417"}) {
        const auto day = date_of_day_number(text);
        REQUIRE(day);
        CHECK(day->date.text() == "2025-06-30");
        CHECK(day->time == "14:30");
    }
    CHECK(date_of_day_number("45838.0")->time.empty());
    CHECK(date_of_day_number("45837.99999999999")->date.text() == "2025-06-30"); // midnight, but for what a binary number cannot hold
}

TEST_CASE("dates in lists: a time of day behind the day is told apart, and only where it is one") {
    const auto day_of = [](const std::string& text) {
        const auto day = parse_list_day(text);
        return day ? day->date.text() + "|" + day->time : day.error().message;
    };
    for (const char* time :
         {"14:30", "14:30:05", "14:30:05.123", "2:30 PM", "2:30pm", "14:30Z", "14:30+02:00", "14:30:00 UTC", "23:59", "0:01"})
        CHECK(day_of("2025-06-30 " + std::string(time)) == "2025-06-30|" + std::string(time));
    CHECK(day_of("2025-06-30T14:30:00Z") == "2025-06-30|14:30:00Z");
    CHECK(day_of("30.06.2025, 14:30") == "2025-06-30|14:30");
    CHECK(day_of("30-Jun-2025 14:30") == "2025-06-30|14:30");
    for (const char* midnight : {" 00:00", " 0:00", " 00:00:00", "T00:00:00.000Z", "T00:00:00+02:00", " 12:00:00 AM", ""})
        CHECK(day_of("2025-06-30" + std::string(midnight)) == "2025-06-30|");
    CHECK(day_of("2025-06-30 12:00 PM") == "2025-06-30|12:00 PM"); // noon
    for (const char* text : {"2025-06-30 25:30", "2025-06-30 14:75", "2025-06-30 14.30", "2025-06-30 :30", "14:30", "2025-06-30 14:30 x"})
        CHECK(day_of(text) == "\"" + std::string(text) + "\" is not a date");
    CHECK(day_of("03/04/2025 14:30") == "\"03/04/2025 14:30\" can be 2025-03-04 or 2025-04-03: which number is the month cannot be known");
}
