// A verification as JSON and as text.
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

std::string to_text(const SignatureReport& report) {
    std::string text = fill("{}: {}\n  signer   {}\n", report.field, words(to_text(report.verdict)), report.signer);
    if (report.name != report.signer) text += fill("  name     {} (as the document says)\n", report.name);
    text += fill("  meaning  {}\n  time     {} ({})\n", report.meaning, report.signed_at, report.time_source);
    text += fill("  level    {}, covers the {}, revocation {}\n", report.level, words(report.coverage), words(report.revocation));
    if (!report.reason.empty()) text += fill("  reason   {}\n", report.reason);
    for (const std::string& change : report.later_changes) text += fill("  later    {}\n", change);
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
    if (!verification.reason.empty()) text += ", " + verification.reason;
    text += "\n";
    for (const SignatureReport& report : verification.signatures) text += to_text(report);
    return text;
}

} // namespace dossier::signing
