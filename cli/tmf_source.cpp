#include "cli/tmf_source.hpp"

#include <algorithm>

#include "cli/tmf_session.hpp"
#include "core/read_only_file_system.hpp"
#include "core/text.hpp"
#include "tmf/hand_over.hpp"
#include "tmf/repository.hpp"
#include "tmf/version_label.hpp"

namespace dossier::cli {

namespace {

// One object of the store, hashed as it passes: bytes that are not those that were filed never get into a submission.
class CheckedObject final : public InputFile {
public:
    CheckedObject(std::unique_ptr<InputFile> file, const Sha256& expected, std::string name)
        : file_(std::move(file)), hasher_(Hasher::What::sha256), expected_(expected), name_(std::move(name)) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        DOSSIER_TRY(const std::size_t got, file_->read(buffer, size));
        if (!in_order_) return got;
        if (got > 0) {
            hasher_.update(std::string_view(buffer, got));
            return got;
        }
        in_order_ = false; // the end is reported once
        if (hasher_.finish().sha256 != expected_)
            return Error(ErrorKind::invalid, fill("the bytes of {} in the repository are not those that were filed", name_), {},
                         "run dossier tmf check --read-data, and restore the object from a backup");
        return got;
    }
    Result<void> seek(std::uint64_t offset) override {
        in_order_ = false;
        return file_->seek(offset);
    }
    std::uint64_t size() const override { return file_->size(); }

private:
    std::unique_ptr<InputFile> file_;
    Hasher hasher_;
    Sha256 expected_;
    std::string name_;
    bool in_order_ = true;
};

// Files named by the reference of a document's version (D-000012@2); they can be opened, nothing else.
class DocumentFileSystem final : public ReadOnlyFileSystem {
public:
    explicit DocumentFileSystem(std::shared_ptr<tmf::Repository> repository) : repository_(std::move(repository)) {}
    void add(const std::string& name, const Sha256& sha256) { objects_[name] = sha256; }

    Result<std::unique_ptr<InputFile>> open(const std::string& path) override {
        const auto found = objects_.find(path);
        if (found == objects_.end()) return refused();
        DOSSIER_TRY(auto file, repository_->objects().open(found->second));
        return std::unique_ptr<InputFile>(std::make_unique<CheckedObject>(std::move(file), found->second, path));
    }
    std::string identity(const std::string& path) override { // reading refuses any other bytes
        const auto found = objects_.find(path);
        return found == objects_.end() ? "" : "sha256:" + found->second.hex();
    }
    Result<FileInfo> info(const std::string& path) override {
        DOSSIER_TRY(const auto file, open(path));
        return FileInfo{FileKind::file, file->size(), 0};
    }
    Result<std::vector<FolderEntry>> list(const std::string&) override { return refused(); }

private:
    Error refusal(const std::string&) const override { return refused(); }
    static Error refused() { return Error(ErrorKind::unsupported, "documents of a repository can only be read here"); }
    std::shared_ptr<tmf::Repository> repository_;
    std::map<std::string, Sha256> objects_;
};

class TmfSource final : public ectd::ContentSource {
public:
    TmfSource(Context& context, std::unique_ptr<ectd::ContentSource> files) : context_(context), files_(std::move(files)) {}

    bool is_document(const std::string& source) const { return starts_with(source, "tmf:") && !context_.repository.empty(); }

    Result<void> open() {
        if (repository_) return {};
        DOSSIER_TRY(auto opened, open_repository(context_, tmf::Repository::Access::read));
        repository_ = std::move(opened);
        documents_ = std::make_shared<DocumentFileSystem>(repository_);
        return {};
    }

    Result<ectd::Content> find(const std::string& source) override {
        if (!is_document(source)) return files_->find(source);
        DOSSIER_CHECK(open());
        const std::string reference(trim(std::string_view(source).substr(4)));
        const std::size_t at = reference.find('@');
        const std::string label = at == std::string::npos ? "" : reference.substr(at + 1);
        DOSSIER_TRY(const tmf::StoredDocument document, find_document(reference.substr(0, at)));
        DOSSIER_TRY(const tmf::VersionRecord version, tmf::version_called(repository_->ledger(), document, label));
        DOSSIER_CHECK(may_be_submitted(document, version));
        const std::string name = fill("{}@{}", tmf::document_id(document.document.number), version.number);
        documents_->add(name, *version.sha256);
        const ectd::Origin origin{repository_->id(), document.document.study, tmf::document_id(document.document.number),
                                  std::to_string(version.number), version.label};
        ectd::Content content{documents_, name, version.file_name, origin};
        if (!version.stored_as) // what is sealed is never there as it is
            content.link = [repository = repository_, sha256 = *version.sha256](const std::string& target) {
                return repository->objects().link(sha256, target);
            };
        return content;
    }

private:
    // D-000012, or the word the list called the document, alone where one study uses it: PROTOCOL-01, STUDY/PROTOCOL-01.
    Result<tmf::StoredDocument> find_document(const std::string& wanted) {
        tmf::Ledger& ledger = repository_->ledger();
        std::vector<std::int64_t> numbers;
        if (const auto number = tmf::parse_document_id(wanted)) {
            numbers.push_back(*number);
        } else {
            const std::size_t slash = wanted.find('/');
            DOSSIER_TRY(const auto studies, ledger.studies());
            for (const tmf::StudyRecord& study : studies) {
                if (slash != std::string::npos && study.id != wanted.substr(0, slash)) continue;
                const std::string word = slash == std::string::npos ? wanted : wanted.substr(slash + 1);
                DOSSIER_TRY(const auto found, ledger.documents_by_external(study.id, word));
                numbers.insert(numbers.end(), found.begin(), found.end());
            }
        }
        if (numbers.size() > 1)
            return Error(ErrorKind::invalid, fill("several documents of the repository are called {}", wanted), {},
                         fill("write tmf:STUDY/{}, or its number (dossier tmf list)", wanted));
        if (!numbers.empty()) {
            DOSSIER_TRY(auto document, ledger.document(numbers.front()));
            if (document) return std::move(*document);
        }
        return Error(ErrorKind::not_found, fill("the repository {} has no document {}", context_.repository, wanted), {},
                     "dossier tmf list shows the documents with their numbers");
    }

    static Result<void> may_be_submitted(const tmf::StoredDocument& document, const tmf::VersionRecord& version) {
        const auto obstacle = tmf::obstacle_to_submission(document.document, version);
        if (!obstacle) return {};
        return Error(ErrorKind::invalid,
                     fill("{} version {} {}", tmf::document_id(document.document.number), tmf::shown_label(version), obstacle->reason), {},
                     obstacle->remedy);
    }

    Context& context_;
    std::unique_ptr<ectd::ContentSource> files_;
    std::shared_ptr<tmf::Repository> repository_;
    std::shared_ptr<DocumentFileSystem> documents_;
};

} // namespace

std::unique_ptr<ectd::ContentSource> make_content_source(Context& context, const std::string& folder) {
    return std::make_unique<TmfSource>(context, ectd::make_file_source(context.fs, folder));
}

Result<std::unique_ptr<ectd::ContentSource>> make_content_source(Context& context, const std::string& folder,
                                                                 const std::vector<std::string>& sources) {
    auto source = std::make_unique<TmfSource>(context, ectd::make_file_source(context.fs, folder));
    if (std::any_of(sources.begin(), sources.end(), [&](const std::string& one) { return source->is_document(one); }))
        DOSSIER_CHECK(source->open());
    return std::unique_ptr<ectd::ContentSource>(std::move(source));
}

} // namespace dossier::cli
