// Imports that are interrupted: a disk that is full at any call, a process that is killed. All sequences are taken over or none.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "ectd/import.hpp"
#include "ectd/import_journal.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/ectd/import_bench.hpp"
#include "tests/ectd/regional_samples.hpp"
#include "tests/ectd/workbench.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/forwarding_file_system.hpp"

using namespace dossier;
using namespace dossier::ectd;
using Lines = std::vector<std::string>;

using test::today;
using Source = test::ImportBench;

namespace {

// Fails at the n-th call that changes something, as a full disk would.
class FullDisk : public test::ForwardingFileSystem {
public:
    FullDisk(std::shared_ptr<FileSystem> inner, int calls) : ForwardingFileSystem(std::move(inner)), left_(calls) {}
    Result<std::unique_ptr<OutputFile>> create(const std::string& path) override {
        if (is_full()) return full();
        return ForwardingFileSystem::create(path);
    }
    Result<void> create_folders(const std::string& path) override {
        return is_full() ? full() : ForwardingFileSystem::create_folders(path);
    }
    Result<void> rename(const std::string& from, const std::string& to) override {
        return is_full() ? full() : ForwardingFileSystem::rename(from, to);
    }
    Result<void> sync_folder(const std::string& path) override { return is_full() ? full() : ForwardingFileSystem::sync_folder(path); }
    bool was_full() const { return was_full_; }

private:
    bool is_full() {
        const bool now = left_-- == 0; // once: what cleans up afterwards works
        was_full_ = was_full_ || now;
        return now;
    }
    static Error full() { return {ErrorKind::io, "no space left on device"}; }
    int left_;
    bool was_full_ = false;
};

} // namespace

TEST_CASE("a full disk at any moment of an import leaves no half sequence, and the same import then succeeds") {
    const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    const auto from = make_memory_file_system();
    test::write_eu_sample(*from, "/from");
    const std::size_t whole = list_tree(*from, "/from")->size();
    int failures = 0;
    for (int call = 0;; ++call) {
        const auto disk = make_memory_file_system();
        FullDisk full(disk, call);
        const auto first = import_sequences({*from, "/from", "from", full, "/app", *catalogue, today});
        if (!full.was_full()) {
            CHECK(first);
            break;
        }
        ++failures;
        INFO(call);
        CHECK_FALSE(first);
        const auto entries = disk->list("/app"); // not there at all, or empty, or whole sequences after the last step
        if (entries)
            for (const FolderEntry& entry : *entries) {
                CHECK(list_tree(*disk, "/app/" + entry.name)->size() == list_tree(*from, "/from/" + entry.name)->size());
            }
        const auto second = import_sequences({*from, "/from", "from", *disk, "/app", *catalogue, today});
        REQUIRE(second);
        CHECK(list_tree(*disk, "/app")->size() == whole); // no application.yaml in the EU
    }
    CHECK(failures > 30); // three sequences of four to nine files with their folders
}

// The process is killed at any call: from then on nothing reaches the disk.
TEST_CASE("an import that is killed at any moment has taken over all sequences or none, and what was decided is finished") {
    test::Workbench bench;
    for (const char* const name : {"a.pdf", "b.pdf"}) bench.write(name, name);
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n", 1));
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n2.4,B,b.pdf\n", 2));
    bench.write("a.pdf", "another a");
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n2.4,B,b.pdf\n", 3));
    const auto numbers = [&bench](FileSystem& fs) {
        const auto application = read_application(fs, "/new", bench.catalogue);
        if (!application) return Lines{application.error().message};
        Lines list;
        for (const Sequence& sequence : application->sequences) list.push_back(sequence.folder);
        return list;
    };
    const Lines all{"0001", "0002", "0003"},
        interrupted{"an import was interrupted, or runs now: not all of its sequences have their names yet"};
    int undone = 0, decided = 0, done = 0;
    for (int call = 1;; ++call) {
        const auto disk = make_memory_file_system();
        const auto dying = std::make_shared<test::FaultyFileSystem>(disk);
        dying->fail_at(call);
        const auto first = import_sequences({*bench.fs, "/app", "app", *dying, "/new", bench.catalogue, today});
        if (!dying->failed()) {
            CHECK(first);
            break;
        }
        INFO(call);
        const Lines seen = is_folder(*disk, "/new") ? numbers(*disk) : Lines{};
        CHECK((seen.empty() || seen == all || seen == interrupted)); // never one or two of three
        if (seen.empty())
            ++undone;
        else
            ++(seen == all ? done : decided);
        if (is_folder(*disk, "/new")) REQUIRE(finish_interrupted_import(*disk, "/new", bench.catalogue));
        const Lines later = is_folder(*disk, "/new") ? numbers(*disk) : Lines{};
        CHECK(later == (seen.empty() ? Lines{} : all));
        if (!seen.empty()) { // whole, and marked
            const auto tree = list_tree(*disk, "/new");
            for (const std::string& number : all)
                CHECK(list_tree(*disk, "/new/" + number)->size() == list_tree(*bench.fs, "/app/" + number)->size());
            const auto yaml = read_file(*disk, "/new/application.yaml");
            REQUIRE(yaml);
            std::size_t marks = 0;
            for (std::size_t at = yaml->find("imported: 2026-06-01"); at != std::string::npos;
                 at = yaml->find("imported: 2026-06-01", at + 1))
                ++marks;
            CHECK(marks == 3);
        }
        // The same import again: skipped or made, the same folder in the end.
        REQUIRE(import_sequences({*bench.fs, "/app", "app", *disk, "/new", bench.catalogue, today}));
        Lines names;
        const auto entries = disk->list("/new");
        REQUIRE(entries);
        for (const FolderEntry& entry : *entries) names.push_back(entry.name);
        CHECK(names == Lines{"0001", "0002", "0003", "application.yaml"});
    }
    CHECK(undone > 20);
    CHECK(decided > 5); // three renames, the mark, and what is removed afterwards
}

TEST_CASE("what a killed import left is finished by import without a source and by build, and read by nobody before") {
    const Source source;
    REQUIRE(source.import("from").code == 0);
    // As it lies after the folder was renamed and the first sequence had its name.
    const auto& scratch = source.scratch;
    const std::string journal = "{\"day\": \"2026-06-01\", \"place\": [\"0001\", \"0002\"], \"mark\": [\"0001\", \"0002\"]}\n";
    const auto interrupt = [&] {
        scratch.write("app/.import.ready/journal.json", journal);
        REQUIRE(test::run({"mv", scratch / "app/0002", scratch / "app/.import.ready/0002"}).code == 0);
    };
    const std::string yaml = scratch.read("app/application.yaml");
    interrupt();
    for (const Lines& command : {Lines{"ectd", "view", "app"}, Lines{"ectd", "plan", "app"}, Lines{"ectd", "validate", "app"}}) {
        const test::Run refused = source.dossier(command);
        CHECK(refused.code == 3);
        CHECK(refused.err.find("an import was interrupted") != std::string::npos);
        CHECK(refused.err.find("Mend: finish it: dossier ectd import --to ") != std::string::npos);
    }
    const test::Run finished = source.dossier({"ectd", "import", "--to", "app"});
    INFO(finished.err);
    CHECK(finished.code == 0);
    CHECK(finished.out == "An interrupted import is finished: 0001, 0002\n");
    CHECK(test::run({"ls", "-A", scratch / "app"}).out == "0001\n0002\napplication.yaml\n");
    CHECK(scratch.read("app/application.yaml") == yaml);
    CHECK(source.same("app/0002", "from/123456/0002"));
    CHECK(source.dossier({"ectd", "import", "--to", "app"}).err.find("there is no interrupted import to finish") != std::string::npos);

    interrupt();
    scratch.write("app/c.pdf", "%PDF-1.4\nc\nstartxref\n0\n%%EOF\n");
    scratch.write("app/plan.csv", "section,title,source\n2.4,C,c.pdf\n");
    std::string with = yaml + "  \"0003\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}\n";
    scratch.write("app/application.yaml", with);
    const test::Run built = source.dossier({"ectd", "build", "app", "--delta"});
    INFO(built.err);
    CHECK(built.code == 0);
    CHECK(built.err.find("an import that was interrupted was finished first") != std::string::npos);
    CHECK(built.out.find("Sequence 0003") == 0); // after both
}

TEST_CASE("what a killed import left is cleared by the next one") {
    const Source source;
    source.scratch.write("app/.import.part/0001/index.xml", "half");
    REQUIRE(source.import("from").code == 0);
    CHECK(test::run({"ls", "-A", source.scratch / "app"}).out == "0001\n0002\napplication.yaml\n");
    CHECK(source.import("from", "app/0001/m2").err.find("is, or lies in, a sequence") != std::string::npos);
}
