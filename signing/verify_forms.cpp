// A verification as JSON and as text.
#include "core/one_line.hpp"
#include "core/text.hpp"
#include "signing/verify.hpp"

namespace dossier::signing {

namespace {

Json to_json(const SignatureReport& report) {
    return Json::object({{"field", report.field},
                         {"signer", report.signer},
                         {"name", report.name},
                         {"meaning", report.meaning},
                         {"signed_at", report.signed_at},
                         {"time_source", report.time_source},
                         {"level", report.level},
                         {"coverage", report.coverage},
                         {"revocation", report.revocation},
                         {"verdict", to_text(report.verdict)},
                         {"reason", report.reason},
                         {"later_changes", Json::texts(report.later_changes)}});
}

std::string words(std::string code) { return replace_all(std::move(code), "_", " "); }

// A signature is somebody else's text: a line break in a name must not begin a line that looks like a verdict.
std::string to_text(const SignatureReport& report) {
    std::string text = fill("{}: {}\n  signer   {}\n", one_line(report.field), words(to_text(report.verdict)), one_line(report.signer));
    if (report.name != report.signer) text += fill("  name     {} (as the document says)\n", one_line(report.name));
    text += fill("  meaning  {}\n  time     {} ({})\n", one_line(report.meaning), report.signed_at, report.time_source);
    text += fill("  level    {}, covers the {}, revocation {}\n", report.level, words(report.coverage), words(report.revocation));
    if (!report.reason.empty()) text += fill("  reason   {}\n", one_line(report.reason));
    for (const std::string& change : report.later_changes) text += fill("  later    {}\n", one_line(change));
    return text;
}

} // namespace

Json to_json(const Verification& verification) {
    Json signatures = Json::array();
    for (const SignatureReport& report : verification.signatures) signatures.push(to_json(report));
    Json json = Json::object({{"report_version", 1}, {"file", verification.file}, {"verdict", to_text(verification.verdict)}});
    if (!verification.reason.empty()) json.set("reason", verification.reason);
    return json.set("signatures", std::move(signatures));
}

std::string to_text(const Verification& verification) {
    std::string text = fill("{}: {}", verification.file, words(to_text(verification.verdict)));
    if (!verification.reason.empty()) text += ", " + one_line(verification.reason);
    text += "\n";
    for (const SignatureReport& report : verification.signatures) text += to_text(report);
    return text;
}

} // namespace dossier::signing
