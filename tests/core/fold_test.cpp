// Text for comparing.
#include <catch2/catch.hpp>

#include "core/fold.hpp"

using namespace dossier;

TEST_CASE("values that a person takes for the same are alike, whatever blanks, dashes, accents and case they are written with") {
    for (const char* const same :
         {"Acme Pharma", "ACME PHARMA", "Acm\u00e9 Pharma", "ACM\u00c9 pharma", "Acme\u00a0Pharma", "Acme\tPharma", "Ac\u200bmePharma",
          "Acme-Pharma", "Acme\u2013Pharma", "Acme_Pharma ", "\ufeffAcme\u3000Pharma", "Acme\u2009Pharma\u2060", "Ac\u00adme Pharma"}) {
        INFO(same);
        CHECK(likeness(same) == "acmepharma");
    }
    CHECK(likeness("Acme Pharma 2") != likeness("Acme Pharma"));
    CHECK(likeness("\u03b1-Acme") != likeness("\u03b2-Acme"));
    CHECK(without_blanks("a\u0080\u009fb\u3164\u061cc") == "abc");
    CHECK(without_blanks("a\u00a0b c\u200b-\u20ac\u2026\u00b5") == "abc-\u20ac\u2026\u00b5"); // what is seen stays
}

TEST_CASE("a text of which nothing would be seen says nothing") {
    for (const char* const unseen : {"", " ", "\t\r\n", "\u00a0", "\u200b", "\u200c\u200d", "\u200e \u200f", "\u2060", "\ufeff", "\u00ad",
                                     "\u180e", "\x01\x1f\x7f", "\u0085\u009f", "\u2028\u3000", "\u2800", "\u3164", " \u00a0\u200b\ufeff "})
        CHECK(seen_text(unseen).empty());
    CHECK(seen_text(" .\u00a0") == ".");
    CHECK(seen_text("a\u200bb") == "a\u200bb"); // what somebody wrote stays
    CHECK(seen_text("\u00e9") == "\u00e9");
    CHECK(seen_text("\u65e5\u672c") == "\u65e5\u672c");
}
