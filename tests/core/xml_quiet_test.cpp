#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include "core/xml.hpp"
#include "tests/support/run.hpp"

// libxml2 writes to stderr where nobody catches its messages; people would see "namespace error" without file or reason.
TEST_CASE("validation says nothing on stderr") {
    test::Scratch scratch;
    const int kept = dup(2), file = open((scratch / "err").c_str(), O_WRONLY | O_CREAT, 0600);
    REQUIRE(kept >= 0);
    REQUIRE(file >= 0);
    dup2(file, 2);
    const auto problems = dossier::validate_xml("<p:a x:b='1'/>", "a.xml", "<!ELEMENT p:a EMPTY><!ATTLIST p:a x:b CDATA #IMPLIED>");
    dup2(kept, 2);
    close(kept);
    close(file);
    REQUIRE(problems);
    CHECK(problems->empty());
    CHECK(scratch.read("err").empty());
}
