// MD5 in lanes. Oracles: RFC 1321's own examples, and md5sum.
#include <catch2/catch.hpp>

#include <cstring>

#include "core/copy_files.hpp"
#include "core/md5_blocks.hpp"
#include "core/md5_lanes.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

struct Outcome {
    std::string md5; // or the error
};

class TextInput final : public Md5Input {
public:
    TextInput(std::string text, std::size_t at_once, Outcome& outcome) : text_(std::move(text)), at_once_(at_once), outcome_(outcome) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        if (text_.size() - at_ >= 7 && text_.compare(at_, 7, "BROKEN!") == 0) return Error(ErrorKind::io, "cannot read");
        const std::size_t got = std::min({size, at_once_, text_.size() - at_});
        std::memcpy(buffer, text_.data() + at_, got);
        at_ += got;
        return got;
    }
    void finish(Result<Md5> md5) override { outcome_.md5 = md5 ? md5->hex() : md5.error().message; }

private:
    std::string text_;
    std::size_t at_once_, at_ = 0;
    Outcome& outcome_;
};

std::vector<std::string> digests_of(const std::vector<std::string>& texts, std::size_t lanes, int jobs, std::size_t at_once = 1 << 20) {
    std::vector<Outcome> outcomes(texts.size());
    std::size_t next = 0;
    md5_in_lanes(
        [&]() -> std::unique_ptr<Md5Input> {
            if (next == texts.size()) return nullptr;
            const std::size_t i = next++;
            return std::make_unique<TextInput>(texts[i], at_once, outcomes[i]);
        },
        jobs, lanes);
    std::vector<std::string> digests;
    for (const Outcome& outcome : outcomes) digests.push_back(outcome.md5);
    return digests;
}

std::vector<std::size_t> widths() {
    std::vector<std::size_t> list{1};
    for (const std::size_t lanes : {8, 16})
        if (lanes <= widest_md5_lanes()) list.push_back(lanes);
    return list;
}

// RFC 1321, A.5
const std::vector<std::string> rfc_texts{"",
                                         "a",
                                         "abc",
                                         "message digest",
                                         "abcdefghijklmnopqrstuvwxyz",
                                         "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                                         "12345678901234567890123456789012345678901234567890123456789012345678901234567890"};
const std::vector<std::string> rfc_digests{"d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661",
                                           "900150983cd24fb0d6963f7d28e17f72", "f96b697d7cb7938d525a2f31aaf161d0",
                                           "c3fcd3d76192e4007dfb496cca67e13b", "d174ab98d277d9f5a5611c2c9f419d9f",
                                           "57edf4a22be3c955ac49da2e2107b67a"};

std::string noise(std::size_t size, unsigned seed) {
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>((seed = seed * 1664525u + 1013904223u) >> 24);
    return text;
}

} // namespace

TEST_CASE("the examples of RFC 1321 come out in every width of lanes and by the narrow function") {
    for (const std::size_t lanes : widths()) CHECK(digests_of(rfc_texts, lanes, 1) == rfc_digests);
    md5::State state{}; // "a", padded by hand, on one lane alone
    md5::reset(state, 5);
    std::string block = std::string("a\x80") + std::string(54, '\0') + std::string("\x08\0\0\0\0\0\0\0", 8);
    md5::compress_one(state, 5, block.data(), 1);
    Md5 md5;
    for (std::size_t i = 0; i < 4; ++i) std::memcpy(md5.bytes.data() + 4 * i, &state.word[i][5], 4);
    CHECK(md5.hex() == rfc_digests[1]);
}

TEST_CASE("every length around the ends of blocks and pieces, many inputs on few lanes, in pieces of any size: as md5sum has it") {
    test::tool_or_skip("md5sum");
    const test::Scratch scratch;
    std::vector<std::string> texts, names;
    std::vector<std::size_t> sizes{65535, 65536, 65537, 65536 + 55, 65536 + 56, 131072, 300000, 1 << 20};
    for (std::size_t size = 0; size < 200; ++size) sizes.push_back(size);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        texts.push_back(noise(sizes[i], static_cast<unsigned>(i)));
        names.push_back("f" + std::to_string(i));
        scratch.write(names.back(), texts.back());
    }
    std::vector<std::string> command{"md5sum"}, wanted;
    command.insert(command.end(), names.begin(), names.end());
    const std::string sums = test::run(command, scratch.path()).out;
    for (std::size_t at = 0; at < sums.size(); at = sums.find('\n', at) + 1) wanted.push_back(sums.substr(at, 32));
    REQUIRE(wanted.size() == texts.size());
    for (const std::size_t lanes : widths())
        for (const int jobs : {1, 3})
            for (const std::size_t at_once : {std::size_t(63), std::size_t(1) << 20})
                CHECK(digests_of(texts, lanes, jobs, at_once) == wanted);
}

TEST_CASE("an input that cannot be read gets its error, the others their digests") {
    for (const std::size_t lanes : widths()) {
        std::vector<std::string> texts(20, "abc");
        texts[7] = "BROKEN!";
        texts[19] = "BROKEN!";
        const auto digests = digests_of(texts, lanes, 1);
        for (std::size_t i = 0; i < texts.size(); ++i) CHECK(digests[i] == (texts[i] == "abc" ? rfc_digests[2] : "cannot read"));
    }
}

TEST_CASE("files copied at once hold the bytes of their sources, and a source that is not there is the error") {
    auto fs = make_memory_file_system();
    REQUIRE(fs->create_folders("/from"));
    REQUIRE(fs->create_folders("/to"));
    std::vector<FileToCopy> files;
    for (int i = 0; i < 40; ++i) {
        const std::string name = std::to_string(i);
        REQUIRE(write_new_file(*fs, "/from/" + name, noise(static_cast<std::size_t>(i) * 5000, 7)));
        files.push_back({fs.get(), "/from/" + name, fs.get(), "/to/" + name});
    }
    std::size_t told = 0;
    const auto digests = copy_files(files, 2, [&told](std::size_t count) { told = std::max(told, count); });
    REQUIRE(digests);
    CHECK(told == files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto copied = read_file(*fs, files[i].target);
        REQUIRE(copied);
        CHECK(*copied == *read_file(*fs, files[i].source));
        CHECK((*digests)[i].size == i * 5000);
        CHECK((*digests)[i].md5 == md5_of(*copied)); // OpenSSL's
    }
    files.push_back({fs.get(), "/from/none", fs.get(), "/to/none"});
    files.erase(files.begin(), files.end() - 1);
    const auto missing = copy_files(files, 1, {});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::not_found);
}
