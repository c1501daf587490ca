#include "ectd/ctis/build.hpp"

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"
#include "ectd/staged_folder.hpp"

namespace dossier::ectd::ctis {

namespace {

class Builder {
public:
    explicit Builder(const BuildRequest& request)
        : request_(request), fs_(*request.fs), contents_(request.plan.contents), staged_(fs_, request.target, contents_.dossier),
          archive_(path::join(request.target, contents_.dossier + ".zip")) {}

    Result<BuildResult> run() {
        DOSSIER_CHECK(refuse_twins());
        DOSSIER_CHECK(staged_.begin({"dossier", request_.sent, request_.rebuild}));
        auto written = write_all();
        if (written) written = request_.zip ? put_archive_in_place() : put_folder_in_place();
        if (!written) {
            staged_.give_up();
            return std::move(written).error();
        }
        for (const Slot& slot : find_slots(request_.catalogue, contents_))
            if (slot.state == SlotState::missing || slot.state == SlotState::open) result_.missing.push_back(slot.shown());
        return std::move(result_);
    }

private:
    // The same dossier as a folder and as an archive would be two truths.
    Result<void> refuse_twins() const {
        const std::string other = request_.zip ? staged_.folder() : archive_;
        if (!request_.sent && exists(fs_, other))
            return Error(ErrorKind::conflict, fill("dossier {} is already there", contents_.dossier), {other},
                         request_.zip ? "remove the folder, or build without --zip" : "remove the archive, or build with --zip");
        if (request_.zip && exists(fs_, archive_) && !request_.rebuild && !request_.sent)
            return Error(ErrorKind::conflict, fill("dossier {} is already there", contents_.dossier), {archive_},
                         "add --rebuild to build this draft again, or --sequence for another number");
        return {};
    }

    Result<void> write_all() {
        for (const Document& document : contents_.documents) {
            const auto source = request_.plan.sources.find(document.path);
            if (!document.has_file() || document.dossier != contents_.dossier || source == request_.plan.sources.end()) continue;
            DOSSIER_CHECK(copy(document, source->second));
        }
        DOSSIER_CHECK(write_text(manifest_name, to_json(contents_, request_.tool).dump() + "\n"));
        DOSSIER_TRY(const std::string page, request_.make_index(contents_));
        return write_text(index_name, page);
    }

    Result<void> copy(const Document& document, const Content& source) {
        const std::string target = path::join(staged_.part(), document.path);
        DOSSIER_CHECK(fs_.create_folders(path::parent(target)));
        DOSSIER_TRY(const FileDigests digests, copy_file(*source.fs, source.path, fs_, target, Hasher::What::sha256));
        if (digests.sha256.hex() != document.sha256)
            return Error(ErrorKind::conflict, "the file changed while the dossier was built; nothing was written", {source.path},
                         "let nothing write there, and run again");
        ++result_.files;
        result_.bytes += digests.size;
        if (request_.progress && result_.files % 50 == 0) request_.progress(fill("{} files written", result_.files));
        return {};
    }

    Result<void> write_text(const std::string& name, const std::string& bytes) {
        ++result_.files;
        result_.bytes += bytes.size();
        return write_new_file(fs_, path::join(staged_.part(), name), bytes);
    }

    Result<void> put_folder_in_place() {
        result_.place = staged_.folder();
        return staged_.put_in_place();
    }

    // Packed from the written folder, so that what is in a repository is packed too.
    Result<void> put_archive_in_place() {
        result_.place = archive_;
        const std::string part = path::join(request_.target, "." + contents_.dossier + ".zip.part");
        if (exists(fs_, part)) DOSSIER_CHECK(fs_.remove(part)); // of a run that was killed
        auto packed = pack(part);
        if (packed) packed = fs_.rename(part, archive_);
        if (packed) packed = fs_.sync_folder(request_.target);
        if (!packed) {
            if (exists(fs_, part)) (void)fs_.remove(part).has_value();
            return packed;
        }
        staged_.give_up();
        return {};
    }

    Result<void> pack(const std::string& part) {
        DOSSIER_TRY(const auto tree, list_tree(fs_, staged_.part()));
        DOSSIER_TRY(const auto zip, make_zip(part, true));
        for (const TreeEntry& entry : tree)
            if (entry.kind == FileKind::file)
                DOSSIER_CHECK(zip->add_file(path::join(contents_.dossier, entry.path), path::join(staged_.part(), entry.path)));
        return zip->finish();
    }

    const BuildRequest& request_;
    FileSystem& fs_;
    const Contents& contents_;
    StagedFolder staged_;
    std::string archive_;
    BuildResult result_;
};

} // namespace

Result<BuildResult> build_dossier(const BuildRequest& request) { return Builder(request).run(); }

} // namespace dossier::ectd::ctis
