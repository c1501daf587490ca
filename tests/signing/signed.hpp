// What the tests of signing share: signing and verifying through the program, and what other programs say of the result.
#pragma once

#include <string>
#include <vector>

#include "core/json.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/pki.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

namespace test {

constexpr const char* sign_time = "2026-11-23T07:30:00Z";

// A PDF of three pages with links, in one of the forms that sources have.
const std::vector<std::string>& source_forms(); // "classic", "object streams", "linearized", "linearized, object streams"
std::string source_pdf(const std::string& form = "classic");

// `dossier sign` with a key of the test PKI: "anna" (RSA), "carl" (EC), "eve", "old", ...; throws with the program's words when it fails.
std::string sign(const std::string& pdf, const std::string& who, const std::string& meaning = "Approval",
                 const std::string& time = sign_time);

struct Verified {
    int code = -1;
    std::string err;
    dossier::Json json;
    std::string verdict(std::size_t signature) const; // of one signature
    std::string reason(std::size_t signature) const;
    std::string text(std::size_t signature, const std::string& key) const;
    std::vector<std::string> later(std::size_t signature) const;
};
// `dossier verify --json`; trusts the test root unless told otherwise ("" = nothing); as of sign_time unless told otherwise.
Verified verify(const std::string& pdf, const std::string& trust = "trust", const std::string& at = sign_time);

// What pdfsig of poppler says; `intact` counts "Signature is Valid.", `whole` counts "Total document signed".
struct PdfSig {
    int intact = 0, whole = 0, mismatch = 0;
    std::string out;
};
PdfSig pdfsig(const std::string& pdf);

// `openssl cms -verify` over the byte range of the n-th signature, which is found here by its text, not by our code.
bool openssl_accepts(const std::string& pdf, std::size_t index);
std::string cms_of(const std::string& pdf, std::size_t index);

void check_with_qpdf(const std::string& pdf); // Catch2 check: "qpdf --check" is content

} // namespace test
