#include <catch2/catch.hpp>

#include "core/base64.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

TEST_CASE("base64: the examples of RFC 4648, section 10, and what is none") {
    const std::pair<const char*, const char*> examples[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        CHECK(to_base64(bytes) == text);
        CHECK(from_base64(text) == std::string(bytes));
    }
    for (const char* wrong : {"Z", "Zg=", "Zg", "Zg==\n", "Z===", "====", "Zm9v!m9v", "Zg==Zg=="}) {
        INFO(wrong);
        CHECK_FALSE(from_base64(wrong));
    }
}

TEST_CASE("base64: every byte, as base64 writes it") {
    test::tool_or_skip("base64");
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    const test::Scratch scratch;
    scratch.write("bytes", bytes);
    CHECK(test::run({"base64", "-w0", "bytes"}, scratch.path()).out == to_base64(bytes));
    CHECK(from_base64(to_base64(bytes)) == bytes);
}
