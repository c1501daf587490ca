// Random damage to bytes, the same for the same seed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace test {

// `words`: pieces that the format gives a meaning to.
class Damage {
public:
    explicit Damage(unsigned seed) : random_(seed) {}
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

    std::string apply(std::string bytes, const std::vector<std::string>& words) {
        for (std::size_t count = 1 + below(4); count > 0; --count) once(bytes, words);
        return bytes;
    }

private:
    void once(std::string& bytes, const std::vector<std::string>& words) {
        const std::size_t at = below(bytes.size() + 1), length = below(std::min<std::size_t>(bytes.size() - at, 200) + 1);
        switch (below(6)) {
        case 0:
            if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
            break;
        case 1:
            bytes.erase(at, length);
            break;
        case 2:
            bytes.insert(at, bytes.substr(below(bytes.size() + 1), length));
            break;
        case 3:
            bytes.insert(at, words[below(words.size())]);
            break;
        case 4:
            bytes.insert(at, std::string(below(5000), words[below(words.size())].front()));
            break;
        default:
            if (below(4) == 0) bytes.resize(at);
        }
    }
    std::mt19937 random_;
};

} // namespace test
