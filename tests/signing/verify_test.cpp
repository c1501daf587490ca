#include <catch2/catch.hpp>

#include <random>

#include "core/text.hpp"
#include "tests/signing/forge.hpp"
#include "tests/signing/signed.hpp"

TEST_CASE("one signature is valid, the first of two is valid and extended") {
    for (const std::string& form : test::source_forms()) {
        INFO(form);
        const std::string once = test::sign(test::source_pdf(form), "anna"), twice = test::sign(once, "carl", "Review");
        const auto first = test::verify(once);
        CHECK(first.code == 0);
        CHECK(first.json.find("verdict")->text() == "valid");
        CHECK(first.verdict(0) == "valid");
        CHECK(first.reason(0).empty());
        const auto both = test::verify(twice);
        CHECK(both.code == 0);
        CHECK(both.json.find("verdict")->text() == "valid_extended");
        CHECK(both.verdict(0) == "valid_extended");
        CHECK(both.later(0) == std::vector<std::string>{"a signature Signature2 was added"});
        CHECK(both.verdict(1) == "valid");
        CHECK(both.later(1).empty());
    }
}

TEST_CASE("a verification says in JSON what docs/design.md promises") {
    const auto verified = test::verify(test::sign(test::source_pdf(), "anna"));
    std::vector<std::string> keys;
    for (const auto& [key, value] : verified.json.members()) keys.push_back(key);
    CHECK(keys == std::vector<std::string>{"report_version", "file", "verdict", "signatures"});
    CHECK(verified.json.find("report_version")->integer() == 1);
    CHECK(verified.text(0, "signer") == "Anna Łęcka-Müller");
    CHECK(verified.text(0, "meaning") == "Approval");
    CHECK(verified.text(0, "signed_at") == test::sign_time);
    CHECK(verified.text(0, "time_source") == "claimed");
    CHECK(verified.text(0, "level") == "B-B");
    CHECK(verified.text(0, "coverage") == "entire_file");
    CHECK(verified.text(0, "revocation") == "not_checked");
}

TEST_CASE("who is not trusted leaves a signature undecided, with the reason") {
    const std::string pdf = test::sign(test::source_pdf(), "anna"), eve = test::sign(test::source_pdf(), "eve"),
                      lee = test::sign(test::source_pdf(), "lee");
    const auto nobody = test::verify(pdf, "");
    CHECK(nobody.code == 10);
    CHECK(nobody.verdict(0) == "indeterminate");
    CHECK_THAT(nobody.reason(0), Catch::Contains("no certificate was named as trusted"));
    CHECK(test::verify(eve).verdict(0) == "indeterminate");
    CHECK_THAT(test::verify(eve).reason(0), Catch::Contains("Another Root") && Catch::Contains("not among the trusted"));
    CHECK(test::verify(eve, "other.crt").verdict(0) == "valid");
    CHECK(test::verify(pdf, "issuing.crt").verdict(0) == "valid"); // the issuing authority named alone
    CHECK(test::verify(pdf, "other.crt").verdict(0) == "indeterminate");
    CHECK(test::verify(lee).verdict(0) == "indeterminate");
    CHECK_THAT(test::verify(lee).reason(0), Catch::Contains("Test Authority Without Right") && Catch::Contains("without the right"));
    CHECK(test::verify(pdf, "ca.cnf").code == 3); // no certificate in it
}

TEST_CASE("certificates are judged as of --at") {
    const std::string pdf = test::sign(test::source_pdf(), "old", "Approval", "2020-06-01T00:00:00Z");
    CHECK(test::verify(pdf, "trust", "2020-07-01T00:00:00Z").verdict(0) == "valid");
    const auto later = test::verify(pdf, "trust", "2026-01-01T00:00:00Z");
    CHECK(later.verdict(0) == "indeterminate");
    CHECK_THAT(later.reason(0), Catch::Contains("Otto Old expired on 2021-01-01T00:00:00Z"));
    CHECK(test::verify(pdf, "trust", "yesterday").code == 2);
}

TEST_CASE("a claimed time outside the certificate's validity is doubted") {
    test::Forgery forgery;
    forgery.cms = {"-cades", "-signer", "old.crt", "-inkey", "old.key", "-certfile", "issuing.crt"}; // claims 2026, valid in 2020
    const auto verified = test::verify(test::forge(test::source_pdf(), forgery), "trust", "2020-07-01T00:00:00Z");
    CHECK(verified.verdict(0) == "indeterminate");
    CHECK_THAT(verified.reason(0), Catch::Contains("claimed time"));
}

TEST_CASE("no byte of a signed file can be changed unnoticed") {
    const std::string pdf = test::sign(test::source_pdf(), "anna");
    const test::Gap gap = test::gap_of(pdf);
    std::mt19937 random(20261123);
    int mismatches = 0, agreed = 0, unreadable = 0;
    for (int round = 0; round < 50; ++round) {
        std::size_t at = random() % pdf.size();
        while (at >= gap.start && at < gap.end) at = random() % pdf.size();
        std::string changed = pdf;
        changed[at] = static_cast<char>(changed[at] ^ (1 << random() % 8));
        INFO("byte " << at << ": '" << pdf[at] << "' became '" << changed[at] << "'");
        const auto verified = test::verify(changed);
        if (verified.code == 3) { // the flip left nothing that can be read as a PDF: noticed, too
            CHECK_FALSE(verified.err.empty());
            ++unreadable;
            continue;
        }
        CHECK(verified.code == 10);
        const auto* const signatures = verified.json.find("signatures");
        REQUIRE(signatures);
        REQUIRE(signatures->items().size() == 1);
        CHECK(verified.verdict(0) == "invalid");
        const bool digest = verified.reason(0).find("digest differs") != std::string::npos;
        const auto poppler = test::pdfsig(changed);
        CHECK(poppler.intact == 0);
        mismatches += digest;
        agreed += digest && poppler.mismatch == 1;
    }
    CHECK(unreadable <= 5);          // its skeleton is small
    CHECK(mismatches > 30);          // most bytes are content
    CHECK(agreed >= mismatches - 3); // poppler reads the dates of the dictionary and some broken names otherwise
}

TEST_CASE("a changed byte inside /Contents is found too") {
    const std::string pdf = test::sign(test::source_pdf(), "anna");
    const test::Gap gap = test::gap_of(pdf);
    for (std::size_t at = gap.start + 1; at < gap.start + 3000; at += 131) {
        std::string changed = pdf;
        changed[at] = changed[at] == '0' ? '1' : '0';
        INFO("byte " << at - gap.start << " of /Contents");
        // A certificate that is only helpful for the chain, or an encoding nobody reads, may still differ: never "valid" with another
        // signer.
        const auto verified = test::verify(changed);
        CHECK((verified.verdict(0) == "invalid" || verified.verdict(0) == "indeterminate"));
    }
}

TEST_CASE("a file without a signature is said to have none") {
    const auto verified = test::verify(test::source_pdf());
    CHECK(verified.code == 10);
    CHECK(verified.json.find("verdict")->text() == "indeterminate");
    CHECK_THAT(verified.json.find("reason")->text(), Catch::Contains("no signature"));
    CHECK(verified.json.find("signatures")->items().empty());
}

TEST_CASE("what cannot be read ends with an error and the byte") {
    const std::string pdf = test::sign(test::source_pdf(), "anna");
    const auto cut = test::verify(pdf.substr(0, pdf.size() - 1500));
    CHECK(cut.code == 3);
    CHECK_THAT(cut.err,
               Catch::Contains("signed.pdf") && Catch::Contains("truncated") && Catch::Contains(std::to_string(pdf.size() - 1500)));
    CHECK(test::verify("Dear all").code == 3);
    CHECK(test::verify("").code == 3);
    CHECK(test::dossier({"verify", "/nowhere.pdf"}).code == 3);
}

TEST_CASE("a file that was cut inside its second signature keeps the verdict on the first") {
    const std::string once = test::sign(test::source_pdf(), "anna"), twice = test::sign(once, "carl");
    const auto verified = test::verify(twice.substr(0, twice.size() - 200));
    CHECK(verified.verdict(0) == "modified"); // what follows the first signature cannot be read
    CHECK_THAT(verified.reason(0), Catch::Contains("cannot be trusted"));
    CHECK(test::verify(once).verdict(0) == "valid");
}

TEST_CASE("signatures of other programs are judged as well") {
    test::Forgery forgery;
    forgery.sub_filter = "adbe.pkcs7.detached";
    forgery.cms = {"-signer",  "anna.crt",  "-inkey",
                   "anna.key", "-certfile", "issuing.crt"}; // with a signing time, without signing-certificate-v2
    const auto plain = test::verify(test::forge(test::source_pdf(), forgery));
    CHECK(plain.verdict(0) == "valid");
    CHECK(plain.text(0, "level") == "CMS");
    CHECK(test::verify(test::forge(test::source_pdf())).verdict(0) == "valid");
    forgery.cms = {"-signer", "anna.crt", "-inkey", "anna.key", "-certfile", "issuing.crt", "-md", "sha512"};
    CHECK(test::verify(test::forge(test::source_pdf(), forgery)).verdict(0) == "valid");
    forgery.cms = {"-signer", "anna.crt", "-inkey", "anna.key", "-certfile", "issuing.crt", "-md", "sha1"};
    const auto weak = test::verify(test::forge(test::source_pdf(), forgery));
    CHECK(weak.verdict(0) == "indeterminate");
    CHECK_THAT(weak.reason(0), Catch::Contains("SHA1"));
    forgery.cms = {"-signer", "box.crt", "-inkey", "box.key", "-certfile", "issuing.crt"};
    const auto box = test::verify(test::forge(test::source_pdf(), forgery));
    CHECK(box.verdict(0) == "indeterminate");
    CHECK_THAT(box.reason(0), Catch::Contains("not for signatures"));
    forgery.sub_filter = "adbe.x509.rsa_sha1";
    CHECK(test::verify(test::forge(test::source_pdf(), forgery)).verdict(0) == "indeterminate");
}
