#include "ectd/section_name.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

bool is_number_part(const std::string& part, bool first) {
    const bool digits = !part.empty() && part.size() <= 2 && part.find_first_not_of("0123456789") == std::string::npos;
    return digits || (!first && part.size() == 1 && std::string("sparSPAR").find(part) != std::string::npos);
}

std::string upper_first(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

} // namespace

SectionName name_from_element(const std::string& element) {
    if (element.size() < 2 || element[0] != 'm') return {"", element};
    const std::vector<std::string> parts = split(element.substr(1), '-');
    std::size_t count = 0;
    while (count < parts.size() && is_number_part(parts[count], count == 0)) ++count;
    if (count < 2) return {"", element};
    std::string number = parts[0], title;
    for (std::size_t i = 1; i < count; ++i)
        number += "." + (parts[i][0] >= 'a' ? std::string(1, static_cast<char>(parts[i][0] - 'a' + 'A')) : parts[i]);
    for (std::size_t i = count; i < parts.size(); ++i) title += (title.empty() ? "" : " ") + parts[i];
    return {number, upper_first(title)};
}

const templates::HeadingTree& headings_of(const Leaf& leaf, const templates::EctdCatalogue& catalogue) {
    if (leaf.at.file == "index.xml") return catalogue.ctd;
    const std::vector<std::string> parts = path::parts(leaf.at.file); // m1/us/us-regional.xml
    return catalogue.module1(parts.size() > 1 ? parts[1] : "");
}

SectionName section_name(const SectionStep& step, const templates::HeadingTree& headings) {
    if (step.element == "node-extension") return {"", step.extension};
    const templates::Heading* heading = headings.by_element(step.element);
    if (heading) return {heading->number, heading->title};
    return name_from_element(step.element);
}

std::string section_number(const Leaf& leaf, const templates::EctdCatalogue& catalogue) {
    const templates::HeadingTree& headings = headings_of(leaf, catalogue);
    const std::vector<SectionStep>& steps = leaf.place->steps;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        if (const std::string number = section_name(*step, headings).number; !number.empty()) return number;
    return leaf.place->element;
}

} // namespace dossier::ectd
