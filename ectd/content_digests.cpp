#include "ectd/content_digests.hpp"

#include <algorithm>

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

struct ContentDigests::Wanted {
    const Content* content;
    Result<Md5>* result;
    std::string identity; // empty: not to be kept
    Sha256 key;
};

// Those that have to be read, in the order they were named.
std::vector<ContentDigests::Wanted> ContentDigests::unknown(const std::vector<const Content*>& contents) {
    std::vector<Wanted> wanted;
    for (const Content* content : contents) {
        const auto [entry, is_new] = known_.try_emplace({content->fs.get(), content->path}, Md5{});
        if (!is_new) continue;
        wanted.push_back({content, &entry->second, earlier_ ? content->fs->identity(content->path) : "", {}});
        if (!wanted.back().identity.empty()) wanted.back().key = KnownDigests::key_of(wanted.back().identity, Hasher::What::md5);
    }
    std::vector<Wanted*> asked;
    for (Wanted& one : wanted)
        if (!one.identity.empty()) asked.push_back(&one);
    std::sort(asked.begin(), asked.end(), [](const Wanted* a, const Wanted* b) { return a->key < b->key; });
    for (Wanted* one : asked) {
        const auto found = earlier_->find(one->key);
        if (!found) continue;
        *one->result = found->md5;
        one->content = nullptr;
    }
    wanted.erase(std::remove_if(wanted.begin(), wanted.end(), [](const Wanted& one) { return !one.content; }), wanted.end());
    return wanted;
}

void ContentDigests::read(const std::vector<const Content*>& contents) {
    const std::vector<Wanted> wanted = unknown(contents);
    if (wanted.empty()) return; // asked for one by one, most are known: no buffers are made for them
    std::size_t next = 0;
    md5_in_lanes(
        [&]() -> std::unique_ptr<Md5Input> {
            if (next == wanted.size()) return nullptr;
            const Wanted& one = wanted[next++];
            return std::make_unique<Reading>(*one.content, *one.result);
        },
        wanted.size() > 1 ? threads : 1, wanted.size() > 2 ? widest_md5_lanes() : 1);
    for (const Wanted& one : wanted) {
        const bool as_it_was = !one.identity.empty() && *one.result && one.content->fs->identity(one.content->path) == one.identity;
        if (as_it_was) earlier_->keep(one.key, {**one.result, {}, 0});
    }
}

Result<Md5> ContentDigests::of(const Content& content) {
    read({&content});
    return known_.at({content.fs.get(), content.path});
}

} // namespace dossier::ectd
