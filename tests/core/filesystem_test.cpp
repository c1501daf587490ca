// One suite for every FileSystem: the disk and its in-memory double must not be told apart by it.
#include <catch2/catch.hpp>

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/disk_file.hpp"
#include "core/filesystem.hpp"
#include "core/link_free.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"

using namespace dossier;

namespace {

// A file system and an empty folder in it.
struct Subject {
    std::string name;
    std::shared_ptr<FileSystem> fs;
    std::string root;
    std::shared_ptr<test::Scratch> scratch;
    std::string operator/(const std::string& below) const { return root + "/" + below; }
};

std::vector<Subject> subjects() {
    const auto scratch = std::make_shared<test::Scratch>();
    Subject disk{"disk", make_disk_file_system(), scratch->path(), scratch};
    Subject memory{"memory", make_memory_file_system(), "/some/where", nullptr};
    REQUIRE(memory.fs->create_folders(memory.root));
    return {disk, memory};
}

template <class T> ErrorKind kind_of(const Result<T>& result) {
    REQUIRE_FALSE(result.has_value());
    CHECK_FALSE(result.error().message.empty());
    return result.error().kind;
}

std::vector<std::string> names_in(FileSystem& fs, const std::string& folder) {
    const auto entries = fs.list(folder);
    REQUIRE(entries);
    std::vector<std::string> names;
    for (const FolderEntry& entry : *entries) names.push_back(entry.name + (entry.kind == FileKind::folder ? "/" : ""));
    return names;
}

} // namespace

TEST_CASE("files: created once, written in pieces, read back, sized") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        auto file = s.fs->create(s / "a.txt");
        REQUIRE(file);
        REQUIRE((*file)->write("one "));
        REQUIRE((*file)->write(""));
        REQUIRE((*file)->write("two"));
        REQUIRE((*file)->sync());
        REQUIRE((*file)->close());
        CHECK(read_file(*s.fs, s / "a.txt").value() == "one two");
        CHECK(s.fs->info(s / "a.txt")->size == 7);
        CHECK(s.fs->info(s / "a.txt")->kind == FileKind::file);
        CHECK(kind_of(s.fs->create(s / "a.txt")) == ErrorKind::conflict);
        CHECK(kind_of(s.fs->create(s / "none/b.txt")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->create(s / "a.txt/b.txt")) == ErrorKind::not_found);
        REQUIRE(s.fs->create_folders(s / "folder"));
        CHECK(kind_of(s.fs->create(s / "folder")) == ErrorKind::conflict);
        CHECK(read_file(*s.fs, s / "a.txt", 7));
        CHECK(kind_of(read_file(*s.fs, s / "a.txt", 6)) == ErrorKind::invalid);
    }
}

TEST_CASE("files: reading seeks anywhere and ends with nothing") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        REQUIRE(write_new_file(*s.fs, s / "a", "0123456789"));
        auto file = s.fs->open(s / "a");
        REQUIRE(file);
        CHECK((*file)->size() == 10);
        char buffer[8] = {};
        CHECK((*file)->read(buffer, 4).value() == 4);
        CHECK(std::string(buffer, 4) == "0123");
        REQUIRE((*file)->seek(8));
        CHECK((*file)->read(buffer, 8).value() == 2);
        CHECK(std::string(buffer, 2) == "89");
        CHECK((*file)->read(buffer, 8).value() == 0);
        REQUIRE((*file)->seek(1000));
        CHECK((*file)->read(buffer, 8).value() == 0);
        REQUIRE((*file)->seek(0));
        CHECK((*file)->read(buffer, 1).value() == 1);
        CHECK(kind_of(s.fs->open(s / "none")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->open(s / "a/b")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->open(s.root)) == ErrorKind::invalid);
    }
}

TEST_CASE("files: an open one stays readable when its name is gone") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        REQUIRE(write_new_file(*s.fs, s / "a", "old"));
        auto file = s.fs->open(s / "a");
        REQUIRE(s.fs->remove(s / "a"));
        REQUIRE(write_new_file(*s.fs, s / "a", "new"));
        char buffer[3];
        CHECK((*file)->read(buffer, 3).value() == 3);
        CHECK(std::string(buffer, 3) == "old");
    }
}

TEST_CASE("folders: made with their parents, listed bytewise, removed when empty") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        REQUIRE(s.fs->create_folders(s / "b/c/d"));
        REQUIRE(s.fs->create_folders(s / "b/c/d"));
        REQUIRE(write_new_file(*s.fs, s / "b/Z", ""));
        REQUIRE(write_new_file(*s.fs, s / "b/a", ""));
        REQUIRE(write_new_file(*s.fs, s / "b/\xC3\xBC", ""));
        CHECK(names_in(*s.fs, s / "b") == std::vector<std::string>{"Z", "a", "c/", "\xC3\xBC"});
        CHECK(names_in(*s.fs, s.root) == std::vector<std::string>{"b/"});
        CHECK(s.fs->info(s / "b/c")->kind == FileKind::folder);
        CHECK(is_folder(*s.fs, s / "b/c"));
        CHECK_FALSE(is_folder(*s.fs, s / "b/a"));
        CHECK(exists(*s.fs, s / "b/a"));
        CHECK_FALSE(exists(*s.fs, s / "b/none"));
        CHECK(kind_of(s.fs->list(s / "none")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->list(s / "b/a")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->info(s / "b/a/x")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->create_folders(s / "b/a")) == ErrorKind::conflict);
        CHECK(kind_of(s.fs->create_folders(s / "b/a/x")) == ErrorKind::conflict);
        CHECK(kind_of(s.fs->remove(s / "b")) == ErrorKind::conflict);
        CHECK(kind_of(s.fs->remove(s / "none")) == ErrorKind::not_found);
        REQUIRE(s.fs->remove(s / "b/c/d"));
        CHECK_FALSE(exists(*s.fs, s / "b/c/d"));
        REQUIRE(s.fs->sync_folder(s / "b"));
        CHECK(kind_of(s.fs->sync_folder(s / "none")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->sync_folder(s / "b/a")) == ErrorKind::not_found);
    }
}

TEST_CASE("trees: listed parents first, removed whole, neighbours untouched") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        REQUIRE(s.fs->create_folders(s / "t/m1/us"));
        REQUIRE(s.fs->create_folders(s / "t-2"));
        REQUIRE(write_new_file(*s.fs, s / "t/m1/us/a.pdf", "12345"));
        REQUIRE(write_new_file(*s.fs, s / "t/index.xml", "x"));
        const auto tree = list_tree(*s.fs, s / "t");
        REQUIRE(tree);
        std::vector<std::string> lines;
        for (const TreeEntry& entry : *tree) lines.push_back(fill("{} {}", entry.path, entry.size));
        CHECK(lines == std::vector<std::string>{"index.xml 1", "m1 0", "m1/us 0", "m1/us/a.pdf 5"});
        REQUIRE(s.fs->remove_tree(s / "t"));
        REQUIRE(s.fs->remove_tree(s / "t"));
        CHECK(names_in(*s.fs, s.root) == std::vector<std::string>{"t-2/"});
        REQUIRE(write_new_file(*s.fs, s / "file", ""));
        REQUIRE(s.fs->remove_tree(s / "file"));
        CHECK_FALSE(exists(*s.fs, s / "file"));
    }
}

TEST_CASE("renaming replaces a file and never a folder") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        REQUIRE(write_new_file(*s.fs, s / "a", "new"));
        REQUIRE(write_new_file(*s.fs, s / "b", "old"));
        REQUIRE(s.fs->rename(s / "a", s / "b"));
        CHECK(read_file(*s.fs, s / "b").value() == "new");
        CHECK_FALSE(exists(*s.fs, s / "a"));
        REQUIRE(s.fs->create_folders(s / "d1/inner"));
        REQUIRE(s.fs->create_folders(s / "empty"));
        REQUIRE(write_new_file(*s.fs, s / "d1/inner/x", "x"));
        CHECK(kind_of(s.fs->rename(s / "b", s / "empty")) == ErrorKind::conflict);
        CHECK(kind_of(s.fs->rename(s / "d1", s / "empty")) == ErrorKind::conflict);
        CHECK(kind_of(s.fs->rename(s / "d1", s / "b")) == ErrorKind::conflict);
        CHECK(kind_of(s.fs->rename(s / "none", s / "c")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->rename(s / "b", s / "none/b")) == ErrorKind::not_found);
        CHECK_FALSE(s.fs->rename(s / "d1", s / "d1/inner/d1").has_value());
        CHECK(read_file(*s.fs, s / "d1/inner/x").value() == "x");
        REQUIRE(s.fs->rename(s / "d1", s / "d2"));
        CHECK(read_file(*s.fs, s / "d2/inner/x").value() == "x");
        CHECK_FALSE(exists(*s.fs, s / "d1"));
    }
}

TEST_CASE("hard links share content and never replace") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        REQUIRE(write_new_file(*s.fs, s / "a", "content"));
        REQUIRE(s.fs->hard_link(s / "a", s / "b"));
        CHECK(kind_of(s.fs->hard_link(s / "a", s / "b")) == ErrorKind::conflict);
        CHECK(kind_of(s.fs->hard_link(s / "none", s / "c")) == ErrorKind::not_found);
        CHECK(kind_of(s.fs->hard_link(s / "a", s / "none/c")) == ErrorKind::not_found);
        REQUIRE(s.fs->remove(s / "a"));
        CHECK(read_file(*s.fs, s / "b").value() == "content");
    }
}

TEST_CASE("write_file_durably replaces the whole or nothing, and leaves no temporary file") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        REQUIRE(write_file_durably(*s.fs, s / "a", "one"));
        REQUIRE(write_new_file(*s.fs, s / "a.part", "left by an interrupted run"));
        REQUIRE(write_file_durably(*s.fs, s / "a", "two"));
        CHECK(read_file(*s.fs, s / "a").value() == "two");
        CHECK(names_in(*s.fs, s.root) == std::vector<std::string>{"a"});
        REQUIRE(s.fs->create_folders(s / "folder"));
        CHECK_FALSE(write_file_durably(*s.fs, s / "folder", "x").has_value());
        CHECK(names_in(*s.fs, s.root) == std::vector<std::string>{"a", "folder/"});
        const auto nowhere = write_file_durably(*s.fs, s / "none/a", "x");
        CHECK(kind_of(nowhere) == ErrorKind::not_found);
        CHECK(to_text(nowhere.error()) ==
              (s / "none/a") + ": there is no folder " + (s / "none") + ". Mend: make it first, or name another place");
        CHECK(kind_of(write_new_file(*s.fs, s / "a", "three")) == ErrorKind::conflict);
        CHECK(read_file(*s.fs, s / "a").value() == "two");
    }
}

TEST_CASE("a lock keeps others out until it is given back") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        auto first = s.fs->lock(s / "lock", 0);
        REQUIRE(first);
        CHECK(kind_of(s.fs->lock(s / "lock", 0.05)) == ErrorKind::conflict);
        CHECK(s.fs->lock(s / "other", 0));
        first->reset();
        auto second = s.fs->lock(s / "lock", 0);
        REQUIRE(second);
        std::thread giver([&second] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            second->reset();
        });
        CHECK(s.fs->lock(s / "lock", 10)); // waits
        giver.join();
    }
}

TEST_CASE("where a file really lies is told by an absolute path") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        REQUIRE(write_new_file(*s.fs, s / "a", "content"));
        CHECK(s.fs->real_path(s / "./a").value() == s / "a");
        CHECK(kind_of(s.fs->real_path(s / "b")) == ErrorKind::not_found);
    }
}

TEST_CASE("threads may work on different files at the same time") {
    for (const Subject& s : subjects()) {
        INFO(s.name);
        std::vector<std::thread> threads;
        std::vector<int> right(4, 0);
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 50; ++i) {
                    const std::string name = s / fill("{}-{}", t, i);
                    if (write_new_file(*s.fs, name, name) && read_file(*s.fs, name).value_or("") == name)
                        ++right[static_cast<std::size_t>(t)];
                }
            });
        for (std::thread& thread : threads) thread.join();
        CHECK(right == std::vector<int>(4, 50));
        CHECK(s.fs->list(s.root)->size() == 200);
    }
}

TEST_CASE("the disk never follows a link where it lists or removes") {
    test::Scratch scratch;
    const auto disk = make_disk_file_system();
    scratch.write("outside/keep.txt", "keep");
    REQUIRE(disk->create_folders(scratch / "in"));
    REQUIRE(symlink((scratch / "outside").c_str(), (scratch / "in/link").c_str()) == 0);
    REQUIRE(symlink("nowhere", (scratch / "in/dangling").c_str()) == 0);
    REQUIRE(mkfifo((scratch / "in/pipe").c_str(), 0600) == 0);
    CHECK(disk->info(scratch / "in/link")->kind == FileKind::link);
    CHECK(disk->info(scratch / "in/dangling")->kind == FileKind::link);
    CHECK(disk->info(scratch / "in/pipe")->kind == FileKind::other);
    CHECK(is_folder(*disk, scratch / "in/link"));
    CHECK(disk->real_path(scratch / "in/link/keep.txt").value() == scratch / "outside/keep.txt");
    CHECK(kind_of(disk->real_path(scratch / "in/dangling")) == ErrorKind::not_found);
    CHECK_FALSE(is_folder(*disk, scratch / "in/dangling"));
    const auto tree = list_tree(*disk, scratch / "in");
    REQUIRE(tree);
    REQUIRE(tree->size() == 3);
    CHECK((*tree)[1].path == "link");
    CHECK((*tree)[1].kind == FileKind::link);
    REQUIRE(disk->remove_tree(scratch / "in"));
    CHECK(scratch.read("outside/keep.txt") == "keep");
}

TEST_CASE("the disk keeps what is made read-only") {
    test::Scratch scratch;
    const auto disk = make_disk_file_system();
    scratch.write("a", "content");
    REQUIRE(disk->make_read_only(scratch / "a"));
    struct stat status {};
    REQUIRE(stat((scratch / "a").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0444);
    CHECK(kind_of(disk->make_read_only(scratch / "none")) == ErrorKind::not_found);
}

TEST_CASE("what strangers packed is read without following a link inside of it") {
    test::Scratch scratch;
    scratch.write("outside/secret.xml", "secret");
    scratch.write("outside/0002/index.xml", "linked sequence");
    scratch.write("app/0001/m1/us/a.xml", "inside");
    scratch.write("app/plan.csv", "plan");
    const auto link = [&](const std::string& to, const std::string& name) { REQUIRE(symlink(to.c_str(), (scratch / name).c_str()) == 0); };
    link(scratch / "outside/secret.xml", "app/0001/index.xml");
    link(scratch / "outside", "app/0001/m2");
    link("us", "app/0001/m1/eu");
    link("nowhere", "app/0001/dangling");
    link(scratch / "outside/0002", "app/0002");
    link(scratch / "app", "typed");
    REQUIRE(mkfifo((scratch / "app/0001/pipe").c_str(), 0600) == 0);
    for (const std::string typed : {"app", "typed"}) { // the name that the user typed may be a link
        const std::string root = scratch / typed;
        const auto package = without_links(*make_disk_file_system(), root);
        CHECK(read_file(*package, root + "/0001/m1/us/a.xml").value() == "inside");
        CHECK(read_file(*package, root + "/plan.csv").value() == "plan");
        CHECK(read_file(*package, root + "/0002/index.xml").value() == "linked sequence"); // the owner put it beside the others
        CHECK(package->info(root + "/0001/m1/us/a.xml")->size == 6);
        for (const std::string name : {"index.xml", "m2/secret.xml", "m1/eu/a.xml", "dangling", "pipe"})
            CHECK(kind_of(package->open(root + "/0001/" + name)) == ErrorKind::invalid);
        CHECK(kind_of(package->open(root + "/0001/m1")) == ErrorKind::invalid);
        CHECK(kind_of(package->open(root + "/0001/none.xml")) == ErrorKind::not_found);
        for (const std::string name : {"index.xml", "m2", "dangling"}) CHECK(package->info(root + "/0001/" + name)->kind == FileKind::link);
        CHECK(kind_of(package->info(root + "/0001/m2/secret.xml")) == ErrorKind::invalid);
        CHECK(kind_of(package->list(root + "/0001/m2")) == ErrorKind::invalid);
        CHECK_FALSE(is_folder(*package, root + "/0001/m2"));
        CHECK(is_folder(*package, root + "/0001/m1"));
        CHECK(package->list(root + "/0001")->size() == 5);
        CHECK(kind_of(package->create(root + "/0001/new.xml")) == ErrorKind::unsupported);
    }
}

TEST_CASE("a path is opened part by part without following a link, where the system cannot do it in one call") {
    test::Scratch scratch;
    scratch.write("in/a/b.txt", "inside");
    REQUIRE(symlink("a", (scratch / "in/link").c_str()) == 0);
    REQUIRE(symlink("a/b.txt", (scratch / "in/b").c_str()) == 0);
    const disk::Descriptor base(::open((scratch / "in").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    const auto opens = [&](const std::string& rest, int flags) {
        errno = 0;
        const disk::Descriptor opened(disk::open_part_by_part(base.get(), rest, flags));
        return opened.get() >= 0 ? 0 : errno;
    };
    CHECK(opens("a/b.txt", O_RDONLY) == 0);
    CHECK(opens("a", O_RDONLY | O_DIRECTORY) == 0);
    CHECK(opens("a/none", O_RDONLY) == ENOENT);
    CHECK(opens("none/b.txt", O_RDONLY) == ENOENT);
    for (const std::string name : {"link/b.txt", "b", "link"}) CHECK(opens(name, O_RDONLY) == ELOOP);
    CHECK(opens("link", O_RDONLY | O_DIRECTORY) == ELOOP);
}
