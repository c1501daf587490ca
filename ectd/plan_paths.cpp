#include "ectd/plan_paths.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

class PathCheck {
public:
    PathCheck(const std::vector<PlannedLeaf>& leaves, const std::set<const PlannedLeaf*>& sent, const std::set<const PlannedLeaf*>& copied)
        : leaves_(leaves), sent_(sent), copied_(copied) {}

    std::vector<Error> run() {
        for (const PlannedLeaf& leaf : leaves_)
            if (leaf.content && module_of(leaf) == module_of_section(leaf)) at_home_.insert(leaf.path + "|" + leaf.content->path);
        for (const PlannedLeaf& leaf : leaves_)
            if (leaf.content) check(leaf);
        return std::move(errors_);
    }

private:
    static std::string module_of(const PlannedLeaf& leaf) { return leaf.path.substr(0, 2); }
    static std::string module_of_section(const PlannedLeaf& leaf) { return "m" + leaf.heading->number.substr(0, 1); }

    void complain(const PlannedLeaf& leaf, const std::string& column, std::string message, std::string remedy) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), leaf.row->at(column), std::move(remedy));
    }

    void check(const PlannedLeaf& leaf) {
        const PlannedLeaf* first = by_path_.emplace(leaf.path, &leaf).first->second;
        const PlannedLeaf* twin = by_section_and_path_.emplace(leaf.section + "|" + leaf.form_code + "|" + leaf.path, &leaf).first->second;
        const auto is_sent = [&](const PlannedLeaf* other) { return sent_.count(other) > 0 || sent_.count(&leaf) > 0; };
        if (first->content->path != leaf.content->path && is_sent(first))
            complain(
                leaf, "path",
                fill("{} is already the path of row {}, with another source ({})", leaf.path, first->row->place.line, first->row->source),
                "give one of the two rows another path");
        else if (twin != &leaf && is_sent(twin))
            complain(leaf, "section", fill("{} stands twice under section {}", leaf.path, leaf.heading->number),
                     "remove one of the two rows");
        else if (copied_.count(&leaf) > 0 && at_home_.count(leaf.path + "|" + leaf.content->path) == 0)
            complain(leaf, "path",
                     fill("{} lies in module {}, and section {} is of module {}", leaf.path, leaf.path.substr(1, 1), leaf.heading->number,
                          leaf.heading->number.substr(0, 1)),
                     fill("leave path empty, or write {}", leaf.standard_path));
    }

    const std::vector<PlannedLeaf>& leaves_;
    const std::set<const PlannedLeaf*>&sent_, &copied_;
    std::set<std::string> at_home_; // path and source of files that a row of their own module brings: other modules may show them too
    std::map<std::string, const PlannedLeaf*> by_path_, by_section_and_path_;
    std::vector<Error> errors_;
};

} // namespace

std::vector<Error> check_paths(const std::vector<PlannedLeaf>& leaves, const std::set<const PlannedLeaf*>& sent,
                               const std::set<const PlannedLeaf*>& copied) {
    return PathCheck(leaves, sent, copied).run();
}

} // namespace dossier::ectd
