// ISO 8601 as CDISC's data sets hold it: the examples follow from the standard's extended format (4.1.2, 4.2.2, 4.2.5, 4.3.2).
#include <catch2/catch.hpp>

#include "ectd/iso_date.hpp"

using dossier::ectd::is_iso_date;

TEST_CASE("dates, dates without their last parts and dates with a time are dates of ISO 8601") {
    for (const char* const text :
         {"2013", "2013-05", "2013-05-02", "2024-02-29", "2013-05-02T10", "2013-05-02T10:30", "2013-05-02T10:30:59",
          "2013-05-02T10:30:59.25", "2013-05-02T10:30Z", "2013-05-02T10:30:00+02:00", "2013-05-02T10-05"}) {
        INFO(text);
        CHECK(is_iso_date(text));
    }
}

TEST_CASE("what only begins like a date of ISO 8601 is none") {
    for (const char* const text : {"",
                                   "13",
                                   "201",
                                   "2013-",
                                   "2013-5",
                                   "2013-05-",
                                   "2013-05-0",
                                   "2013-13",
                                   "2013-02-29",
                                   "2013-05-02T",
                                   "2013-05-02T24",
                                   "2013-05-02T1",
                                   "2013-05-02T10:",
                                   "2013-05-02T10:60",
                                   "2013-05-02T10:30:",
                                   "2013-05-02T10.5",
                                   "2013-05-02Tgarbage",
                                   "2013-05-02 10:30",
                                   "2013-05-02T10:30:59.",
                                   "2013-05-02T10:30:00:00",
                                   "2013-05-02T10:30+",
                                   "2013-05-02T10:30+02:00:00",
                                   "2013-05-02Z",
                                   "20130502",
                                   "02MAY2013",
                                   "2013-05-02T10:30ZZ"}) {
        INFO(text);
        CHECK_FALSE(is_iso_date(text));
    }
}
