// Files as they get damaged: bytes, lines, columns, encodings. The same seed gives the same damage everywhere.
#pragma once

#include "core/text.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace tmf_test {

using namespace dossier;

class Mutator {
public:
    explicit Mutator(unsigned seed) : random_(seed) {}
    unsigned pick(std::size_t of) { return static_cast<unsigned>(random_() % std::max<std::size_t>(of, 1)); }

    std::string mutate(std::string bytes) {
        switch (pick(10)) {
        case 0:
            return flip(bytes);
        case 1:
            return bytes.substr(0, pick(bytes.size())); // cut off
        case 2:
            return without_a_line(bytes);
        case 3:
            return replace_all(bytes, ",", pick(2) == 0 ? ";" : "\t"); // another separator, quotes and all
        case 4:
            return insert(bytes, pick(2) == 0 ? "\"" : ";"); // a quote opened, a separator too many
        case 5:
            return insert(bytes, std::vector<std::string>{"\xFC", "\xFF\xFE", "\xEF\xBB\xBF", "\xC3"}[pick(4)]); // encodings mixed
        case 6:
            return with_lines_swapped(bytes);
        case 7:
            return insert(bytes, std::string(pick(2) == 0 ? 70'000 : 3'000, 'x')); // a giant cell
        case 8:
            return insert(bytes, std::string(1 + pick(4), '\0'));
        default:
            return with_columns_swapped(bytes);
        }
    }
    // What an editor or a merge does to a file whose lines and indentation mean something.
    std::string mutate_lines(const std::string& bytes) {
        auto lines = lines_of(bytes);
        std::string& line = lines[pick(lines.size())];
        switch (pick(8)) {
        case 0:
            line = "  " + line;
            break;
        case 1:
            line = line.substr(std::min<std::size_t>(line.size(), 2));
            break;
        case 2:
            lines.insert(lines.begin() + pick(lines.size()), line);
            break;
        case 3:
            line = "\t" + line;
            break;
        case 4:
            line.insert(pick(line.size()), std::vector<std::string>{": ", "{", "[[[[", "&a ", "*a", "!!int ", "|", "- "}[pick(8)]);
            break;
        case 5:
            for (char& c : line)
                if (c >= '0' && c <= '9' && pick(3) == 0) c = static_cast<char>('0' + pick(10));
            break;
        case 6:
            line = line.substr(0, line.find(':') == std::string::npos ? 0 : line.find(':') + 1) + " " +
                   std::string(1 + pick(3) * 40'000, 'y') + "\n";
            break;
        default:
            return mutate(bytes);
        }
        return join(lines, "");
    }
    std::string flip(std::string bytes) {
        for (unsigned i = 1 + pick(8); i > 0 && !bytes.empty(); --i) bytes[pick(bytes.size())] = static_cast<char>(pick(256));
        return bytes;
    }

private:
    std::string insert(std::string bytes, const std::string& what) { return bytes.insert(pick(bytes.size()), what); }
    static std::vector<std::string> lines_of(const std::string& bytes) {
        std::vector<std::string> lines(1);
        for (const char c : bytes) {
            lines.back() += c;
            if (c == '\n') lines.emplace_back();
        }
        return lines;
    }
    std::string without_a_line(const std::string& bytes) {
        auto lines = lines_of(bytes);
        lines.erase(lines.begin() + pick(lines.size()));
        return join(lines, "");
    }
    std::string with_lines_swapped(const std::string& bytes) {
        auto lines = lines_of(bytes);
        std::swap(lines[pick(lines.size())], lines[pick(lines.size())]);
        return join(lines, "");
    }
    std::string with_columns_swapped(const std::string& bytes) {
        auto lines = lines_of(bytes);
        for (std::string& line : lines) {
            const std::size_t first = line.find(','), second = line.find(',', first + 1);
            if (second == std::string::npos || pick(3) == 0) continue;
            line = line.substr(first + 1, second - first - 1) + "," + line.substr(0, first) + line.substr(second);
        }
        return join(lines, "");
    }

    std::mt19937 random_;
};

} // namespace tmf_test
