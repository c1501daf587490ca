// tmf sign: the newest version of a document, signed, becomes a version of its own.
#include "cli/sign_options.hpp"
#include "cli/tmf_session.hpp"

#include "core/text.hpp"
#include "tmf/evidence.hpp"

namespace dossier::cli {

namespace {

struct Chosen {
    std::string document;
    SignOptions options;
};

struct SignedVersion {
    tmf::VersionRecord before, after;
    signing::SignedPdf signature;
};

// The signed bytes are made in memory: nothing of a document, which may be restricted, lies about in a temporary folder.
Result<SignedVersion> sign_version(Context& context, const Chosen& chosen) {
    DOSSIER_TRY(const Signer signer, prepare_signer(context, chosen.options));
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::write));
    DOSSIER_TRY(const auto reference, tmf::find_reference(repository->ledger(), chosen.document));
    DOSSIER_TRY(const tmf::FoundVersion found, tmf::find_version_to_sign(repository->ledger(), reference));
    const auto memory = make_memory_file_system();
    const std::string source = fill("{}@{} {}", tmf::document_id(found.version.document), found.version.number, found.version.file_name);
    const std::string target = "signed";
    DOSSIER_TRY(const std::string bytes, repository->read(found.version));
    DOSSIER_CHECK(write_new_file(*memory, source, bytes));
    SignedVersion made;
    made.before = found.version;
    DOSSIER_TRY(made.signature, signing::sign_pdf(*memory, source, target, signer.key, signer.request));
    const signing::SignedPdf& signature = made.signature;
    DOSSIER_TRY(made.after, tmf::file_signed_version(*repository, found, *memory, target,
                                                     {signature.signer, signature.meaning, signature.field, "B-B", signature.time},
                                                     author_of(context)));
    return made;
}

Json to_json(const SignedVersion& made) {
    Json json = tmf::to_json(made.after);
    json.set("signer", made.signature.signer).set("meaning", made.signature.meaning).set("signed_at", made.signature.time.text());
    json.set("time_source", "claimed").set("level", "B-B").set("field", made.signature.field);
    return json.set("sha256_before", made.before.sha256->hex()).set("sha256_after", made.after.sha256->hex());
}

} // namespace

Command make_tmf_sign() {
    auto chosen = std::make_shared<Chosen>();
    Command command;
    command.name = "tmf sign";
    command.right = "document.sign";
    command.forms = {"text", "json"};
    command.summary = "Sign the newest version of a document (PDF); the signed file becomes its next version";
    command.example = "dossier tmf sign D-000012 --meaning \"Approval\" --key anna.p12";
    command.declare = [chosen](Options& list) {
        list.text("DOC", chosen->document, "D-000012 (newest version), or the label that a list gave it", true);
        declare_sign_options(list, chosen->options);
    };
    command.run = [chosen](Context& context) -> Result<int> {
        DOSSIER_TRY(const SignedVersion made, sign_version(context, *chosen));
        Rendering rendering;
        rendering.text = [&made] {
            return fill("{}@{} signed by {}, {}, {} (claimed time); filed as {}@{}\n", tmf::document_id(made.before.document),
                        made.before.number, made.signature.signer, made.signature.meaning, made.signature.time.text(),
                        tmf::document_id(made.after.document), made.after.number);
        };
        rendering.json = [&made] { return to_json(made); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
