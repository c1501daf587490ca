#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "templates/ectd_catalogue.hpp"

namespace dossier::templates {

const Heading* HeadingTree::by_element(std::string_view element) const {
    const auto found = by_element_.find(element);
    return found == by_element_.end() ? nullptr : &headings_[found->second];
}

const Heading* HeadingTree::by_number(std::string_view number) const {
    const auto found = by_number_.find(to_lower(number));
    return found == by_number_.end() ? nullptr : &headings_[found->second];
}

std::vector<const Heading*> HeadingTree::path_to(const Heading& heading) const {
    std::vector<const Heading*> path;
    for (const Heading* at = &heading; at; at = by_element(at->parent)) path.push_back(at);
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<std::string> HeadingTree::numbers() const {
    std::vector<std::string> numbers;
    numbers.reserve(headings_.size());
    for (const Heading& heading : headings_) numbers.push_back(heading.number);
    return numbers;
}

std::string HeadingTree::folder_of(const Heading& heading) const {
    std::string folder = below_;
    if (!below_.empty()) {
        folder = path::join(folder, heading.folder);
    } else {
        for (const Heading* part : path_to(heading))
            if (!part->folder.empty()) folder = path::join(folder, part->folder);
    }
    return heading.one_study_folder ? path::join(folder, "{study}") : folder;
}

std::string fill_folder(std::string_view folder, const std::map<std::string, std::string>& values) {
    std::string filled;
    for (const std::string& part : path::parts(folder)) {
        std::string name;
        for (std::string_view rest = part; !rest.empty();) {
            const std::size_t open = rest.find('{');
            const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
            name += rest.substr(0, open == std::string_view::npos || close == std::string_view::npos ? rest.size() : open);
            if (close == std::string_view::npos) break;
            const auto value = values.find(std::string(rest.substr(open + 1, close - open - 1)));
            if (value != values.end() && !value->second.empty())
                name += value->second;
            else if (ends_with(name, "-"))
                name.pop_back();
            rest.remove_prefix(close + 1);
        }
        if (!name.empty()) filled = path::join(filled, name);
    }
    return filled;
}

} // namespace dossier::templates
