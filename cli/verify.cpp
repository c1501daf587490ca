// verify: a verdict on each signature of a PDF.
#include "cli/command.hpp"

#include "core/text.hpp"
#include "signing/verify.hpp"

namespace dossier::cli {

namespace {

struct Chosen {
    std::string file, trust, at;
};

Result<int> run(Context& context, const Chosen& chosen) {
    signing::VerifyRequest request;
    request.at = context.clock->now();
    if (!chosen.at.empty()) {
        const auto at = parse_time(chosen.at);
        if (!at) return Error(ErrorKind::usage, fill("--at {} is not an RFC 3339 time", chosen.at), {}, "write 2026-03-01T12:00:00Z");
        request.at = *at;
    }
    if (!chosen.trust.empty()) {
        DOSSIER_TRY(request.trust, signing::read_trust(*context.fs, chosen.trust));
    }
    DOSSIER_TRY(const signing::Verification verification, signing::verify_file(*context.fs, chosen.file, request));
    Rendering rendering;
    rendering.text = [&verification] { return signing::to_text(verification); };
    rendering.json = [&verification] { return signing::to_json(verification); };
    DOSSIER_CHECK(emit(context, rendering));
    const bool good = verification.verdict == signing::Verdict::valid || verification.verdict == signing::Verdict::valid_extended;
    return good ? exit_done : exit_findings;
}

} // namespace

Command make_verify() {
    auto chosen = std::make_shared<Chosen>();
    Command command;
    command.name = "verify";
    command.summary = "Say what the signatures of a PDF are worth: intact, by whom, changed since";
    command.example = "dossier verify protocol_signed.pdf --trust issuers/";
    command.declare = [chosen](Options& list) {
        list.text("FILE", chosen->file, "Signed PDF", true);
        list.text("--trust", chosen->trust, "Trusted certificate, or a folder of them; without it no signer is trusted");
        list.text("--at", chosen->at, "Check certificates as of this time, RFC 3339 (default: now)");
    };
    command.run = [chosen](Context& context) { return run(context, *chosen); };
    return command;
}

} // namespace dossier::cli
