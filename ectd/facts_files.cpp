#include "ectd/facts_internal.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "core/path.hpp"

namespace dossier::ectd::facts {

Result<void> list_sequence(FileSystem& fs, const std::string& root, const std::string& sequence, FileFacts& files,
                           std::vector<std::string>* folders) {
    DOSSIER_TRY(const auto tree, list_tree(fs, path::join(root, sequence)));
    for (const TreeEntry& entry : tree) {
        const std::string path = path::join(sequence, entry.path);
        if (entry.kind == FileKind::folder) {
            if (folders) folders->push_back(path);
            continue;
        }
        FileFact& file = files[path];
        file.path = path;
        file.kind = entry.kind;
        file.size = entry.size;
        if (entry.kind == FileKind::link) file.problem = "it is a link, not a file";
        if (entry.kind == FileKind::other) file.problem = "it is neither a file nor a folder";
    }
    return {};
}

namespace {

constexpr std::size_t start_length = 1024;

void hash_file(FileSystem& fs, const std::string& root, FileFact& file) {
    Hasher hasher(Hasher::What::md5);
    const auto read = read_pieces(fs, path::join(root, file.path), [&](std::string_view piece) -> Result<void> {
        if (file.start.size() < start_length) file.start += piece.substr(0, start_length - file.start.size());
        hasher.update(piece);
        return {};
    });
    if (read)
        file.md5 = hasher.finish().md5;
    else
        file.problem = read.error().message;
}

} // namespace

void hash_files(FileSystem& fs, const std::string& root, const std::vector<FileFact*>& wanted, int jobs) {
    std::atomic<std::size_t> next{0};
    auto work = [&] {
        for (std::size_t i = next++; i < wanted.size(); i = next++) hash_file(fs, root, *wanted[i]);
    };
    std::vector<std::thread> threads;
    const std::size_t count = std::min<std::size_t>(wanted.size(), static_cast<std::size_t>(std::clamp(jobs, 1, 64)));
    for (std::size_t i = 1; i < count; ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
}

} // namespace dossier::ectd::facts
