#include <catch2/catch.hpp>

#include "ectd/names.hpp"

using namespace dossier::ectd;

TEST_CASE("names are made legal by ICH's rules: a-z, 0-9, hyphen, one extension, at most 64 characters") {
    CHECK(legal_name("Cover Letter_1.PDF") == "cover-letter-1.pdf");
    CHECK(legal_name("study.report.v2.pdf") == "study-report-v2.pdf");
    CHECK(legal_name("Alzheimer's (final).pdf") == "alzheimers-final.pdf");
    CHECK(legal_name(std::string(100, 'a') + ".pdf").size() == 64);
    CHECK(legal_folder("Drug A / Alpha") == "drug-a-alpha");
    CHECK(legal_name("Prüfplan_ß.pdf") == "pruefplan-ss.pdf"); // as German is written without umlauts
    CHECK(legal_folder("Ölsäure") == "oelsaeure");
    CHECK(legal_folder("Café Łódź") == "cafe-lodz");
    CHECK(has_legal_letter("Ω3"));
    CHECK_FALSE(has_legal_letter("日本"));
    CHECK(legal_folder_of({"", "Tablet"}) == "tablet");
    CHECK(legal_folder_of({"", ""}).empty());
    CHECK(is_legal_name("cover-letter-1.pdf"));
    CHECK_FALSE(is_legal_name("Cover.pdf"));
    CHECK_FALSE(is_legal_name("cover"));
    CHECK_FALSE(is_legal_name("cover.v2.pdf"));
    CHECK_FALSE(is_legal_name(".pdf"));
    CHECK_FALSE(is_legal_name(std::string(61, 'a') + ".pdf"));
    CHECK_FALSE(is_legal_name("a_b.xpt"));
    CHECK(is_legal_name("a_b.xpt", true));
}
