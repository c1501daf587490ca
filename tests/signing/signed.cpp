#include "tests/signing/signed.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <stdexcept>

#include "core/text.hpp"

namespace test {

const std::vector<std::string>& source_forms() {
    static const std::vector<std::string> forms = {"classic", "object streams", "linearized", "linearized, object streams"};
    return forms;
}

std::string source_pdf(const std::string& form) {
    PdfSample sample;
    sample.pages = 3;
    sample.links = 2;
    const std::string plain = make_pdf(sample);
    if (form == "object streams") return qpdf_of(plain, {"--object-streams=generate"});
    if (form == "linearized") return qpdf_of(plain, {"--linearize"});
    if (form == "linearized, object streams") return qpdf_of(plain, {"--linearize", "--object-streams=generate"});
    return plain;
}

std::string sign(const std::string& pdf, const std::string& who, const std::string& meaning, const std::string& time) {
    const std::string keys = pki();
    const Scratch scratch;
    scratch.write("in.pdf", pdf);
    const Run result = dossier({"sign", scratch / "in.pdf", "--key", keys + "/" + who + ".key", "--cert", keys + "/" + who + "-chain.pem",
                                "--meaning", meaning, "--now", time, "--output", scratch / "out.pdf"});
    if (result.code != 0) throw std::runtime_error(result.err);
    return scratch.read("out.pdf");
}

std::string Verified::text(std::size_t signature, const std::string& key) const {
    const ::dossier::Json* const list = json.find("signatures");
    if (!list || signature >= list->items().size()) return "no such signature";
    const ::dossier::Json* const value = list->items()[signature].find(key);
    return value ? value->text() : "no such key";
}
std::string Verified::verdict(std::size_t signature) const { return text(signature, "verdict"); }
std::string Verified::reason(std::size_t signature) const { return text(signature, "reason"); }
std::vector<std::string> Verified::later(std::size_t signature) const {
    std::vector<std::string> texts;
    for (const ::dossier::Json& change : json.find("signatures")->items().at(signature).find("later_changes")->items())
        texts.push_back(change.text());
    return texts;
}

Verified verify(const std::string& pdf, const std::string& trust, const std::string& at) {
    const Scratch scratch;
    scratch.write("signed.pdf", pdf);
    std::vector<std::string> command = {"verify", scratch / "signed.pdf", "--json", "--at", at};
    if (!trust.empty()) command.insert(command.end(), {"--trust", pki() + "/" + trust});
    const Run result = dossier(command);
    Verified verified;
    verified.code = result.code;
    verified.err = result.err;
    if (auto json = ::dossier::parse_json(result.out); json && !result.out.empty()) verified.json = *json;
    return verified;
}

namespace {

int count(const std::string& text, const std::string& what) {
    int found = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) ++found;
    return found;
}

struct Range {
    std::size_t first = 0, second = 0, length = 0; // [0, first) and [second, second + length)
};

Range range_of(const std::string& pdf, std::size_t index) {
    std::size_t at = 0;
    for (std::size_t i = 0; i <= index; ++i) at = pdf.find("/ByteRange", at + 1);
    const char* text = pdf.c_str() + pdf.find('[', at) + 1;
    char* end = nullptr;
    Range range;
    std::strtoull(text, &end, 10);
    range.first = std::strtoull(end, &end, 10);
    range.second = std::strtoull(end, &end, 10);
    range.length = std::strtoull(end, &end, 10);
    return range;
}

} // namespace

PdfSig pdfsig(const std::string& pdf) {
    tool_or_skip("pdfsig");
    const Scratch scratch;
    scratch.write("signed.pdf", pdf);
    const Run result = run({"pdfsig", "-nocert", scratch / "signed.pdf"});
    return {count(result.out, "Signature is Valid."), count(result.out, "Total document signed"), count(result.out, "Digest Mismatch"),
            result.out + result.err};
}

std::string cms_of(const std::string& pdf, std::size_t index) {
    const Range range = range_of(pdf, index);
    std::string der;
    for (std::size_t at = range.first + 1; at + 2 < range.second; at += 2)
        der += static_cast<char>(std::stoi(pdf.substr(at, 2), nullptr, 16));
    return der;
}

bool openssl_accepts(const std::string& pdf, std::size_t index) {
    const Range range = range_of(pdf, index);
    const Scratch scratch;
    scratch.write("cms.der", cms_of(pdf, index));
    scratch.write("content", pdf.substr(0, range.first) + pdf.substr(range.second, range.length));
    const Run result = run({"openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", scratch / "cms.der", "-content",
                            scratch / "content", "-CAfile", pki() + "/root.crt", "-certfile", pki() + "/issuing.crt", "-purpose", "any",
                            "-out", "/dev/null"});
    INFO(result.err);
    return result.code == 0;
}

void check_with_qpdf(const std::string& pdf) {
    tool_or_skip("qpdf");
    const Scratch scratch;
    scratch.write("a.pdf", pdf);
    const Run result = run({"qpdf", "--check", scratch / "a.pdf"});
    INFO(result.out << result.err);
    CHECK(result.code == 0);
}

} // namespace test
