#include <catch2/catch.hpp>

#include "core/digest.hpp"
#include "core/text.hpp"
#include "tests/signing/signed.hpp"

using dossier::starts_with;

TEST_CASE("every form of source is signed by RSA and EC, and other programs agree") {
    for (const std::string& form : test::source_forms()) {
        INFO(form);
        const std::string source = test::source_pdf(form);
        const std::string once = test::sign(source, "anna"), twice = test::sign(once, "carl", "Review of the statistics");
        CHECK(starts_with(once, source));
        CHECK(starts_with(twice, once));
        test::check_with_qpdf(once);
        test::check_with_qpdf(twice);
        const auto first = test::pdfsig(once), both = test::pdfsig(twice);
        INFO(both.out);
        CHECK(first.intact == 1);
        CHECK(first.whole == 1);
        CHECK(both.intact == 2);
        CHECK(both.whole == 1); // the second; the first covers the file as it was
        CHECK(test::openssl_accepts(twice, 0));
        CHECK(test::openssl_accepts(twice, 1));
    }
}

TEST_CASE("what is signed says who, when and why, in the dictionary and in print") {
    test::tool_or_skip("pdftotext");
    const std::string pdf = test::sign(test::source_pdf(), "anna", "Approval of the  final\nprotocol");
    const test::Scratch scratch;
    scratch.write("a.pdf", pdf);
    const test::Run text = test::run({"pdftotext", "-layout", scratch / "a.pdf", "-"});
    CHECK_THAT(text.out, Catch::Contains("Signed by: Anna Łęcka-Müller"));
    CHECK_THAT(text.out, Catch::Contains("Date: 2026-11-23 07:30:00 UTC"));
    CHECK_THAT(text.out, Catch::Contains("Meaning: Approval of the final protocol"));
    const test::Run dump = test::run({"qpdf", "--json=2", "--json-key=qpdf", scratch / "a.pdf"});
    CHECK_THAT(dump.out, Catch::Contains("\"/Name\": \"u:Anna Łęcka-Müller\"") &&
                             Catch::Contains("\"/Reason\": \"u:Approval of the final protocol\"") && Catch::Contains("D:20261123073000Z") &&
                             Catch::Contains("/ETSI.CAdES.detached") && Catch::Contains("/Adobe.PPKLite"));
    CHECK_THAT(test::pdfsig(pdf).out, Catch::Contains("ETSI.CAdES.detached"));
}

TEST_CASE("only embedded fonts come with a signature") {
    test::tool_or_skip("pdffonts");
    // A source without any font, so that what pdffonts lists came with the signature.
    test::PdfSample sample;
    const std::string bare = test::make_pdf_of("%PDF-1.7",
                                               {{1, "<< /Type /Catalog /Pages 2 0 R >>"},
                                                {2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"},
                                                {3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"}},
                                               "/Size 4 /Root 1 0 R");
    const test::Scratch scratch;
    scratch.write("a.pdf", test::sign(bare, "anna"));
    const test::Run fonts = test::run({"pdffonts", scratch / "a.pdf"});
    CHECK_THAT(fonts.out, Catch::Contains("+DejaVuSans"));
    for (const std::string& line : dossier::split(fonts.out, '\n'))
        if (line.find("TrueType") != std::string::npos || line.find("Type 1") != std::string::npos)
            CHECK_THAT(line, Catch::Contains("yes yes yes"));
    CHECK_THAT(fonts.out, !Catch::Contains("Helvetica"));
}

TEST_CASE("the CMS is what PAdES baseline asks for") {
    for (const std::string who : {"anna", "carl"}) {
        const test::Scratch scratch;
        scratch.write("cms.der", test::cms_of(test::sign(test::source_pdf(), who), 0));
        const test::Run print = test::run({"openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", scratch / "cms.der"});
        REQUIRE(print.code == 0);
        CHECK_THAT(print.out, Catch::Contains("id-smime-aa-signingCertificateV2") && Catch::Contains("messageDigest") &&
                                  Catch::Contains("contentType"));
        CHECK_THAT(print.out, !Catch::Contains("signingTime"));
        CHECK_THAT(print.out, Catch::Contains("eContent: <ABSENT>"));
        CHECK_THAT(print.out, Catch::Contains(who == "anna" ? "rsaEncryption" : "ecdsa-with-SHA256"));
    }
}

TEST_CASE("keys come as PEM, as PKCS#12, protected or not, and a wrong passphrase is said") {
    const std::string keys = test::pki();
    const test::Scratch scratch;
    scratch.write("a.pdf", test::source_pdf());
    scratch.write("phrase", "secret\n");
    int number = 0;
    const auto sign = [&](std::vector<std::string> more, const std::vector<std::string>& environment = {}) {
        std::vector<std::string> command = {"sign",  scratch / "a.pdf", "--meaning", "Approval",
                                            "--now", test::sign_time,   "--output",  scratch / ("out" + std::to_string(++number) + ".pdf")};
        command.insert(command.end(), more.begin(), more.end());
        return test::dossier(command, "", environment);
    };
    CHECK(sign({"--key", keys + "/carl.pem"}).code == 0);
    CHECK(sign({"--key", keys + "/anna.p12"}, {"DOSSIER_PASSPHRASE=secret"}).code == 0);
    CHECK(sign({"--key", keys + "/anna.p12", "--passphrase-file", scratch / "phrase"}).code == 0);
    CHECK(sign({"--key", keys + "/anna-locked.key", "--cert", keys + "/anna.crt", "--passphrase-file", scratch / "phrase"}).code == 0);
    const test::Run wrong = sign({"--key", keys + "/anna.p12"}, {"DOSSIER_PASSPHRASE=guess"});
    CHECK(wrong.code == 3);
    CHECK_THAT(wrong.err, Catch::Contains("anna.p12") && Catch::Contains("passphrase"));
    CHECK(sign({"--key", keys + "/anna-locked.key", "--cert", keys + "/anna.crt"}, {"DOSSIER_PASSPHRASE=guess"}).code == 3);
    const test::Run none = sign({"--key", keys + "/anna.p12"});
    CHECK(none.code == 2);
    CHECK_THAT(none.err, Catch::Contains("--passphrase-file"));
    // carl's key needs none: the option that names nothing is wrong all the same.
    const test::Run gone = sign({"--key", keys + "/carl.pem", "--passphrase-file", scratch / "gone"});
    CHECK(gone.code == 2);
    CHECK_THAT(gone.err, Catch::Contains("gone: --passphrase-file: there is no such file; nothing was done"));
    const test::Run bare = sign({"--key", keys + "/anna.key"});
    CHECK(bare.code == 3);
    CHECK_THAT(bare.err, Catch::Contains("--cert"));
    CHECK_THAT(sign({"--key", keys + "/anna.key", "--cert", keys + "/carl.crt"}).err,
               Catch::Contains("none of the certificates belongs to this key"));
    CHECK_THAT(sign({"--key", scratch / "a.pdf"}).err, Catch::Contains("neither a PEM file nor a PKCS#12 file"));
    CHECK_THAT(sign({"--key", "pkcs11:token=x"}).err, Catch::Contains("pkcs11"));
}

TEST_CASE("who may not sign is told why") {
    const auto refusal = [](const std::string& who, const std::string& time) -> std::string {
        try {
            test::sign(test::source_pdf(), who, "Approval", time);
            return "signed";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    };
    CHECK_THAT(refusal("old", test::sign_time), Catch::Contains("Otto Old") && Catch::Contains("2021-01-01"));
    CHECK(refusal("old", "2020-06-01T00:00:00Z") == "signed");
    CHECK_THAT(refusal("box", test::sign_time), Catch::Contains("not for signatures"));
    CHECK_THAT(refusal("anna", "2019-06-01T00:00:00Z"), Catch::Contains("is valid from 2020-01-01"));
}

TEST_CASE("levels that cannot be made are refused, never lowered") {
    const test::Scratch scratch;
    scratch.write("a.pdf", test::source_pdf());
    for (const std::string level : {"t", "lt", "lta"}) {
        const test::Run result =
            test::dossier({"sign", scratch / "a.pdf", "--key", test::pki() + "/carl.pem", "--meaning", "Approval", "--level", level});
        CHECK(result.code == 3);
        CHECK_THAT(result.err, Catch::Contains("level " + level) && Catch::Contains("nothing was signed"));
    }
    CHECK(test::run({"ls", scratch.path()}).out == "a.pdf\n");
}

TEST_CASE("where the signed document goes") {
    const test::Scratch scratch;
    const std::string source = test::source_pdf();
    scratch.write("a.pdf", source);
    const std::vector<std::string> sign = {"sign",      "a.pdf",    "--key", test::pki() + "/carl.pem",
                                           "--meaning", "Approval", "--now", test::sign_time};
    const auto with = [&sign](std::vector<std::string> more) {
        more.insert(more.begin(), sign.begin(), sign.end());
        return more;
    };
    CHECK(test::dossier(sign, scratch.path()).code == 0);
    CHECK(starts_with(scratch.read("a_signed.pdf"), source));
    CHECK(scratch.read("a.pdf") == source);
    const test::Run again = test::dossier(sign, scratch.path());
    CHECK(again.code == 3);
    CHECK_THAT(again.err, Catch::Contains("a_signed.pdf") && Catch::Contains("overwrite") && Catch::Contains("--output"));
    CHECK(test::dossier(with({"--output", "./a.pdf"}), scratch.path()).code == 0); // in place
    CHECK(starts_with(scratch.read("a.pdf"), source));
    CHECK(scratch.read("a.pdf").size() > source.size());
}

TEST_CASE("sign reports in JSON what it did") {
    const test::Scratch scratch;
    scratch.write("a.pdf", test::source_pdf());
    const test::Run result = test::dossier({"sign", scratch / "a.pdf", "--key", test::pki() + "/carl.pem", "--meaning", "Approval", "--now",
                                            test::sign_time, "--output", scratch / "b.pdf", "--json"});
    REQUIRE(result.code == 0);
    const auto json = dossier::parse_json(result.out);
    REQUIRE(json);
    CHECK(json->find("signer")->text() == "Carl Ångström");
    CHECK(json->find("meaning")->text() == "Approval");
    CHECK(json->find("signed_at")->text() == test::sign_time);
    CHECK(json->find("sha256_before")->text() == dossier::sha256_of(scratch.read("a.pdf")).hex());
    CHECK(json->find("sha256_after")->text() == dossier::sha256_of(scratch.read("b.pdf")).hex());
}

TEST_CASE("what cannot be signed gets a clear error and no file") {
    const std::string whole = test::source_pdf();
    const auto refusal = [](const std::string& bytes, const std::string& meaning = "Approval") {
        const test::Scratch scratch;
        scratch.write("a.pdf", bytes);
        const test::Run result = test::dossier({"sign", scratch / "a.pdf", "--key", test::pki() + "/carl.pem", "--meaning", meaning,
                                                "--now", test::sign_time, "--output", scratch / "b.pdf"});
        CHECK(test::run({"ls", scratch.path()}).out == "a.pdf\n");
        CHECK(result.code == (meaning == "Approval" || meaning == "中" ? 3 : 2));
        return result.err;
    };
    CHECK_THAT(refusal("A Word document, say"), Catch::Contains("a.pdf") && Catch::Contains("not a PDF"));
    CHECK_THAT(refusal(""), Catch::Contains("empty"));
    CHECK_THAT(refusal(whole.substr(0, whole.size() - 400)),
               Catch::Contains("truncated") && Catch::Contains(std::to_string(whole.size() - 400)));
    CHECK_THAT(refusal(test::qpdf_of(whole, {"--encrypt", "", "owner", "256", "--"})), Catch::Contains("encrypted"));
    CHECK_THAT(refusal(whole, "  "), Catch::Contains("meaning"));
    CHECK_THAT(refusal(whole, std::string(400, 'x')), Catch::Contains("400 characters"));
    CHECK_THAT(refusal(whole, "中"), Catch::Contains("U+4E2D") && Catch::Contains("--font"));
}

TEST_CASE("every real PDF is signed well or refused clearly") {
    const std::string folder = test::shared_or_skip("real/cdisc-pilot");
    int made = 0, seen = 0;
    for (const std::string& path : dossier::split(test::run({"find", folder, "-name", "*.pdf"}).out, '\n')) {
        if (path.empty()) continue;
        INFO(path);
        ++seen;
        const std::string source = test::read_bytes(path);
        std::string pdf;
        try {
            pdf = test::sign(test::sign(source, "anna"), "carl");
        } catch (const std::runtime_error& error) {
            CHECK_THAT(error.what(), Catch::Contains(".pdf") && Catch::Contains("Mend: "));
            WARN(error.what());
            continue;
        }
        ++made;
        CHECK(starts_with(pdf, source));
        CHECK(test::pdfsig(pdf).intact == 2);
        const test::Scratch scratch;
        scratch.write("a.pdf", pdf);
        CHECK(test::run({"qpdf", "--check", scratch / "a.pdf"}).code <= test::run({"qpdf", "--check", path}).code);
        const auto verified = test::verify(pdf);
        CHECK(verified.verdict(0) == "valid_extended");
        CHECK(verified.verdict(1) == "valid");
    }
    CHECK(seen == 10);
    CHECK(made >= 9);
}
