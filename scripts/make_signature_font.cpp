// Makes templates/fonts/dejavu-sans-subset.ttf from DejaVu Sans: make_signature_font DejaVuSans.ttf OUT.ttf
// Kept: Latin with its extensions, Greek, Cyrillic, Armenian, Georgian and common punctuation. Run it again only when a script is added; a
// test compares what it makes with the file that is there.
#include <cstdio>

#include "core/filesystem.hpp"
#include "core/truetype.hpp"

int main(int count, char** arguments) {
    using namespace dossier;
    if (count != 3) return 2;
    struct Range {
        char32_t first, last;
    };
    static constexpr Range ranges[] = {{0x20, 0x7E},     {0xA0, 0x24F},    {0x370, 0x58F},   {0x10A0, 0x10FF}, {0x1E00, 0x1EFF},
                                       {0x2010, 0x2030}, {0x2032, 0x2033}, {0x20A0, 0x20BF}, {0x2116, 0x2116}, {0x2122, 0x2122}};
    std::vector<char32_t> characters;
    for (const Range& range : ranges)
        for (char32_t character = range.first; character <= range.last; ++character) characters.push_back(character);
    const auto disk = make_disk_file_system();
    const auto font = read_file(*disk, arguments[1]);
    const auto subset = font ? subset_truetype(*font, characters) : Result<std::string>(font.error());
    const auto written = subset ? write_file_durably(*disk, arguments[2], *subset) : Result<void>(subset.error());
    if (!written) std::fprintf(stderr, "%s\n", to_text(written.error()).c_str());
    return written ? 0 : 1;
}
