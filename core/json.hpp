// JSON values with keys in the order they were set; written and read through nlohmann-json.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace dossier {

class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::vector<std::pair<std::string, Json>>;

    Json() = default; // null
    Json(bool value) : value_(value) {}
    Json(int value) : value_(static_cast<std::int64_t>(value)) {}
    Json(std::int64_t value) : value_(value) {}
    Json(std::uint64_t value) : value_(static_cast<std::int64_t>(value)) {}
    Json(double value) : value_(value) {}
    Json(const char* text) : value_(std::string(text)) {}
    Json(std::string_view text) : value_(std::string(text)) {}
    Json(std::string text) : value_(std::move(text)) {}
    Json(Array items) : value_(std::move(items)) {}
    static Json array() { return Json(Array{}); }
    static Json object(std::initializer_list<std::pair<std::string, Json>> members = {});
    template <class Texts> static Json texts(const Texts& texts) {
        Json list = array();
        for (const auto& text : texts) list.push(Json(text));
        return list;
    }

    bool is_null() const { return value_.index() == 0; }
    bool is_array() const { return value_.index() == 5; }
    bool is_object() const { return value_.index() == 6; }
    Json& set(std::string key, Json value); // appends, or replaces the value of a key that is there
    Json& push(Json item);
    const Json* find(std::string_view key) const; // null pointer when absent or not an object
    const Array& items() const;                   // empty when not an array
    const Object& members() const;                // empty when not an object
    std::string text() const;                     // of a string; "" otherwise
    std::int64_t integer() const;                 // of a number; 0 otherwise
    double number() const;
    bool boolean() const;

    std::string dump(int indent = 2) const; // UTF-8; bytes that are not UTF-8 become U+FFFD; ends without a newline

private:
    friend struct JsonAccess;
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

Result<Json> parse_json(std::string_view bytes, const std::string& path = {}); // depth at most 200

} // namespace dossier
