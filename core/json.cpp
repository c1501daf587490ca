// nlohmann-json's only door.
#include "core/json.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "core/text.hpp"

namespace dossier {

using Library = nlohmann::ordered_json;

struct JsonAccess {
    static Json::Object* object(Json& json) { return std::get_if<Json::Object>(&json.value_); }
    static Json::Array* array(Json& json) { return std::get_if<Json::Array>(&json.value_); }

    template <class Visitor> static void visit(const Json& json, Visitor& visitor) { std::visit(visitor, json.value_); }

    static Library to_library(const Json& json) {
        return std::visit([](const auto& value) { return convert(value); }, json.value_);
    }

private:
    static Library convert(std::monostate) { return nullptr; }
    static Library convert(bool value) { return value; }
    static Library convert(std::int64_t value) { return value; }
    static Library convert(double value) { return value; }
    static Library convert(const std::string& value) { return value; }
    static Library convert(const Json::Array& items) {
        Library list = Library::array();
        for (const Json& item : items) list.push_back(to_library(item));
        return list;
    }
    static Library convert(const Json::Object& members) {
        Library result = Library::object();
        // The vector below ordered_map: its own emplace looks for a twin first, and keys are unique here already.
        auto& list = static_cast<Library::object_t::Container&>(result.get_ref<Library::object_t&>());
        list.reserve(members.size());
        for (const auto& [key, value] : members) list.emplace_back(key, to_library(value));
        return result;
    }
};

namespace {

constexpr std::size_t most_depth = 200;

// The library's events, so that depth and twin keys are seen before a tree of them exists.
class Builder final : public nlohmann::json_sax<Library> {
public:
    Json root;
    std::string problem;
    std::size_t position = 0; // bytes read when the library gave up; 0 for our own refusals

    bool null() override { return place(Json()); }
    bool boolean(bool value) override { return place(Json(value)); }
    bool number_integer(number_integer_t value) override { return place(Json(static_cast<std::int64_t>(value))); }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max()))
            return place(Json(static_cast<double>(value)));
        return place(Json(static_cast<std::int64_t>(value)));
    }
    bool number_float(number_float_t value, const string_t&) override { return place(Json(value)); }
    bool string(string_t& value) override { return place(Json(std::move(value))); }
    bool binary(binary_t&) override { return refuse("binary data"); }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& value) override {
        Frame& frame = open_.back();
        if (!frame.keys.insert(value).second) return refuse(fill("the key {} is there twice", value));
        frame.key = std::move(value);
        return true;
    }
    bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception& error) override {
        problem = error.what();
        position = at;
        return false;
    }

private:
    struct Frame {
        Json value;
        std::string key;
        std::unordered_set<std::string> keys;
    };
    bool refuse(std::string message) {
        problem = std::move(message);
        return false;
    }
    bool open(Json value) {
        if (open_.size() >= most_depth) return refuse(fill("nested deeper than {}", most_depth));
        open_.emplace_back();
        open_.back().value = std::move(value);
        return true;
    }
    bool close() {
        Json value = std::move(open_.back().value);
        open_.pop_back();
        return place(std::move(value));
    }
    bool place(Json value) {
        if (open_.empty()) {
            root = std::move(value);
        } else if (Json::Object* object = JsonAccess::object(open_.back().value)) {
            object->emplace_back(std::move(open_.back().key), std::move(value));
        } else {
            JsonAccess::array(open_.back().value)->push_back(std::move(value));
        }
        return true;
    }

    std::vector<Frame> open_;
};

// "[json.exception.parse_error.101] parse error at line 2, column 5: syntax error ..." -> "syntax error ..."
std::string plain_message(const std::string& problem) {
    if (!starts_with(problem, "[json.exception")) return problem;
    const std::size_t at = problem.find(": ");
    return "not valid JSON: " + (at == std::string::npos ? problem : problem.substr(at + 2));
}

} // namespace

Result<Json> parse_json(std::string_view bytes, const std::string& path) {
    Builder builder;
    try {
        if (Library::sax_parse(bytes.begin(), bytes.end(), &builder)) return std::move(builder.root);
    } catch (const nlohmann::detail::exception& error) {
        builder.problem = error.what();
    }
    Place place{path, "", 0, "", -1};
    if (builder.position > 0) {
        const std::string_view read = bytes.substr(0, builder.position);
        place.line = 1 + std::count(read.begin(), read.end() - (read.ends_with('\n') ? 1 : 0), '\n');
    }
    return Error(ErrorKind::invalid, plain_message(builder.problem), place);
}

Json Json::object(std::initializer_list<std::pair<std::string, Json>> members) {
    Json result;
    result.value_ = Object{};
    for (const auto& [key, value] : members) result.set(key, value);
    return result;
}

Json& Json::set(std::string key, Json value) {
    if (!is_object()) value_ = Object{};
    Object& members = std::get<Object>(value_);
    for (auto& member : members)
        if (member.first == key) {
            member.second = std::move(value);
            return *this;
        }
    members.emplace_back(std::move(key), std::move(value));
    return *this;
}

Json& Json::push(Json item) {
    if (!is_array()) value_ = Array{};
    std::get<Array>(value_).push_back(std::move(item));
    return *this;
}

const Json* Json::find(std::string_view key) const {
    for (const auto& [name, value] : members())
        if (name == key) return &value;
    return nullptr;
}

const Json::Array& Json::items() const {
    static const Array none;
    const auto* list = std::get_if<Array>(&value_);
    return list ? *list : none;
}

const Json::Object& Json::members() const {
    static const Object none;
    const auto* list = std::get_if<Object>(&value_);
    return list ? *list : none;
}

std::string Json::text() const {
    const auto* text = std::get_if<std::string>(&value_);
    return text ? *text : "";
}

std::int64_t Json::integer() const {
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) return *whole;
    const auto* real = std::get_if<double>(&value_);
    return real && *real > -9.2e18 && *real < 9.2e18 ? static_cast<std::int64_t>(*real) : 0;
}

double Json::number() const {
    if (const auto* real = std::get_if<double>(&value_)) return *real;
    const auto* whole = std::get_if<std::int64_t>(&value_);
    return whole ? static_cast<double>(*whole) : 0;
}

bool Json::boolean() const {
    const auto* value = std::get_if<bool>(&value_);
    return value && *value;
}

namespace {

// The compact form, which the audit trail is made of, written as the library would without building the library's tree first. The library
// writes numbers with a fraction, and mends text that is no UTF-8.
class CompactWriter {
public:
    static std::string write(const Json& json) {
        CompactWriter writer;
        writer.put(json);
        return std::move(writer.out_);
    }

    void operator()(std::monostate) { out_ += "null"; }
    void operator()(bool value) { out_ += value ? "true" : "false"; }
    void operator()(std::int64_t value) { out_ += std::to_string(value); }
    void operator()(double value) { out_ += Library(value).dump(); }
    void operator()(const std::string& text) { put_text(text); }
    void operator()(const Json::Array& items) {
        char before = '[';
        for (const Json& item : items) {
            out_ += std::exchange(before, ',');
            put(item);
        }
        out_ += items.empty() ? "[]" : "]";
    }
    void operator()(const Json::Object& members) {
        char before = '{';
        for (const auto& [key, value] : members) {
            out_ += std::exchange(before, ',');
            put_text(key);
            out_ += ':';
            put(value);
        }
        out_ += members.empty() ? "{}" : "}";
    }

private:
    void put(const Json& json) { JsonAccess::visit(json, *this); }
    void put_text(const std::string& text) {
        const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F; });
        if (is_plain) // ASCII without anything to escape
            ((out_ += '"') += text) += '"';
        else
            out_ += Library(text).dump(-1, ' ', false, Library::error_handler_t::replace);
    }

    std::string out_;
};

} // namespace

std::string Json::dump(int indent) const {
    if (indent < 0) return CompactWriter::write(*this);
    return JsonAccess::to_library(*this).dump(indent, ' ', false, Library::error_handler_t::replace);
}

} // namespace dossier
