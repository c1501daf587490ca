// sign: a PAdES B-B signature appended to a PDF.
#include "cli/command.hpp"
#include "cli/sign_options.hpp"

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

struct Chosen {
    std::string file;
    SignOptions options;
};

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
    DOSSIER_TRY(const std::string target, choose_target(*context.fs, chosen.file, wanted));
    DOSSIER_TRY(const Signer signer, prepare_signer(context, chosen.options));
    DOSSIER_TRY(const FileDigests before, digests_of_file(*context.fs, chosen.file, Hasher::What::sha256));
    DOSSIER_TRY(const signing::SignedPdf made, signing::sign_pdf(*context.fs, chosen.file, target, signer.key, signer.request));
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
    command.forms = {"text", "json"};
    command.summary = "Append a signature to a PDF; earlier signatures stay as they are";
    command.example = "dossier sign protocol.pdf --key anna.p12 --meaning \"Approval\" --output protocol_signed.pdf";
    command.declare = [chosen](Options& list) {
        list.text("FILE", chosen->file, "PDF to sign", true);
        declare_sign_options(list, chosen->options);
    };
    command.run = [chosen](Context& context) { return run(context, *chosen); };
    return command;
}

} // namespace dossier::cli
