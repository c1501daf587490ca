#include "core/pdf_reader.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

#include <qpdf/InputSource.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/text.hpp"

namespace dossier::pdf {

namespace {

// Carries an Error of the file system through libqpdf's frames.
struct SeamFailure : std::runtime_error {
    explicit SeamFailure(Error failure) : std::runtime_error(failure.message), error(std::move(failure)) {}
    Error error;
};

// libqpdf asks for a few bytes here and there: a window keeps that from becoming a system call each.
class SeamInput final : public InputSource {
public:
    SeamInput(std::unique_ptr<InputFile> file, std::string name, std::uint64_t limit)
        : file_(std::move(file)), name_(std::move(name)), size_(std::min(file_->size(), limit)) {}

    qpdf_offset_t findAndSkipNextEOL() override {
        for (; position_ < size_; ++position_)
            if (byte() == '\r' || byte() == '\n') {
                const std::uint64_t found = position_;
                while (position_ < size_ && (byte() == '\r' || byte() == '\n')) ++position_;
                return static_cast<qpdf_offset_t>(found);
            }
        return static_cast<qpdf_offset_t>(position_);
    }
    std::string const& getName() const override { return name_; }
    qpdf_offset_t tell() override { return static_cast<qpdf_offset_t>(position_); }
    void seek(qpdf_offset_t offset, int whence) override {
        const qpdf_offset_t start = whence == SEEK_SET ? 0 : static_cast<qpdf_offset_t>(whence == SEEK_CUR ? position_ : size_);
        if (start + offset < 0) throw std::runtime_error("an offset before the start of the file");
        position_ = static_cast<std::uint64_t>(start + offset);
    }
    void rewind() override { position_ = 0; }
    void unreadCh(char) override {
        if (position_ > 0) --position_;
    }
    const std::optional<Error>& failure() const { return failure_; }
    size_t read(char* into, size_t length) override {
        last_offset = tell();
        size_t done = 0;
        while (done < length && position_ < size_) {
            if (!in_window()) fill_window();
            const size_t at = static_cast<size_t>(position_ - window_start_);
            const size_t some = std::min(length - done, window_.size() - at);
            std::memcpy(into + done, window_.data() + at, some);
            done += some;
            position_ += some;
        }
        return done;
    }

private:
    bool in_window() const { return position_ >= window_start_ && position_ < window_start_ + window_.size(); }
    char byte() {
        if (!in_window()) fill_window();
        return window_[static_cast<size_t>(position_ - window_start_)];
    }
    void fill_window() {
        constexpr std::uint64_t window_size = 64u << 10;
        window_start_ = position_;
        window_.resize(static_cast<size_t>(std::min(window_size, size_ - position_)));
        if (auto moved = file_->seek(position_); !moved) fail(moved.error());
        size_t filled = 0;
        while (filled < window_.size()) {
            auto got = file_->read(window_.data() + filled, window_.size() - filled);
            if (!got) fail(got.error());
            if (*got == 0) fail(Error(ErrorKind::io, "the file became shorter while it was read", {name_}));
            filled += *got;
        }
    }
    [[noreturn]] void fail(const Error& error) {
        failure_ = error;
        throw SeamFailure(error);
    }

    std::unique_ptr<InputFile> file_;
    std::string name_;
    std::uint64_t size_;
    std::uint64_t position_ = 0;
    std::uint64_t window_start_ = 0;
    std::string window_;
    std::optional<Error> failure_;
};

std::string bytes_at(InputSource& source, std::uint64_t offset, size_t length) {
    std::string bytes(length, '\0');
    source.seek(static_cast<qpdf_offset_t>(offset), SEEK_SET);
    bytes.resize(source.read(bytes.data(), length));
    source.rewind();
    return bytes;
}

std::uint64_t size_of(InputSource& source) {
    source.seek(0, SEEK_END);
    const auto size = static_cast<std::uint64_t>(source.tell());
    source.rewind();
    return size;
}

const char* const get_again = "get the file again from where it came from, or open it in a PDF program and save it anew";

// ISO 32000-1, 7.5.2 and annex H: a header near the start, a pointer to the cross-reference section near the end.
Result<void> check_frame(InputSource& source, const std::string& path, Repair repair) {
    constexpr size_t margin = 1024;
    const std::uint64_t size = size_of(source);
    if (size == 0) return Error(ErrorKind::invalid, "the file is empty, not a PDF", {path}, get_again);
    if (bytes_at(source, 0, margin).find("%PDF-") == std::string::npos)
        return Error(ErrorKind::invalid, "this is not a PDF: no %PDF- in its first 1024 bytes", {path, "", 0, "", 0});
    const std::string end = bytes_at(source, size > margin ? size - margin : 0, margin);
    if (repair == Repair::refused && end.find("startxref") == std::string::npos)
        return Error(ErrorKind::invalid, fill("the PDF is truncated: it ends at byte {} without startxref and %%EOF", size),
                     {path, "", 0, "", static_cast<std::int64_t>(size)}, get_again);
    return {};
}

Error to_error(const QPDFExc& thrown, const std::string& path, std::uint64_t size) {
    const std::string detail = thrown.getMessageDetail();
    if (detail.find("unable to find trailer") != std::string::npos)
        return Error(ErrorKind::invalid, fill("the PDF is truncated or damaged: its {} bytes hold no usable trailer", size),
                     {path, "", 0, "", static_cast<std::int64_t>(size)}, get_again);
    return Error(ErrorKind::invalid, fill("the PDF cannot be read: {}", detail), {path, "", 0, "", thrown.getFilePosition()}, get_again);
}

// An object stream that claims to lie in an object stream sends libqpdf 11.3 into endless recursion (ISO 32000-1, 7.5.7 forbids it).
bool has_nested_object_streams(QPDF& qpdf) {
    const auto table = qpdf.getXRefTable();
    return std::any_of(table.begin(), table.end(), [&table](const auto& entry) {
        if (entry.second.getType() != 2) return false;
        const auto container = table.find(QPDFObjGen(entry.second.getObjStreamNumber(), 0));
        return container != table.end() && container->second.getType() == 2;
    });
}

Result<void> load(const std::shared_ptr<InputSource>& source, const std::string& path, Repair repair, Opened& opened) {
    DOSSIER_CHECK(check_frame(*source, path, repair));
    const std::uint64_t size = size_of(*source);
    opened.qpdf = QPDF::create();
    opened.qpdf->setSuppressWarnings(true);
    opened.qpdf->setAttemptRecovery(repair == Repair::allowed);
    try {
        opened.qpdf->processInputSource(source);
    } catch (const QPDFExc& thrown) {
        // libqpdf knows the standard security handler alone (ISO 32000-1, 7.6.3): any other one is of certificates or a policy server.
        const bool is_other_handler = thrown.getMessageDetail().find("unsupported encryption filter") != std::string::npos;
        if (thrown.getErrorCode() != qpdf_e_password && !is_other_handler) return to_error(thrown, path, size);
        opened.needs_password = true;
        opened.is_standard = !is_other_handler;
        opened.qpdf.reset();
        return {};
    }
    if (has_nested_object_streams(*opened.qpdf))
        return Error(ErrorKind::invalid, "the PDF's cross-reference table puts an object stream into an object stream", {path}, get_again);
    return {};
}

} // namespace

Result<std::shared_ptr<InputSource>> open_source(FileSystem& fs, const std::string& path, std::uint64_t limit) {
    DOSSIER_TRY(auto file, fs.open(path));
    return make_source(std::move(file), path, limit);
}

std::shared_ptr<InputSource> make_source(std::unique_ptr<InputFile> file, const std::string& name, std::uint64_t limit) {
    return std::make_shared<SeamInput>(std::move(file), name, limit);
}

Result<void> check_was_read(const InputSource& source) {
    const auto* const seam = dynamic_cast<const SeamInput*>(&source);
    if (seam && seam->failure()) return *seam->failure();
    return {};
}

Result<void> guarded(const std::string& path, const std::function<Result<void>()>& work) {
    try {
        return work();
    } catch (const SeamFailure& failure) {
        return failure.error;
    } catch (const QPDFExc& thrown) {
        return Error(ErrorKind::invalid, fill("the PDF cannot be read: {}", thrown.getMessageDetail()),
                     {path, "", 0, "", thrown.getFilePosition()}, get_again);
    } catch (const std::bad_alloc&) {
        return Error(ErrorKind::invalid, "the PDF needs more memory than there is", {path}, get_again);
    } catch (const std::exception& thrown) {
        return Error(ErrorKind::invalid, fill("the PDF cannot be read: {}", std::string_view(thrown.what())), {path}, get_again);
    }
}

Result<Opened> open_qpdf(FileSystem& fs, const std::string& path, Repair repair, std::uint64_t limit) {
    DOSSIER_TRY(const auto source, open_source(fs, path, limit));
    return open_qpdf(source, path, repair);
}

Result<Opened> open_qpdf(std::shared_ptr<InputSource> source, const std::string& name, Repair repair) {
    Opened opened;
    const auto done = guarded(name, [&] { return load(source, name, repair, opened); });
    if (!done) return done.error();
    return opened;
}

std::vector<std::string> warnings_of(QPDF& qpdf) {
    std::vector<std::string> texts;
    for (const QPDFExc& warning : qpdf.getWarnings()) {
        std::string text = warning.getMessageDetail();
        if (warning.getFilePosition() > 0) text += fill(" (byte {})", static_cast<std::int64_t>(warning.getFilePosition()));
        if (std::find(texts.begin(), texts.end(), text) == texts.end() && texts.size() < 50) texts.push_back(text);
    }
    return texts;
}

PageWalk walk_pages(QPDF& qpdf, const std::function<bool(QPDFObjectHandle)>& use) {
    PageWalk walk;
    struct Level {
        QPDFObjectHandle kids;
        int next;
    };
    std::vector<Level> levels;
    std::set<QPDFObjGen> entered;
    const auto warn = [&walk](std::string text) {
        if (walk.warnings.size() < 20) walk.warnings.push_back(std::move(text));
    };
    const auto visit = [&](QPDFObjectHandle node) {
        if (!node.isDictionary()) {
            warn("the page tree names a page that is not there");
            return true;
        }
        QPDFObjectHandle kids = node.getKey("/Kids");
        if (!kids.isArray()) {
            ++walk.pages;
            return use(node);
        }
        if (node.isIndirect() && !entered.insert(node.getObjGen()).second)
            warn(fill("the page tree reaches object {} twice", node.getObjectID()));
        else
            levels.push_back({kids, 0});
        return true;
    };
    QPDFObjectHandle root = qpdf.getRoot().getKey("/Pages");
    const bool has_count = root.isDictionary() && root.getKey("/Count").isInteger();
    const std::int64_t claimed = has_count ? root.getKey("/Count").getIntValue() : -1;
    if (!root.isDictionary()) warn("the document has no page tree");
    bool more = root.isDictionary() && visit(root);
    while (more && !levels.empty()) {
        Level& level = levels.back();
        if (level.next >= level.kids.getArrayNItems()) {
            levels.pop_back();
            continue;
        }
        more = visit(level.kids.getArrayItem(level.next++));
        if (walk.pages >= most_pages) {
            warn(fill("the page tree has {} pages or more; the rest was not read", most_pages));
            return walk;
        }
    }
    if (more && has_count && claimed != walk.pages) warn(fill("the page tree claims {} pages and has {}", claimed, walk.pages));
    return walk;
}

} // namespace dossier::pdf
