#include <catch2/catch.hpp>

#include "core/path.hpp"

using namespace dossier;

TEST_CASE("paths are joined and taken apart") {
    CHECK(path::join("a", "b/c") == "a/b/c");
    CHECK(path::join("a/", "b") == "a/b");
    CHECK(path::join("", "b") == "b");
    CHECK(path::join("a", "") == "a");
    CHECK(path::join("a", "/abs") == "/abs");
    CHECK(path::parent("a/b/c") == "a/b");
    CHECK(path::parent("a").empty());
    CHECK(path::parent("/a") == "/");
    CHECK(path::file_name("a/b.pdf") == "b.pdf");
    CHECK(path::file_name("b.pdf") == "b.pdf");
    CHECK(path::extension("a.b/c.PDF") == "PDF");
    CHECK(path::extension("a.b/c").empty());
    CHECK(path::extension(".hidden").empty());
    CHECK(path::extension("x.tar.gz") == "gz");
    CHECK(path::parts("/a//b/./../c/") == std::vector<std::string>{"a", "b", "..", "c"});
}

TEST_CASE("paths are normalised without touching the disk") {
    CHECK(path::normalise("a/./b//c/../d") == "a/b/d");
    CHECK(path::normalise("a/..").empty());
    CHECK(path::normalise("../a/../../b") == "../../b");
    CHECK(path::normalise("/../../a") == "/a");
    CHECK(path::normalise("/") == "/");
    CHECK(path::normalise("").empty());
}

TEST_CASE("what lies below a folder") {
    CHECK(path::is_below("/a/b/c", "/a/b"));
    CHECK_FALSE(path::is_below("/a/bc", "/a/b"));
    CHECK_FALSE(path::is_below("/a/b", "/a/b"));
    CHECK_FALSE(path::is_below("/a", "/a/b"));
    CHECK(path::is_below("/a", "/"));
    CHECK_FALSE(path::is_below("/", "/"));
    CHECK(path::is_below("a/b", "a"));
    CHECK_FALSE(path::is_below("../a", ""));
    CHECK(path::is_below("a", ""));
}

TEST_CASE("a path is seen from a folder") {
    CHECK(path::relative("m1/us", "m2/a.pdf") == "../../m2/a.pdf");
    CHECK(path::relative("", "m2/a.pdf") == "m2/a.pdf");
    CHECK(path::relative("m1", "m1/us/a.xml") == "us/a.xml");
    CHECK(path::relative("m1/us", "m1/usa/a.xml") == "../usa/a.xml");
    CHECK(path::relative("m1/us/x", "index.xml") == "../../../index.xml");
}

TEST_CASE("only a path that stays inside is inside") {
    for (const std::string good : {"a", "a/b.pdf", "a/../b", "..a", "a..", "m1/\xC3\xBC.pdf", "./a"}) {
        INFO(good);
        CHECK(path::is_inside(good));
    }
    for (const std::string bad : {"", ".", "..", "../a", "a/../../b", "/a", "a\\b", "C:/a", "c:a", "a\nb", "a/..", "a\x7F"}) {
        INFO(bad);
        CHECK_FALSE(path::is_inside(bad));
    }
    CHECK_FALSE(path::is_inside(std::string("a\0b", 3)));
}
