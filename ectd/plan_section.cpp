#include "ectd/plan_section.hpp"

#include "core/text.hpp"
#include "core/time.hpp"

namespace dossier::ectd {

std::string remedy_for_section(const std::string& section, const templates::HeadingTree& tree) {
    if (parse_date(section)) return "the spreadsheet made a date of it: format the column as text and write the number again";
    const std::string number = section.substr(0, section.find(' '));
    if (number != section && tree.by_number(number)) return fill("write {} alone", number);
    for (std::size_t dot = section.rfind('.'); dot != std::string::npos && dot > 0; dot = section.rfind('.', dot - 1)) {
        const templates::Heading* parent = tree.by_number(section.substr(0, dot));
        if (!parent) continue;
        if (parent->children.empty()) return fill("{} has no sections below it; is it meant?", parent->number);
        std::vector<std::string> below;
        for (const std::size_t child : parent->children) below.push_back(tree.all()[child].number);
        return fill("below {} there are {}", parent->number, join(below, ", "));
    }
    std::vector<std::string> numbers; // of the same module: 2.2 is no likeness of 9.9
    for (std::string& known : tree.numbers())
        if (!section.empty() && known[0] == section[0]) numbers.push_back(std::move(known));
    const std::string near = nearest(section, numbers);
    return near.empty() ? "write a section number such as 1.2, 2.7.3 or 3.2.S.4.1" : fill("is {} meant?", near);
}

namespace {

bool title_speaks_for(const std::string& row_title, const templates::Heading& heading) {
    const std::string title = to_lower(row_title), wanted = to_lower(heading.title);
    return title.size() > 3 && (wanted.find(title) != std::string::npos || !nearest(title, {wanted}).empty());
}

} // namespace

std::optional<LostZero> find_lost_zero(const PlanRow& row, const templates::Heading& read_as, const templates::HeadingTree& tree) {
    if (!row.section_is_number) return std::nullopt;
    const templates::Heading* other = tree.by_number(row.section + "0");
    if (!other || title_speaks_for(row.title, read_as)) return std::nullopt;
    const bool no_form = read_as.holds == templates::Holds::forms && row.form_type.empty();
    return LostZero{other, no_form || title_speaks_for(row.title, *other)};
}

} // namespace dossier::ectd
