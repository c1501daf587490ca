#include <iostream>

#include "cli/tmf_session.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/review.hpp"

namespace dossier::cli {

namespace {

// What was sealed inside does not lie open outside for others either.
Result<std::unique_ptr<OutputFile>> create_copy(Context& context, const tmf::VersionRecord& version, const std::string& path) {
    return version.stored_as ? context.fs->create_private(path) : context.fs->create(path);
}

// Bytes that are not the filed ones never leave the repository: the copy is checked before it gets its name.
Result<void> copy_out(Context& context, tmf::Repository& repository, const tmf::VersionRecord& version, const std::string& target) {
    const Sha256& sha256 = *version.sha256;
    const std::string temporary = target + ".part";
    (void)context.fs->remove(temporary).has_value();
    DOSSIER_TRY(const auto input, repository.open(version));
    DOSSIER_TRY(const auto output, create_copy(context, version, temporary));
    Hasher hasher(Hasher::What::sha256);
    std::vector<char> buffer(256u << 10);
    Result<void> done;
    while (done) {
        const auto got = input->read(buffer.data(), buffer.size());
        if (!got) done = got.error();
        if (!got || *got == 0) break;
        const std::string_view piece(buffer.data(), *got);
        hasher.update(piece);
        done = output->write(piece);
    }
    if (done && hasher.finish().sha256 != sha256)
        done = Error(ErrorKind::invalid, fill("the object {} is damaged: its bytes have another SHA-256", sha256.hex()), {},
                     "restore it from a backup");
    if (done) done = output->sync();
    if (done) done = output->close();
    if (done) done = context.fs->rename(temporary, target);
    if (!done) (void)context.fs->remove(temporary).has_value();
    return done;
}

// What is there is not overwritten; the same bytes once more are no loss. A sealed document's copy is for its reader's eyes only, which an
// older file may not be.
Result<bool> is_there_already(FileSystem& fs, const tmf::VersionRecord& version, const std::string& target) {
    const std::string folder = path::parent(target);
    if (!folder.empty() && !is_folder(fs, folder))
        return Error(ErrorKind::not_found, "there is no such folder", {folder}, "make it, or name another one with --output");
    if (!exists(fs, target)) return false;
    const auto there = version.stored_as ? Error(ErrorKind::conflict, "") : digests_of_file(fs, target, Hasher::What::sha256);
    if (there && there->sha256 == *version.sha256) return true;
    return Error(ErrorKind::conflict, "the document would overwrite this file", {target}, "name another file with --output");
}

Result<void> print(tmf::Repository& repository, const tmf::VersionRecord& version) {
    if (!version.stored_as) DOSSIER_CHECK(tmf::verify_object(repository.objects(), *version.sha256)); // a pipe cannot be taken back
    DOSSIER_TRY(const auto input, repository.open(version));
    std::vector<char> buffer(256u << 10);
    for (;;) {
        DOSSIER_TRY(const std::size_t got, input->read(buffer.data(), buffer.size()));
        if (got == 0) return {};
        std::cout.write(buffer.data(), static_cast<std::streamsize>(got));
    }
}

} // namespace

Command make_tmf_get() {
    auto document = std::make_shared<std::string>();
    Command command;
    command.name = "tmf get";
    command.right = "document.read";
    command.summary = "Get the file of a document: to standard output, or to --output FILE or folder";
    command.example = "dossier tmf get D-000012@1 --output protocol.pdf";
    command.declare = [document](Options& options) {
        options.text("DOC", *document, "D-000012 (newest version), D-000012@1, or the label that a list gave it", true);
    };
    command.run = [document](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
        DOSSIER_TRY(const auto reference, tmf::find_reference(repository->ledger(), *document));
        DOSSIER_TRY(const auto found, tmf::find_version(repository->ledger(), reference));
        const tmf::VersionRecord& version = found.version;
        const std::string id = fill("{}@{}", tmf::document_id(version.document), version.number);
        if (!version.sha256)
            return Error(ErrorKind::not_found, fill("{} is a pointer, it has no file here", id), {},
                         "the record is kept at: " + version.pointer);
        if (context.output.empty()) {
            DOSSIER_CHECK(print(*repository, version));
            return exit_done;
        }
        const std::string target = is_folder(*context.fs, context.output) ? path::join(context.output, version.file_name) : context.output;
        DOSSIER_TRY(const bool is_there, is_there_already(*context.fs, version, target));
        if (!is_there) DOSSIER_CHECK(copy_out(context, *repository, version, target));
        print_note(context, fill("{} {} {}", id, std::string_view(is_there ? "is there already:" : "written to"), target));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
