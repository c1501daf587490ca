#include "templates/content_model.hpp"

#include "core/text.hpp"

namespace dossier::templates {

namespace {

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':'; }

constexpr int deepest = 16;

class Parser {
public:
    explicit Parser(std::string_view text) : rest_(text) {}

    Result<ContentModel> parse() {
        DOSSIER_TRY(std::string list, parse_list(0));
        skip_spaces();
        if (!rest_.empty()) return wrong("what follows it does not belong there");
        // "(a | b)*" is a group already; anything else gets its parentheses here.
        model_.dtd = only_a_group_ ? list : "(" + list + ")";
        if (text_count_ > 1 || (text_count_ == 1 && !text_is_well_placed())) return wrong("#text stands alone or first in ( ... | ... )*");
        return std::move(model_);
    }

private:
    Error wrong(const std::string& why) const {
        return Error(ErrorKind::invalid,
                     rest_.empty() ? "the content ends too early" : fill("the content is wrong at \"{}\": {}", rest_, why));
    }
    void skip_spaces() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    bool take(char c) {
        skip_spaces();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::string take_occurrence() {
        if (rest_.empty() || (rest_.front() != '?' && rest_.front() != '*' && rest_.front() != '+')) return "";
        const std::string occurrence(1, rest_.front());
        rest_.remove_prefix(1);
        return occurrence;
    }
    // DTD: "(#PCDATA)" or "(#PCDATA | a | b)*" and nothing else.
    bool text_is_well_placed() const {
        if (model_.dtd == "(#PCDATA)") return true;
        return starts_with(model_.dtd, "(#PCDATA | ") && ends_with(model_.dtd, ")*") && model_.dtd.find('(', 1) == std::string::npos &&
               model_.dtd.find(',') == std::string::npos;
    }

    Result<std::string> parse_particle(int depth) {
        if (depth > deepest) return wrong("too many parentheses");
        if (take('(')) {
            DOSSIER_TRY(const std::string list, parse_list(depth + 1));
            if (!take(')')) return wrong("a closing parenthesis is missing");
            return "(" + list + ")" + take_occurrence();
        }
        skip_spaces();
        if (starts_with(rest_, "#text")) {
            rest_.remove_prefix(5);
            ++text_count_;
            return std::string("#PCDATA");
        }
        std::size_t length = 0;
        while (length < rest_.size() && is_name_char(rest_[length])) ++length;
        if (length == 0) return wrong("an element name is missing");
        model_.names.emplace_back(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return model_.names.back() + take_occurrence();
    }

    Result<std::string> parse_list(int depth) {
        const bool group_first = take_is('(');
        DOSSIER_TRY(std::string list, parse_particle(depth));
        char separator = 0;
        for (skip_spaces(); !rest_.empty() && (rest_.front() == ',' || rest_.front() == '|'); skip_spaces()) {
            if (separator && rest_.front() != separator) return wrong("',' and '|' do not mix without parentheses");
            separator = rest_.front();
            rest_.remove_prefix(1);
            DOSSIER_TRY(const std::string next, parse_particle(depth));
            list += separator == ',' ? ", " : " | ";
            list += next;
        }
        if (depth == 0) only_a_group_ = group_first && separator == 0;
        return list;
    }
    bool take_is(char c) {
        skip_spaces();
        return !rest_.empty() && rest_.front() == c;
    }

    std::string_view rest_;
    ContentModel model_;
    int text_count_ = 0;
    bool only_a_group_ = false;
};

} // namespace

Result<ContentModel> parse_content_model(std::string_view text) {
    if (text == "#empty") return ContentModel{"EMPTY", {}};
    return Parser(text).parse();
}

} // namespace dossier::templates
