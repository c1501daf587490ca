#include "tests/ectd/content_bench.hpp"

#include <stdexcept>

#include "core/digest.hpp"
#include "ectd/content_reader.hpp"
#include "ectd/content_work.hpp"
#include "ectd/file_hashes.hpp"

namespace test {

using namespace dossier;

ectd::ContentFacts look_into(const Files& files, const LookOptions& options) {
    const auto memory = make_memory_file_system();
    ectd::FileFacts facts;
    for (const auto& [path, bytes] : files) {
        (void)memory->create_folders("/app/" + path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/')));
        if (!write_new_file(*memory, "/app/" + path, bytes)) throw std::runtime_error("cannot write " + path);
        ectd::FileFact& fact = facts[path];
        fact.path = path;
        fact.size = bytes.size();
    }
    ectd::content::Work work(options.content, options.jobs);
    std::vector<ectd::FileFact*> wanted;
    for (auto& item : facts) wanted.push_back(&item.second);
    ectd::hash_files(*memory, "/app", wanted, {ectd::Sha256For::looked_into});
    ectd::ContentFacts content;
    work.look_into(*memory, "/app", {wanted.begin(), wanted.end()}, content);
    work.finish(content);
    return content;
}

std::map<std::string, std::string> as_bytes(const ectd::ContentFacts& facts) {
    std::map<std::string, std::string> lines;
    for (const auto& [path, fact] : facts.files) lines[path] = ectd::content::to_bytes(fact) + to_text(fact.type);
    return lines;
}

} // namespace test
