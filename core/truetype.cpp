#include "core/truetype.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "core/text.hpp"

namespace dossier {

namespace {

using Tables = std::map<std::string, std::string_view>;

// Big-endian reads that answer 0 outside the data, so that no offset of the font can lead astray.
unsigned u16(std::string_view data, std::size_t at) {
    if (at + 2 > data.size() || at + 2 < at) return 0;
    return static_cast<unsigned>(static_cast<unsigned char>(data[at]) << 8 | static_cast<unsigned char>(data[at + 1]));
}
std::uint32_t u32(std::string_view data, std::size_t at) { return u16(data, at) << 16 | u16(data, at + 2); }

void put16(std::string& data, unsigned value) {
    data += static_cast<char>(value >> 8 & 255);
    data += static_cast<char>(value & 255);
}
void put32(std::string& data, std::uint32_t value) {
    put16(data, value >> 16);
    put16(data, value & 0xFFFF);
}
void set16(std::string& data, std::size_t at, unsigned value) {
    if (at + 2 > data.size()) return;
    data[at] = static_cast<char>(value >> 8 & 255);
    data[at + 1] = static_cast<char>(value & 255);
}
std::string_view part(std::string_view data, std::size_t at, std::size_t length) {
    return at > data.size() ? std::string_view() : data.substr(at, length);
}

Result<Tables> read_tables(std::string_view font) {
    const std::uint32_t kind = u32(font, 0);
    if (kind != 0x00010000 && kind != 0x74727565)
        return Error(ErrorKind::invalid, "the signature font is not a TrueType font", {}, "name a .ttf file with TrueType outlines");
    Tables tables;
    for (std::size_t i = 0; i < u16(font, 4); ++i) {
        const std::size_t entry = 12 + 16 * i;
        tables[std::string(part(font, entry, 4))] = part(font, u32(font, entry + 8), u32(font, entry + 12));
    }
    for (const char* name : {"head", "hhea", "hmtx", "maxp", "loca", "glyf", "cmap"})
        if (tables[name].empty()) return Error(ErrorKind::invalid, fill("the signature font has no table {}", std::string_view(name)));
    return tables;
}

// Character to glyph, BMP only (cmap format 4, OpenType specification, "cmap").
class CharacterMap {
public:
    explicit CharacterMap(std::string_view cmap) {
        for (std::size_t i = 0; i < u16(cmap, 2); ++i) {
            const unsigned platform = u16(cmap, 4 + 8 * i), encoding = u16(cmap, 6 + 8 * i);
            const std::string_view table = part(cmap, u32(cmap, 8 + 8 * i), cmap.size());
            if (u16(table, 0) == 4 && (platform == 0 || (platform == 3 && encoding == 1))) table_ = table;
        }
    }
    unsigned glyph(char32_t character) const {
        if (character > 0xFFFF) return 0;
        const std::size_t twice = u16(table_, 6) & ~1u;
        const std::size_t starts = 16 + twice, deltas = starts + twice, offsets = deltas + twice;
        for (std::size_t k = 0; k < twice; k += 2) {
            if (character > u16(table_, 14 + k)) continue;
            const unsigned start = u16(table_, starts + k), offset = u16(table_, offsets + k), delta = u16(table_, deltas + k);
            if (character < start) return 0;
            if (offset == 0) return (static_cast<unsigned>(character) + delta) & 0xFFFF;
            const unsigned glyph = u16(table_, offsets + k + offset + 2 * (character - start));
            return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
        }
        return 0;
    }

private:
    std::string_view table_;
};

std::string_view glyph_data(const Tables& tables, unsigned glyph) {
    const std::string_view loca = tables.at("loca");
    const bool wide = u16(tables.at("head"), 50) != 0;
    const std::size_t from = wide ? u32(loca, 4 * glyph) : 2 * u16(loca, 2 * glyph);
    const std::size_t to = wide ? u32(loca, 4 * glyph + 4) : 2 * u16(loca, 2 * glyph + 2);
    return to > from ? part(tables.at("glyf"), from, to - from) : std::string_view();
}

// Calls `use` with the offset of each component's glyph index and returns where the components end (OpenType specification, "glyf").
template <class Use> std::size_t walk_components(std::string_view glyph, Use use) {
    constexpr unsigned words = 0x1, scale = 0x8, more = 0x20, two_scales = 0x40, matrix = 0x80;
    std::size_t at = 10;
    for (unsigned flags = more; flags & more && at + 4 <= glyph.size();) {
        flags = u16(glyph, at);
        use(at);
        at += 4 + (flags & words ? 4 : 2) + (flags & scale ? 2 : flags & two_scales ? 4 : flags & matrix ? 8 : 0);
    }
    return std::min(at, glyph.size());
}
bool is_composite(std::string_view glyph) { return glyph.size() >= 10 && u16(glyph, 0) >= 0x8000; }

// Old glyph numbers to new ones: .notdef first, then ascending.
std::map<unsigned, unsigned> choose_glyphs(const Tables& tables, const std::set<unsigned>& wanted) {
    std::set<unsigned> all = {0};
    std::vector<unsigned> open(wanted.begin(), wanted.end());
    while (!open.empty()) {
        const unsigned glyph = open.back();
        open.pop_back();
        if (!all.insert(glyph).second) continue;
        const std::string_view data = glyph_data(tables, glyph);
        if (is_composite(data)) walk_components(data, [&](std::size_t at) { open.push_back(u16(data, at + 2)); });
    }
    std::map<unsigned, unsigned> numbers;
    for (const unsigned glyph : all) numbers.emplace(glyph, static_cast<unsigned>(numbers.size()));
    return numbers;
}

// Outline without its hinting program.
std::string bare_glyph(std::string_view glyph, const std::map<unsigned, unsigned>& numbers) {
    if (glyph.size() < 10) return {};
    if (!is_composite(glyph)) {
        const std::size_t length_at = 10 + 2 * u16(glyph, 0);
        std::string bare(part(glyph, 0, length_at));
        put16(bare, 0);
        bare += part(glyph, length_at + 2 + u16(glyph, length_at), glyph.size());
        return bare;
    }
    std::string bare(glyph);
    const std::size_t end = walk_components(glyph, [&](std::size_t at) {
        set16(bare, at, u16(glyph, at) & ~0x100u); // no instructions follow
        const auto number = numbers.find(u16(glyph, at + 2));
        set16(bare, at + 2, number == numbers.end() ? 0 : number->second);
    });
    bare.resize(end);
    return bare;
}

std::string make_cmap(const std::map<char32_t, unsigned>& characters) {
    struct Segment {
        char32_t start, end;
        unsigned glyph;
    };
    std::vector<Segment> segments;
    for (const auto& [character, glyph] : characters) {
        if (!segments.empty() && character == segments.back().end + 1 &&
            glyph == segments.back().glyph + (character - segments.back().start))
            segments.back().end = character;
        else
            segments.push_back({character, character, glyph});
    }
    segments.push_back({0xFFFF, 0xFFFF, 0}); // the format asks for this last one
    const auto count = static_cast<unsigned>(segments.size());
    unsigned power = 1, log = 0;
    while (power * 2 <= count) power *= 2, ++log;
    std::string cmap;
    for (const unsigned value : {0u, 1u, 3u, 1u, 0u, 12u}) put16(cmap, value); // one table, Windows, Unicode BMP, at byte 12
    for (const unsigned value : {4u, 16 + 8 * count, 0u, 2 * count, 2 * power, log, 2 * count - 2 * power}) put16(cmap, value);
    for (const Segment& segment : segments) put16(cmap, static_cast<unsigned>(segment.end));
    put16(cmap, 0);
    for (const Segment& segment : segments) put16(cmap, static_cast<unsigned>(segment.start));
    for (const Segment& segment : segments)
        put16(cmap, segment.start == 0xFFFF ? 1u : (segment.glyph - static_cast<unsigned>(segment.start)) & 0xFFFF);
    for (unsigned i = 0; i < count; ++i) put16(cmap, 0);
    return cmap;
}

// Copyright, family, style, full and PostScript name, as they are; the tag goes before the PostScript name.
std::string make_names(std::string_view names, std::string_view tag) {
    struct Name {
        std::array<unsigned, 4> ids; // platform, encoding, language, name
        std::string text;
    };
    std::vector<Name> kept;
    const std::size_t texts = u16(names, 4);
    for (std::size_t i = 0; i < u16(names, 2) && i < 2000; ++i) {
        const std::size_t at = 6 + 12 * i;
        const unsigned platform = u16(names, at), id = u16(names, at + 6);
        if (id != 0 && id != 1 && id != 2 && id != 4 && id != 6) continue;
        std::string text(part(names, texts + u16(names, at + 10), u16(names, at + 8)));
        std::string prefix;
        for (const char c : tag) prefix += platform == 1 ? std::string(1, c) : std::string{'\0', c};
        kept.push_back({{platform, u16(names, at + 2), u16(names, at + 4), id}, id == 6 ? prefix + text : text});
    }
    std::string table, bytes;
    for (const unsigned value : {0u, static_cast<unsigned>(kept.size()), static_cast<unsigned>(6 + 12 * kept.size())}) put16(table, value);
    for (const Name& name : kept) {
        for (const unsigned id : name.ids) put16(table, id);
        put16(table, static_cast<unsigned>(name.text.size()));
        put16(table, static_cast<unsigned>(bytes.size()));
        bytes += name.text;
    }
    return table + bytes;
}

std::uint32_t checksum(std::string_view data) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < data.size(); at += 4) {
        std::string word(part(data, at, 4));
        word.resize(4, '\0');
        sum += u32(word, 0);
    }
    return sum;
}

std::string assemble(const std::map<std::string, std::string>& tables) {
    const auto count = static_cast<unsigned>(tables.size());
    unsigned power = 1, log = 0;
    while (power * 2 <= count) power *= 2, ++log;
    std::string font, body;
    put32(font, 0x00010000);
    for (const unsigned value : {count, 16 * power, log, 16 * (count - power)}) put16(font, value);
    std::size_t head_at = 0;
    for (const auto& [name, data] : tables) {
        const std::size_t at = 12 + 16 * tables.size() + body.size();
        if (name == "head") head_at = at;
        font += name;
        put32(font, checksum(data));
        put32(font, static_cast<std::uint32_t>(at));
        put32(font, static_cast<std::uint32_t>(data.size()));
        body += data;
        body.resize((body.size() + 3) / 4 * 4, '\0');
    }
    font += body;
    const std::uint32_t adjustment = 0xB1B0AFBAu - checksum(font);
    set16(font, head_at + 8, adjustment >> 16);
    set16(font, head_at + 10, adjustment & 0xFFFF);
    return font;
}

void add_outlines(const Tables& tables, const std::map<unsigned, unsigned>& numbers, std::map<std::string, std::string>& out) {
    std::string &glyf = out["glyf"], &loca = out["loca"], &hmtx = out["hmtx"];
    const unsigned metrics = std::max(1u, u16(tables.at("hhea"), 34));
    const std::string_view widths = tables.at("hmtx");
    for (const auto& [old, number] : numbers) {
        put32(loca, static_cast<std::uint32_t>(glyf.size()));
        glyf += bare_glyph(glyph_data(tables, old), numbers);
        glyf.resize((glyf.size() + 3) / 4 * 4, '\0');
        put16(hmtx, u16(widths, 4 * std::min(old, metrics - 1)));
        put16(hmtx, old < metrics ? u16(widths, 4 * old + 2) : u16(widths, 4 * metrics + 2 * (old - metrics)));
    }
    put32(loca, static_cast<std::uint32_t>(glyf.size()));
    put32(hmtx, 0);
    put32(loca, static_cast<std::uint32_t>(glyf.size()));
    if (glyf.empty()) glyf.assign(4, '\0');
}

} // namespace

std::vector<char32_t> code_points(std::string_view utf8) {
    std::vector<char32_t> points;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
        for (std::size_t k = 1; k < length && at + k < utf8.size(); ++k)
            point = point << 6 | (static_cast<unsigned char>(utf8[at + k]) & 0x3F);
        points.push_back(point);
        at += length;
    }
    return points;
}

Result<std::vector<char32_t>> missing_characters(std::string_view font, const std::vector<char32_t>& wanted) {
    DOSSIER_TRY(const Tables tables, read_tables(font));
    const CharacterMap map(tables.at("cmap"));
    std::set<char32_t> missing;
    for (const char32_t character : wanted)
        if (map.glyph(character) == 0) missing.insert(character);
    return std::vector<char32_t>(missing.begin(), missing.end());
}

Result<std::string> subset_truetype(std::string_view font, const std::vector<char32_t>& wanted, std::string_view tag) {
    DOSSIER_TRY(const Tables tables, read_tables(font));
    const CharacterMap map(tables.at("cmap"));
    std::map<char32_t, unsigned> characters;
    std::set<unsigned> glyphs;
    for (const char32_t character : wanted)
        if (const unsigned glyph = map.glyph(character)) glyphs.insert(characters[character] = glyph);
    const std::map<unsigned, unsigned> numbers = choose_glyphs(tables, glyphs);
    for (auto& [character, glyph] : characters) glyph = numbers.at(glyph);
    // A last, empty glyph, reached from a code point that is no character: PoDoFo 0.9.8 leaves out the width of a font's last glyph.
    characters[0xFFFE] = static_cast<unsigned>(numbers.size());

    std::map<std::string, std::string> out;
    for (const char* name : {"head", "hhea", "maxp"}) out[name] = tables.at(name);
    if (const auto os2 = tables.find("OS/2"); os2 != tables.end()) out["OS/2"] = os2->second;
    if (const auto post = tables.find("post"); post != tables.end()) {
        out["post"] = part(post->second, 0, 32);
        set16(out["post"], 0, 3), set16(out["post"], 2, 0); // version 3: no glyph names
    }
    if (const auto names = tables.find("name"); names != tables.end()) out["name"] = make_names(names->second, tag);
    add_outlines(tables, numbers, out);
    out["cmap"] = make_cmap(characters);
    set16(out["head"], 8, 0), set16(out["head"], 10, 0); // the checksum adjustment counts as zero
    set16(out["head"], 50, 1);                           // loca in 32 bits
    set16(out["hhea"], 34, static_cast<unsigned>(numbers.size() + 1));
    set16(out["maxp"], 4, static_cast<unsigned>(numbers.size() + 1));
    for (const std::size_t at : {18u, 20u, 22u, 24u, 26u}) set16(out["maxp"], at, 0); // storage, functions, stack and size of instructions
    return assemble(out);
}

} // namespace dossier
