#include "ectd/content_digests.hpp"

#include "core/md5_lanes.hpp"

namespace dossier::ectd {

namespace {

constexpr int threads = 2;

class Reading final : public Md5Input {
public:
    Reading(const Content& content, Result<Md5>& result) : result_(result), file_(content.fs->open(content.path)) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        if (!file_) return file_.error();
        return (*file_)->read(buffer, size);
    }
    void finish(Result<Md5> md5) override { result_ = std::move(md5); }

private:
    Result<Md5>& result_;
    Result<std::unique_ptr<InputFile>> file_;
};

} // namespace

void ContentDigests::read(const std::vector<const Content*>& contents) {
    std::vector<std::pair<const Content*, Result<Md5>*>> wanted;
    for (const Content* content : contents) {
        const auto [entry, is_new] = known_.try_emplace({content->fs.get(), content->path}, Md5{});
        if (is_new) wanted.emplace_back(content, &entry->second);
    }
    std::size_t next = 0;
    md5_in_lanes(
        [&]() -> std::unique_ptr<Md5Input> {
            if (next == wanted.size()) return nullptr;
            const auto& [content, result] = wanted[next++];
            return std::make_unique<Reading>(*content, *result);
        },
        wanted.size() > 1 ? threads : 1, wanted.size() > 2 ? widest_md5_lanes() : 1);
}

Result<Md5> ContentDigests::of(const Content& content) {
    read({&content});
    return known_.at({content.fs.get(), content.path});
}

} // namespace dossier::ectd
