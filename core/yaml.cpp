// yaml-cpp's only door. The events of its parser are used, not its nodes: they carry line numbers and let us stop before anything is
// expanded.
#include "core/yaml.hpp"

#include <algorithm>
#include <sstream>
#include <unordered_set>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "core/text.hpp"

namespace dossier {

namespace {

constexpr std::size_t most_bytes = 64u << 20;
constexpr std::size_t most_depth = 64;
constexpr std::size_t most_values = 2'000'000; // bounds the memory that a file of commas could ask for

// Carries our own refusals through yaml-cpp, which knows no other way to stop.
struct Refusal {
    Error error;
};

class Builder final : public YAML::EventHandler {
public:
    explicit Builder(const std::string& path) : path_(path) {}

    Yaml take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ > 1) refuse(mark, "a second document starts here (---), one is wanted", "keep one document in the file");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        check(mark, "", anchor);
        Yaml value = make(mark, Yaml::Kind::null);
        if (wants_key()) refuse(mark, "a key is missing before ':'", "write 'name: value'");
        place(std::move(value));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_anchor(mark); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& text) override {
        check(mark, tag, anchor);
        if (wants_key()) {
            set_key(mark, text);
            return;
        }
        Yaml value = make(mark, Yaml::Kind::scalar);
        value.scalar = text;
        place(std::move(value));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, Yaml::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, Yaml::Kind::map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Frame {
        Yaml value;
        bool has_key = false;
        std::string key;
        std::int64_t key_line = 0;
        std::unordered_set<std::string> keys;
    };

    [[noreturn]] void refuse(const YAML::Mark& mark, std::string message, std::string remedy) {
        throw Refusal{Error(ErrorKind::invalid, std::move(message), {path_, "", mark.line + 1, "", -1}, std::move(remedy))};
    }
    [[noreturn]] void refuse_anchor(const YAML::Mark& mark) {
        refuse(mark, "anchors (&name) and aliases (*name) are not accepted", "write the value out, or put it in quotes if it is text");
    }
    void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) refuse_anchor(mark);
        if (!tag.empty() && tag != "?" && tag != "!" && !starts_with(tag, "tag:yaml.org,2002:"))
            refuse(mark, fill("the tag {} is not accepted", tag), "remove it, or put the value in quotes if it is text");
        if (++values_ > most_values) refuse(mark, fill("more than {} values", most_values), "split the file");
    }
    Yaml make(const YAML::Mark& mark, Yaml::Kind kind) {
        Yaml value;
        value.kind = kind;
        value.line = mark.line + 1;
        value.path = path_;
        return value;
    }
    bool wants_key() const { return !open_.empty() && open_.back().value.kind == Yaml::Kind::map && !open_.back().has_key; }
    void set_key(const YAML::Mark& mark, const std::string& text) {
        Frame& frame = open_.back();
        if (!frame.keys.insert(text).second) refuse(mark, fill("the key {} is there twice", text), "keep one of the two");
        frame.has_key = true;
        frame.key = text;
        frame.key_line = mark.line + 1;
    }
    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Yaml::Kind kind) {
        check(mark, tag, anchor);
        if (wants_key()) refuse(mark, "a list or a map cannot be a key", "write 'name: value', or put text with braces in quotes");
        if (open_.size() >= most_depth) refuse(mark, fill("nested deeper than {}", most_depth), "");
        open_.emplace_back();
        open_.back().value = make(mark, kind);
    }
    void close() {
        Yaml value = std::move(open_.back().value);
        open_.pop_back();
        place(std::move(value));
    }
    void place(Yaml value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return;
        }
        Frame& frame = open_.back();
        if (frame.value.kind == Yaml::Kind::list) {
            frame.value.list.push_back(std::move(value));
            return;
        }
        value.line = frame.key_line;
        frame.value.map.emplace_back(std::move(frame.key), std::move(value));
        frame.has_key = false;
    }

    const std::string& path_;
    Yaml root_;
    std::vector<Frame> open_;
    std::size_t values_ = 0;
    int documents_ = 0;
};

// YAML 1.2, 5.1: printable characters only. yaml-cpp itself takes byte 4 for the end of the file and would drop what follows.
Result<void> check_characters(std::string_view bytes, const std::string& path) {
    std::int64_t line = 1;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1);
        const std::string_view text = bytes.substr(0, end + 1);
        if (!is_valid_utf8(text))
            return Error(ErrorKind::invalid, "this line is not UTF-8 text", {path, "", line, "", -1}, "save the file as UTF-8");
        for (const char c : text)
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
                return Error(ErrorKind::invalid, fill("this line holds a control character (code {})", static_cast<int>(c)),
                             {path, "", line, "", -1}, "remove it");
        bytes.remove_prefix(end + 1);
        ++line;
    }
    return {};
}

// A tab looks like the blanks that it should be. `line` from 0.
bool is_indented_by_tab(std::string_view bytes, int line) {
    for (; line > 0 && !bytes.empty(); --line) bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size() - 1) + 1);
    return bytes.substr(0, bytes.find_first_not_of(" \t")).find('\t') != std::string_view::npos;
}

Result<Yaml> run_parser(std::string_view bytes, const std::string& path) {
    std::istringstream stream{std::string(bytes)};
    Builder builder(path);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {}
    } catch (const Refusal& refusal) {
        return refusal.error;
    } catch (const YAML::Exception& error) {
        if (error.mark.is_null())
            return Error(ErrorKind::invalid, "not valid YAML: " + error.msg, {path, "", 0, "", -1},
                         "check the indentation, and put values with ':' or '#' in quotes");
        const Place where{path, "", error.mark.line + 1, "", -1};
        if (is_indented_by_tab(bytes, error.mark.line))
            return Error(ErrorKind::invalid, "not valid YAML: this line is indented with a tab", where,
                         "put blanks in its place: YAML indents with blanks only");
        return Error(ErrorKind::invalid, fill("not valid YAML, at character {} of the line: {}", error.mark.column + 1, error.msg), where,
                     "check the indentation, and put values with ':' or '#' in quotes");
    }
    Yaml root = builder.take();
    root.path = path;
    if (root.line == 0) root.line = 1;
    return root;
}

} // namespace

Result<Yaml> parse_yaml(std::string_view bytes, const std::string& path) {
    if (bytes.size() > most_bytes)
        return Error(ErrorKind::invalid, fill("larger than the {} MiB that are read here", most_bytes >> 20), {path, "", 0, "", -1});
    if (starts_with(bytes, "\xEF\xBB\xBF")) bytes.remove_prefix(3);
    DOSSIER_CHECK(check_characters(bytes, path));
    return run_parser(bytes, path);
}

Yaml::Yaml() = default;
Yaml::Yaml(const Yaml&) = default;
Yaml::Yaml(Yaml&&) noexcept = default;
Yaml& Yaml::operator=(const Yaml&) = default;
Yaml& Yaml::operator=(Yaml&&) noexcept = default;
Yaml::~Yaml() = default;

const Yaml* Yaml::find(std::string_view key) const {
    for (const auto& [name, value] : map)
        if (name == key) return &value;
    return nullptr;
}

std::string Yaml::text(std::string_view key) const {
    const Yaml* value = find(key);
    return value && value->kind == Kind::scalar ? value->scalar : "";
}

std::vector<Error> Yaml::unknown_keys(const std::vector<std::string>& known) const {
    std::vector<Error> errors;
    for (const auto& [name, value] : map) {
        bool found = false;
        for (const std::string& candidate : known) found = found || candidate == name;
        if (found) continue;
        const std::string near = nearest(name, known);
        errors.emplace_back(ErrorKind::invalid, fill("unknown key {}", name), value.place(),
                            near.empty() ? "known here: " + join(known, ", ") : fill("did you mean {}?", near));
    }
    return errors;
}

} // namespace dossier
