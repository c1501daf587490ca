// A set of short texts in little memory: the identifiers of a document of hundreds of thousands of elements.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier {

class NameSet {
public:
    bool insert(std::string_view name) { // false: it is there already
        if (2 * (count_ + 1) > places_.size()) grow();
        std::uint32_t& place = places_[place_of(name)];
        if (place != 0) return false;
        place = static_cast<std::uint32_t>(texts_.size() + 1);
        append(name);
        ++count_;
        return true;
    }
    bool contains(std::string_view name) const { return count_ > 0 && places_[place_of(name)] != 0; }

private:
    static constexpr std::size_t head = sizeof(std::uint32_t);

    void append(std::string_view name) {
        const auto length = static_cast<std::uint32_t>(name.size());
        texts_.append(reinterpret_cast<const char*>(&length), head).append(name);
    }
    std::string_view at(std::uint32_t place) const {
        std::uint32_t length = 0;
        texts_.copy(reinterpret_cast<char*>(&length), head, place - 1);
        return std::string_view(texts_).substr(place - 1 + head, length);
    }
    // Where it is, or the free place where it belongs.
    std::size_t place_of(std::string_view name) const {
        std::size_t place = std::hash<std::string_view>()(name) & (places_.size() - 1);
        while (places_[place] != 0 && at(places_[place]) != name) place = (place + 1) & (places_.size() - 1);
        return place;
    }
    void grow() {
        const std::vector<std::uint32_t> before =
            std::exchange(places_, std::vector<std::uint32_t>(places_.empty() ? 64 : 2 * places_.size()));
        for (const std::uint32_t place : before)
            if (place != 0) places_[place_of(at(place))] = place;
    }

    std::string texts_;                 // length and text, one behind the other: below 4 GB
    std::vector<std::uint32_t> places_; // a hash table of positions in `texts_` plus one; 0: free
    std::size_t count_ = 0;
};

} // namespace dossier
