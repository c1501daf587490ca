#include <catch2/catch.hpp>

#include "core/digest.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

// Sizes around the 64-byte blocks of both algorithms and around the pieces in which files are read.
std::vector<std::string> messages() {
    std::vector<std::string> list;
    for (const std::size_t size : {0u, 1u, 55u, 56u, 63u, 64u, 65u, 1000u, 262'143u, 262'144u, 262'145u, 1'000'003u}) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 31 + size);
        list.push_back(bytes);
    }
    return list;
}

} // namespace

TEST_CASE("digests of the standards' own examples") {
    // RFC 1321, A.5 and FIPS 180-4 (NIST example "abc").
    CHECK(md5_of("").hex() == "d41d8cd98f00b204e9800998ecf8427e");
    CHECK(md5_of("abc").hex() == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(md5_of("message digest").hex() == "f96b697d7cb7938d525a2f31aaf161d0");
    CHECK(sha256_of("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_of("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("digests are read from hexadecimal of either case and refused otherwise") {
    CHECK(Md5::from_hex("D41D8CD98F00b204e9800998ecf8427e") == md5_of(""));
    CHECK_FALSE(Md5::from_hex("d41d8cd98f00b204e9800998ecf8427"));
    CHECK_FALSE(Md5::from_hex("d41d8cd98f00b204e9800998ecf8427g"));
    CHECK_FALSE(Md5::from_hex("d41d8cd98f00b204e9800998ecf8427e "));
    CHECK_FALSE(Sha256::from_hex(""));
    const std::string digits = "0123456789abcdefABCDEF", good(64, '0');
    for (int byte = 0; byte < 256; ++byte)
        for (const std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{63}}) {
            std::string text = good;
            text[at] = static_cast<char>(byte);
            INFO(byte << " at " << at);
            CHECK(Sha256::from_hex(text).has_value() == (digits.find(text[at]) != std::string::npos));
        }
    Sha256 counted; // 00 01 02 ... 1f
    for (std::size_t i = 0; i < counted.bytes.size(); ++i) counted.bytes[i] = static_cast<std::uint8_t>(i);
    CHECK(counted.hex() == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    CHECK(Sha256::from_hex(counted.hex()) == counted);
}

TEST_CASE("bytes fed in any pieces give one digest") {
    const std::string bytes = messages()[7];
    for (std::size_t size = 1; size <= 130; ++size) {
        Hasher hasher;
        for (std::size_t at = 0; at < bytes.size(); at += size) hasher.update(std::string_view(bytes).substr(at, size));
        const FileDigests digests = hasher.finish();
        CHECK(digests.md5 == md5_of(bytes));
        CHECK(digests.sha256 == sha256_of(bytes));
        CHECK(digests.size == bytes.size());
    }
}

TEST_CASE("a file is copied and hashed in one pass, and nothing is overwritten") {
    const auto from = make_memory_file_system(), to = make_memory_file_system();
    const std::string bytes = messages().back();
    REQUIRE(write_new_file(*from, "a", bytes));
    const auto digests = copy_file(*from, "a", *to, "b");
    REQUIRE(digests);
    CHECK(digests->md5 == md5_of(bytes));
    CHECK(digests->sha256 == sha256_of(bytes));
    CHECK(digests->size == bytes.size());
    CHECK(read_file(*to, "b").value() == bytes);
    CHECK(copy_file(*from, "a", *to, "b").error().kind == ErrorKind::conflict);
    CHECK(copy_file(*from, "none", *to, "c").error().kind == ErrorKind::not_found);
    CHECK_FALSE(exists(*to, "c"));
    CHECK(digests_of_file(*from, "a", Hasher::What::md5)->md5 == md5_of(bytes));
    CHECK(digests_of_file(*from, "none").error().kind == ErrorKind::not_found);
}

TEST_CASE("md5sum and sha256sum agree with us") {
    test::tool_or_skip("md5sum");
    test::tool_or_skip("sha256sum");
    test::Scratch scratch;
    for (const std::string& bytes : messages()) {
        test::Scratch one;
        one.write("a", bytes);
        const auto digests = digests_of_file(*make_disk_file_system(), one / "a");
        REQUIRE(digests);
        CHECK(test::run({"md5sum", one / "a"}).out.substr(0, 32) == digests->md5.hex());
        CHECK(test::run({"sha256sum", one / "a"}).out.substr(0, 64) == digests->sha256.hex());
    }
}

TEST_CASE("openssl agrees with us") {
    test::tool_or_skip("openssl");
    for (const std::string& bytes : messages()) {
        test::Scratch scratch;
        scratch.write("a", bytes);
        CHECK(test::run({"openssl", "dgst", "-md5", "-r", scratch / "a"}).out.substr(0, 32) == md5_of(bytes).hex());
        CHECK(test::run({"openssl", "dgst", "-sha256", "-r", scratch / "a"}).out.substr(0, 64) == sha256_of(bytes).hex());
    }
}
