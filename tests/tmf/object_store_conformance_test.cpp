// What every object store has to do. Runs against a folder on the disk and a folder in memory.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/run.hpp"
#include "tmf/object_store.hpp"

using namespace dossier;
using namespace dossier::tmf;

namespace {

// From `printf hello | sha256sum` and `printf world | sha256sum`.
const char* const hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const char* const world = "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7";

struct Fresh {
    std::shared_ptr<FileSystem> fs;
    std::string folder;
    std::unique_ptr<ObjectStore> store;
    test::Scratch scratch;
    int jobs;

    explicit Fresh(bool on_disk) : fs(on_disk ? make_disk_file_system() : make_memory_file_system()), jobs(on_disk ? 8 : 1) {
        folder = on_disk ? scratch / "objects" : "objects";
        REQUIRE(fs->create_folders(folder));
        REQUIRE(fs->create_folders(on_disk ? scratch / "in" : "in"));
        store = make_folder_store(fs, folder);
    }
    std::string file(const std::string& name, const std::string& bytes) const {
        const std::string path = folder.substr(0, folder.size() - 7) + "in/" + name;
        REQUIRE(write_new_file(*fs, path, bytes));
        return path;
    }
    StoredObject put(const std::string& path) const {
        auto results = store->put(*fs, {path}, jobs);
        REQUIRE(results.size() == 1);
        INFO((results[0] ? "" : to_text(results[0].error())));
        REQUIRE(results[0]);
        return *results[0];
    }
    std::string bytes(const Sha256& sha256) const {
        auto input = store->open(sha256);
        REQUIRE(input);
        std::string text(100, '\0');
        text.resize(*(*input)->read(text.data(), text.size()));
        return text;
    }
};

Result<bool> every(const Sha256&) { return true; }
Result<bool> none(const Sha256&) { return false; }

} // namespace

TEST_CASE("object store: what is put can be read under its hash, once") {
    const bool on_disk = GENERATE(true, false);
    Fresh place(on_disk);
    const StoredObject first = place.put(place.file("a.txt", "hello"));
    CHECK(first.sha256.hex() == hello);
    CHECK(first.size == 5);
    CHECK(first.head == "hello");
    CHECK(first.is_new);
    CHECK(place.bytes(first.sha256) == "hello");
    CHECK(*verify_object(*place.store, first.sha256) == 5);
    CHECK_FALSE(place.put(place.file("b.txt", "hello")).is_new);
    place.store->settle();
    const auto listing = place.store->list();
    REQUIRE(listing);
    REQUIRE(listing->objects.size() == 1);
    CHECK(listing->objects[0].sha256.hex() == hello);
    CHECK(listing->objects[0].size == 5);
    CHECK(listing->strays.empty());
    CHECK(exists(*place.fs, place.folder + "/2c/" + (hello + 2))); // as docs/repository_format.md says
}

TEST_CASE("object store: many at once, each with its own result, equal bytes among them") {
    const bool on_disk = GENERATE(true, false);
    Fresh place(on_disk);
    std::vector<std::string> paths;
    for (int i = 0; i < 40; ++i) paths.push_back(place.file(fill("f{}", i), i % 2 == 0 ? "hello" : fill("text {}", i)));
    paths.push_back(place.folder + "/nothing-here");
    const auto results = place.store->put(*place.fs, paths, place.jobs);
    REQUIRE(results.size() == 41);
    for (std::size_t i = 0; i < 40; ++i) REQUIRE(results[i]);
    CHECK(results[0]->sha256.hex() == hello);
    CHECK(results[38]->sha256.hex() == hello);
    CHECK(results[1]->sha256 == sha256_of("text 1"));
    REQUIRE_FALSE(results[40]);
    CHECK(results[40].error().kind == ErrorKind::not_found);
    CHECK(place.store->list()->objects.size() == 21);
    place.store->settle();
    CHECK(place.store->list()->strays.empty());
}

TEST_CASE("object store: what is not there, and what is no file") {
    Fresh place(true);
    CHECK(place.store->open(*Sha256::from_hex(world)).error().kind == ErrorKind::not_found);
    REQUIRE(test::run({"ln", "-s", place.file("a.txt", "hello"), place.scratch / "link"}).code == 0);
    const auto results = place.store->put(*place.fs, {place.scratch / "link", place.scratch / "in"}, 1);
    CHECK(results[0].error().message == "this is a link, a file is wanted");
    CHECK(results[1].error().message == "this is no file");
    CHECK(place.store->list()->objects.empty());
}

TEST_CASE("object store: objects are read-only, damage is seen, and the same document put again heals it") {
    Fresh place(true);
    const StoredObject object = place.put(place.file("a.txt", "hello"));
    const std::string path = place.folder + "/2c/" + (hello + 2);
    CHECK(test::run({"find", path, "-perm", "444"}).out == path + "\n");
    REQUIRE(place.fs->remove(path));
    REQUIRE(write_new_file(*place.fs, path, "jello"));
    const auto damaged = verify_object(*place.store, object.sha256);
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().kind == ErrorKind::invalid);
    CHECK_FALSE(place.put(place.file("again.txt", "hello")).is_new);
    CHECK(verify_object(*place.store, object.sha256));
}

TEST_CASE("object store: taking back removes what was new, leftovers are listed and cleaned") {
    const bool on_disk = GENERATE(true, false);
    Fresh place(on_disk);
    const StoredObject object = place.put(place.file("a.txt", "hello"));
    place.store->take_back({object.sha256});
    place.store->settle();
    CHECK(place.store->list()->objects.empty());
    REQUIRE(place.fs->create_folders(place.folder + "/incoming"));
    REQUIRE(write_new_file(*place.fs, place.folder + "/incoming/7", "half"));
    REQUIRE(write_new_file(*place.fs, place.folder + "/note.txt", "what is this"));
    CHECK(place.store->list()->strays == std::vector<std::string>{"incoming/7", "note.txt"});
    REQUIRE(place.store->clean(every));
    CHECK(place.store->list()->strays == std::vector<std::string>{"note.txt"}); // what it did not make it does not remove
}

TEST_CASE("object store: what an interrupted run placed and nobody names goes with the next one, and nothing else") {
    const bool on_disk = GENERATE(true, false);
    Fresh place(on_disk);
    const StoredObject before = place.put(place.file("a.txt", "hello"));
    place.store->settle();
    const StoredObject cut = place.put(place.file("b.txt", "world"));
    // The run ended here, without a word. Another one, on the same folder:
    const auto next = [&place] { return make_folder_store(place.fs, place.folder); };
    const auto ids = [&place] {
        std::vector<Sha256> all;
        const auto listing = place.store->list();
        REQUIRE(listing);
        for (const ObjectEntry& object : listing->objects) all.push_back(object.sha256);
        return all;
    };
    REQUIRE_FALSE(next()->clean([](const Sha256&) -> Result<bool> { return Error(ErrorKind::io, "the ledger cannot be read"); }));
    CHECK(ids().size() == 2); // who cannot ask removes nothing, and the next one asks again
    std::vector<Sha256> asked;
    const auto keep = [&asked](const Sha256& object) -> Result<bool> {
        asked.push_back(object);
        return true;
    };
    SECTION("it was named just before the end") {
        REQUIRE(next()->clean(keep));
        CHECK(asked == std::vector<Sha256>{cut.sha256});
        CHECK(ids().size() == 2);
        REQUIRE(next()->clean(none)); // it is asked about once
        CHECK(ids().size() == 2);
    }
    SECTION("it was not") {
        REQUIRE(next()->clean(none));
        CHECK(ids() == std::vector<Sha256>{before.sha256});
    }
    SECTION("the note itself was cut off") {
        const std::string folder = place.folder + "/incoming/";
        std::string name;
        const auto entries = place.fs->list(folder);
        REQUIRE(entries);
        for (const FolderEntry& entry : *entries) name = entry.name;
        REQUIRE(place.fs->remove(folder + name));
        REQUIRE(write_new_file(*place.fs, folder + name, cut.sha256.hex().substr(0, 40)));
        REQUIRE(next()->clean(none));
        CHECK(ids().size() == 2);
    }
    CHECK(place.store->list()->strays.empty());
}

TEST_CASE("object store: whatever call fails, a failure leaves no half object and a success is whole") {
    for (int call = 1;; ++call) {
        INFO("call " << call);
        const auto memory = make_memory_file_system();
        const auto faulty = std::make_shared<test::FaultyFileSystem>(memory);
        REQUIRE(memory->create_folders("objects"));
        REQUIRE(write_new_file(*memory, "a", "hello"));
        REQUIRE(write_new_file(*memory, "b", "world"));
        const auto store = make_folder_store(faulty, "objects");
        faulty->fail_at(call);
        const auto results = store->put(*memory, {"a", "b"}, 1);
        const bool hit = faulty->failed();
        faulty->fail_at(0);
        for (std::size_t i = 0; i < 2; ++i)
            if (results[i]) CHECK(verify_object(*store, *Sha256::from_hex(i == 0 ? hello : world)));
        const auto listing = store->list();
        REQUIRE(listing);
        for (const ObjectEntry& object : listing->objects) CHECK(verify_object(*store, object.sha256)); // never half
        REQUIRE(store->clean(every));
        const auto again = store->put(*memory, {"a", "b"}, 1);
        REQUIRE((again[0] && again[1]));
        if (!hit) {
            CHECK(call > 10); // every step of both files was hit before
            break;
        }
    }
}
