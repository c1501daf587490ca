// What a plan compares is read once: a source that did not change is not opened by the next plan, one that did always is.
#include <catch2/catch.hpp>

#include <chrono>
#include <fstream>
#include <map>
#include <thread>

#include "ectd/content_digests.hpp"
#include "tests/ectd/command_bench.hpp"
#include "tests/support/forwarding_file_system.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::ectd;

namespace {

// In memory, with identities that the test gives, and a count of what was opened.
class Named final : public test::ForwardingFileSystem {
public:
    Named() : ForwardingFileSystem(make_memory_file_system()) {}
    std::string identity(const std::string& path) override {
        const auto found = identities.find(path);
        return found == identities.end() ? "" : found->second;
    }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) override {
        ++opened[path];
        if (path == changes_while_read) identities[path] += ", changed";
        return ForwardingFileSystem::open(path);
    }
    std::map<std::string, std::string> identities;
    std::map<std::string, int> opened;
    std::string changes_while_read;
};

struct Bench {
    std::shared_ptr<Named> fs = std::make_shared<Named>();
    Bench() {
        for (const std::string name : {"a", "b", "c", "d", "e"}) {
            REQUIRE(write_new_file(*fs, name, "bytes of " + name));
            fs->identities[name] = "identity of " + name;
        }
    }
    // As one run of the program does, for all five.
    std::map<std::string, std::string> run() {
        fs->opened.clear();
        KnownDigests known(*fs, "/cache");
        ContentDigests digests(&known);
        std::vector<Content> contents;
        for (const std::string name : {"a", "b", "c", "d", "e"}) contents.push_back({fs, name, name});
        std::vector<const Content*> wanted;
        for (const Content& content : contents) wanted.push_back(&content);
        digests.read(wanted);
        std::map<std::string, std::string> found;
        for (const Content& content : contents) {
            const auto md5 = digests.of(content);
            found[content.path] = md5 ? md5->hex() : to_text(md5.error());
        }
        return found;
    }
    std::string documents_opened() const {
        std::string names;
        for (const auto& [path, count] : fs->opened)
            if (path.size() == 1) names += path + std::to_string(count) + " ";
        return names;
    }
    void rewrite(const std::string& name, const std::string& bytes) const {
        REQUIRE(fs->remove(name));
        REQUIRE(write_new_file(*fs, name, bytes));
    }
};

} // namespace

TEST_CASE("a source is read when its bytes are not known, and only then") {
    Bench bench;
    const auto first = bench.run();
    CHECK(first.at("a") == md5_of("bytes of a").hex());
    CHECK(bench.documents_opened() == "a1 b1 c1 d1 e1 ");
    CHECK(bench.run() == first);
    CHECK(bench.documents_opened().empty());

    bench.rewrite("b", "other bytes");
    bench.fs->identities["b"] = "another identity";
    bench.rewrite("c", "bytes of a file that nobody can tell");
    bench.fs->identities["c"].clear();
    const auto second = bench.run();
    CHECK(bench.documents_opened() == "b1 c1 ");
    CHECK(second.at("b") == md5_of("other bytes").hex());
    CHECK(second.at("c") == md5_of("bytes of a file that nobody can tell").hex());
    CHECK(second.at("d") == first.at("d"));
    CHECK(bench.run() == second);
    CHECK(bench.documents_opened() == "c1 "); // never kept
}

TEST_CASE("what changed while it was read, and what could not be read, is not kept") {
    Bench bench;
    bench.fs->changes_while_read = "d";
    REQUIRE(bench.fs->remove("e"));
    const auto first = bench.run();
    CHECK(first.at("e").find("cannot") != std::string::npos);
    bench.fs->changes_while_read.clear();
    bench.fs->identities["d"] = "identity of d";
    REQUIRE(write_new_file(*bench.fs, "e", "bytes of e"));
    CHECK(bench.run().at("e") == md5_of("bytes of e").hex());
    CHECK(bench.documents_opened() == "d1 e1 ");
}

TEST_CASE("both digests of a source are kept apart from its MD5 alone") {
    Bench bench;
    bench.run();
    const Content content{bench.fs, "a", "a"};
    for (const int opened : {1, 0}) { // the first time it is read: its SHA-256 is not known
        bench.fs->opened.clear();
        KnownDigests known(*bench.fs, "/cache");
        const auto both = digests_of_content(content, &known);
        REQUIRE(both);
        CHECK(both->sha256 == sha256_of("bytes of a"));
        CHECK(both->md5 == md5_of("bytes of a"));
        CHECK(both->size == 10);
        CHECK(bench.fs->opened["a"] == opened);
    }
}

namespace {

// Bytes that a command read, by the kernel's account of the shell that waited for it; nothing where there is none.
std::optional<long> bytes_read(const std::string& command, const std::string& folder) {
    const test::Run run = test::run({"sh", "-c", command + " && cat /proc/$$/io"}, folder);
    INFO(command << run.out << run.err);
    REQUIRE(run.code == 0);
    const std::size_t at = run.out.rfind("rchar: ");
    if (at == std::string::npos) return std::nullopt;
    return std::stol(run.out.substr(at + 7));
}

} // namespace

TEST_CASE("the second plan of an unchanged document of 32 MB does not read it, and a build after it neither") {
    constexpr long size = 32 << 20;
    if (!std::ifstream("/proc/self/io")) return test::skip("this system does not count what a process reads");
    test::CommandBench bench;
    bench.scratch.write("app/a.pdf", "%PDF-1.4\n" + std::string(size, ' ') + "\nstartxref\n0\n%%EOF\n");
    bench.scratch.write("app/plan.csv", "section,title,source\n2.2,Introduction,a.pdf\n");
    std::string yaml = test::application_yaml;
    yaml.insert(yaml.find("}\nstudies"),
                R"(, "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment})");
    bench.scratch.write("app/application.yaml", yaml);
    const std::string program = "XDG_CACHE_HOME=" + (bench.scratch / "cache") + " " + test::program();
    std::this_thread::sleep_for(std::chrono::milliseconds(2100)); // until it is told by its times (file_identity_test)
    if (make_disk_file_system()->identity(bench.scratch / "app/a.pdf").empty())
        return test::skip("the disk of the temporary folder is not known to keep the time of the last change");
    REQUIRE(bytes_read(program + " ectd build app --sequence 0001", bench.scratch.path()) > size);
    const std::string plan = program + " ectd plan app --sequence 0002";
    CHECK(bytes_read(plan, bench.scratch.path()) > size); // compared with what was sent: read once
    CHECK(bytes_read(plan, bench.scratch.path()) < size);
    CHECK(bytes_read(program + " ectd build app --sequence 0002", bench.scratch.path()) < size);
    // The same length, and the time of writing put back.
    REQUIRE(test::run({"sh", "-c", "cp -p a.pdf old && printf X | dd of=a.pdf bs=1 seek=9 conv=notrunc && touch -r old a.pdf"},
                      bench.scratch / "app")
                .code == 0);
    const test::Run changed = test::run({"sh", "-c", plan}, bench.scratch.path());
    CHECK(changed.out.find("replace") != std::string::npos);
}
