// Values as bytes and back, for what our own processes say to each other and keep in caches: fields in a fixed order, numbers in as few
// bytes as they need, lists and texts with their length in front. A struct gives its fields once, for both directions:
//     template <class Pack> void pack(Pack& fields, Point& point) { fields(point.x, point.y); }
// Reading never trusts: what does not fit ends with ok() == false and default values, and no length is believed beyond the bytes that are
// there.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace dossier {

class Packer {
public:
    template <class... Values> void operator()(const Values&... values) { (put(values), ...); }
    // An enum whose last value is `last`.
    template <class Enum> void choice(const Enum& value, Enum) { number(static_cast<std::uint64_t>(value)); }
    std::string bytes;

private:
    void number(std::uint64_t value) { // seven bits a byte, the lowest first
        for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
        bytes += static_cast<char>(value);
    }
    template <class T> void put(const T& value) {
        if constexpr (std::is_same_v<T, double>) {
            bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        } else if constexpr (std::is_integral_v<T>) {
            const auto wide = static_cast<std::int64_t>(value); // the sign in the lowest bit
            number(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
        } else {
            pack(*this, const_cast<T&>(value)); // a struct's pack() serves both directions; this one only reads
        }
    }
    void put(const std::string& text) {
        number(text.size());
        bytes += text;
    }
    template <class T> void put(const std::vector<T>& list) {
        number(list.size());
        for (const T& item : list) put(item);
    }
    template <class K, class V> void put(const std::map<K, V>& map) {
        number(map.size());
        for (const auto& [key, value] : map) {
            put(key);
            put(value);
        }
    }
    template <class T> void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <class T> void put(const std::shared_ptr<const T>& value) {
        put(value != nullptr);
        if (value) put(*value);
    }
};

class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
    template <class... Values> void operator()(Values&... values) { (get(values), ...); }
    template <class Enum> void choice(Enum& value, Enum last) {
        const std::uint64_t number = this->number();
        if (number > static_cast<std::uint64_t>(last))
            ok_ = false;
        else
            value = static_cast<Enum>(number);
    }
    bool ok() const { return ok_; }
    bool finished() const { return ok_ && rest_.empty(); } // all was there, and nothing more

private:
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && ok_; shift += 7) {
            if (rest_.empty()) break;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        ok_ = false;
        return 0;
    }
    std::size_t length() { // of a list or text: each item has a byte at least
        const std::uint64_t value = number();
        if (value > rest_.size()) ok_ = false;
        return ok_ ? static_cast<std::size_t>(value) : 0;
    }
    template <class T> void get(T& value) {
        if constexpr (std::is_same_v<T, double>) {
            if (rest_.size() < sizeof value) return void(ok_ = false);
            std::memcpy(&value, rest_.data(), sizeof value);
            rest_.remove_prefix(sizeof value);
        } else if constexpr (std::is_integral_v<T>) {
            const std::uint64_t folded = number();
            value = static_cast<T>(static_cast<std::int64_t>(folded >> 1 ^ (~(folded & 1) + 1)));
        } else {
            pack(*this, value);
        }
    }
    void get(std::string& text) {
        const std::size_t size = length();
        text.assign(rest_.substr(0, size));
        rest_.remove_prefix(size);
    }
    template <class T> void get(std::vector<T>& list) {
        const std::size_t size = length();
        list.clear();
        for (std::size_t i = 0; i < size && ok_; ++i) get(list.emplace_back());
    }
    template <class K, class V> void get(std::map<K, V>& map) {
        const std::size_t size = length();
        for (std::size_t i = 0; i < size && ok_; ++i) {
            K key{};
            get(key);
            get(map[std::move(key)]);
        }
    }
    template <class T> void get(std::optional<T>& value) {
        bool has = false;
        get(has);
        if (has && ok_) get(value.emplace());
    }
    template <class T> void get(std::shared_ptr<const T>& value) {
        bool has = false;
        get(has);
        if (!has || !ok_) return;
        auto made = std::make_shared<T>();
        get(*made);
        value = std::move(made);
    }

    std::string_view rest_;
    bool ok_ = true;
};

} // namespace dossier
