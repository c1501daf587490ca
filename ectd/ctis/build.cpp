#include "ectd/ctis/build.hpp"

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/sequence_sink.hpp"

namespace dossier::ectd::ctis {

namespace {

class Builder {
public:
    explicit Builder(const BuildRequest& request) : request_(request), contents_(request.plan.contents) {}

    Result<BuildResult> run() {
        const SequenceNumber number = *SequenceNumber::parse(contents_.dossier);
        if (request_.sent)
            return Error(ErrorKind::conflict, fill("dossier {} was sent and is never changed again", contents_.dossier),
                         {path::join(request_.target, contents_.dossier)}, "build the next dossier");
        DOSSIER_CHECK(request_.fs->create_folders(request_.target));
        const SinkRequest wanted{request_.fs,      request_.target, number,        request_.application,
                                 request_.rebuild, request_.link,   request_.jobs, request_.progress};
        DOSSIER_TRY(sink_, request_.zip ? make_zip_sink(wanted) : make_folder_sink(wanted));
        DOSSIER_CHECK(copy_files());
        DOSSIER_CHECK(write_text(manifest_name, to_json(contents_, request_.tool).dump() + "\n"));
        DOSSIER_TRY(const std::string page, request_.make_index(contents_));
        DOSSIER_CHECK(write_text(index_name, page));
        DOSSIER_TRY(result_.place, sink_->put_in_place());
        for (const Slot& slot : find_slots(request_.catalogue, contents_))
            if (slot.state == SlotState::missing || slot.state == SlotState::open) result_.missing.push_back(slot.shown());
        return std::move(result_);
    }

private:
    Result<void> copy_files() {
        std::vector<SinkFile> files;
        std::vector<const PlannedFile*> planned;
        for (const auto& [target, file] : request_.plan.sources) {
            files.push_back({file.content, target});
            planned.push_back(&file);
        }
        DOSSIER_TRY(const std::vector<FileDigests> digests, sink_->copy(files));
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (digests[i].md5 != planned[i]->md5) // the manifest has the SHA-256 of then
                return Error(ErrorKind::conflict, "the file changed while the dossier was built; nothing was written",
                             {planned[i]->content.path}, "let nothing write there, and run again");
            ++result_.files;
            result_.bytes += digests[i].size;
        }
        return {};
    }

    Result<void> write_text(const std::string& name, const std::string& bytes) {
        ++result_.files;
        result_.bytes += bytes.size();
        return sink_->write(name, bytes);
    }

    const BuildRequest& request_;
    const Contents& contents_;
    std::unique_ptr<SequenceSink> sink_;
    BuildResult result_;
};

} // namespace

Result<BuildResult> build_dossier(const BuildRequest& request) { return Builder(request).run(); }

} // namespace dossier::ectd::ctis
