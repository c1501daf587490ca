#include <catch2/catch.hpp>

#include <random>

#include "core/packed.hpp"

using namespace dossier;

namespace {

enum class Colour { red, green, blue };

struct Inner {
    std::int64_t number = 0;
    std::string text;
};
template <class Pack> void pack(Pack& fields, Inner& inner) { fields(inner.number, inner.text); }

struct Outer {
    std::vector<Inner> list;
    std::map<std::string, int> map;
    std::optional<double> real;
    std::shared_ptr<const Inner> shared;
    Colour colour = Colour::red;
    bool flag = false;
    std::uint64_t large = 0;
};
template <class Pack> void pack(Pack& fields, Outer& outer) {
    fields(outer.list, outer.map, outer.real, outer.shared, outer.flag, outer.large);
    fields.choice(outer.colour, Colour::blue);
}

Outer sample() {
    Outer outer;
    outer.list = {
        {-1, "a"}, {std::numeric_limits<std::int64_t>::min(), std::string("\0b", 2)}, {std::numeric_limits<std::int64_t>::max(), ""}};
    outer.map = {{"x", 1}, {"y", -300}};
    outer.real = 0.1;
    outer.shared = std::make_shared<Inner>(Inner{7, "seven"});
    outer.colour = Colour::blue;
    outer.flag = true;
    outer.large = ~0ull;
    return outer;
}

std::string bytes_of(const Outer& outer) {
    Packer packer;
    packer(outer);
    return packer.bytes;
}

} // namespace

TEST_CASE("packed values come back as they were") {
    const std::string bytes = bytes_of(sample());
    Outer back;
    Unpacker fields(bytes);
    fields(back);
    REQUIRE(fields.finished());
    REQUIRE(back.list.size() == 3);
    CHECK(back.list[0].number == -1);
    CHECK(back.list[1].number == std::numeric_limits<std::int64_t>::min());
    CHECK(back.list[1].text == std::string("\0b", 2));
    CHECK(back.list[2].number == std::numeric_limits<std::int64_t>::max());
    CHECK(back.map == std::map<std::string, int>{{"x", 1}, {"y", -300}});
    CHECK(back.real == 0.1);
    REQUIRE(back.shared);
    CHECK(back.shared->text == "seven");
    CHECK(back.colour == Colour::blue);
    CHECK(back.flag);
    CHECK(back.large == ~0ull);
}

TEST_CASE("packed bytes that are cut off, longer or senseless are told, and cost nothing") {
    const std::string bytes = bytes_of(sample());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        Outer back;
        Unpacker fields(std::string_view(bytes).substr(0, length));
        fields(back);
        CHECK_FALSE(fields.finished());
    }
    Outer back;
    const std::string with_more = bytes + "x";
    Unpacker longer(with_more);
    longer(back);
    CHECK(longer.ok());
    CHECK_FALSE(longer.finished());
    std::string wrong_colour = bytes;
    wrong_colour.back() = 3;
    Unpacker colour(wrong_colour);
    colour(back);
    CHECK_FALSE(colour.ok());
    std::vector<std::string> texts; // a list of 2^63 texts in ten bytes
    Unpacker huge("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F");
    huge(texts);
    CHECK_FALSE(huge.ok());
    CHECK(texts.empty());
    std::mt19937 random(1);
    for (int round = 0; round < 20'000; ++round) { // whatever comes, it ends
        std::string mutant = bytes;
        for (int change = 0; change < 3; ++change) mutant[random() % mutant.size()] = static_cast<char>(random());
        Unpacker fields(mutant);
        Outer any;
        fields(any);
    }
}
