// sign: a PAdES B-B signature appended to a PDF.
#include "cli/command.hpp"
#include "cli/passphrase.hpp"

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "signing/sign_pdf.hpp"

namespace dossier::cli {

namespace {

struct Chosen {
    std::string file, key, certificate, meaning, level = "b", stamp_server, passphrase_file, font;
};

Result<void> check_level(const Chosen& chosen) {
    if (chosen.level == "b" && chosen.stamp_server.empty()) return {};
    return Error(ErrorKind::unsupported,
                 fill("signatures of level {} need a time stamp, which cannot be made yet; nothing was signed", chosen.level),
                 {chosen.file}, "sign with --level b and without --tsa, or with a program that makes time stamps");
}

// Beside the source, unless --output says where; what is there is not overwritten, but signing a file in place is fine.
Result<std::string> choose_target(FileSystem& fs, const std::string& source, const std::string& wanted) {
    std::string target = wanted;
    if (target.empty()) {
        const std::string name = path::file_name(source), extension = path::extension(source);
        const std::string stem = extension.empty() ? name : name.substr(0, name.size() - extension.size() - 1);
        target = path::join(path::parent(source), stem + "_signed.pdf");
    }
    if (path::normalise(target) == path::normalise(source)) return source;
    if (exists(fs, target))
        return Error(ErrorKind::conflict, "the signed document would overwrite this file", {target}, "name another file with --output");
    return target;
}

Result<std::string> read_font(Context& context, const std::string& file) {
    if (file.empty()) return context.templates.read("fonts/dejavu-sans-subset.ttf");
    return read_file(*context.fs, file, 64u << 20);
}

Json to_json(const Chosen& chosen, const std::string& target, const signing::SignedPdf& made, const Sha256& before, const Sha256& after) {
    return Json::object({{"report_version", 1},
                         {"file", chosen.file},
                         {"output", target},
                         {"field", made.field},
                         {"signer", made.signer},
                         {"meaning", made.meaning},
                         {"signed_at", made.time.text()},
                         {"time_source", "claimed"},
                         {"level", "B-B"},
                         {"sha256_before", before.hex()},
                         {"sha256_after", after.hex()}});
}

Result<int> run(Context& context, const Chosen& chosen) {
    const std::string wanted = std::exchange(context.output, ""); // --output names the document here, not the report
    DOSSIER_CHECK(check_level(chosen));
    DOSSIER_TRY(const std::string target, choose_target(*context.fs, chosen.file, wanted));
    DOSSIER_TRY(const signing::SigningKey key,
                signing::read_signing_key(*context.fs, chosen.key, chosen.certificate, passphrase_source(context, chosen.passphrase_file)));
    signing::SignRequest request{chosen.meaning, context.clock->now(), ""};
    DOSSIER_TRY(request.font, read_font(context, chosen.font));
    DOSSIER_TRY(const FileDigests before, digests_of_file(*context.fs, chosen.file, Hasher::What::sha256));
    DOSSIER_TRY(const signing::SignedPdf made, signing::sign_pdf(*context.fs, chosen.file, target, key, request));
    DOSSIER_TRY(const FileDigests after, digests_of_file(*context.fs, target, Hasher::What::sha256));
    Rendering rendering;
    rendering.text = [&] {
        return fill("{}: signed by {}, {}, {} (claimed time), level B-B, field {}\n", target, made.signer, made.meaning, made.time.text(),
                    made.field);
    };
    rendering.json = [&] { return to_json(chosen, target, made, before.sha256, after.sha256); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace

Command make_sign() {
    auto chosen = std::make_shared<Chosen>();
    Command command;
    command.name = "sign";
    command.summary = "Append a signature to a PDF; earlier signatures stay as they are";
    command.example = "dossier sign protocol.pdf --key anna.p12 --meaning \"Approval\" --output protocol_signed.pdf";
    command.declare = [chosen](Options& list) {
        list.text("FILE", chosen->file, "PDF to sign", true);
        list.text("--key", chosen->key, "Key: PKCS#12 (.p12, .pfx) or PEM", true);
        list.text("--cert", chosen->certificate, "The signer's certificate (and issuers), PEM or DER; where the key file has none");
        list.text("--meaning", chosen->meaning, "What the signature means: Approval, Review, Authorship, ...", true);
        list.choice("--level", chosen->level, {"b", "t", "lt", "lta"}, "PAdES baseline level (b so far)");
        list.text("--tsa", chosen->stamp_server, "Time-stamp server, for the levels from t");
        list.text("--font", chosen->font, "TrueType font for names that the built-in one cannot write");
        declare_passphrase(list, chosen->passphrase_file);
    };
    command.run = [chosen](Context& context) { return run(context, *chosen); };
    return command;
}

} // namespace dossier::cli
