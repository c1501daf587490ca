#include "ectd/row_path.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd {

namespace {

class PathOfRow {
public:
    PathOfRow(const templates::HeadingTree& tree, const PlanRow& row, PlannedLeaf& leaf) : tree_(tree), row_(row), leaf_(leaf) {}

    void find_path() {
        std::string place = folder();
        if (!row_.study.empty()) leaf_.study_folder = place;
        if (row_.operation == "delete") {
            leaf_.path = row_.path;
            return;
        }
        const std::string name = leaf_.content ? leaf_.content->name : path::file_name(row_.source); // of a source that is not there
        leaf_.standard_path = path::join(place, legal_name(path::file_name(row_.path.empty() ? name : row_.path)));
        if (!row_.path.empty()) {
            leaf_.path = row_.path;
            check_path();
            return;
        }
        if (name.empty() || starts_with(name, "tmf:")) return;
        // Data sets lie outside the study's report folder (FDA study data technical conformance guide).
        for (const templates::StudyValue* tag : leaf_.tags)
            if (!tag->folder.empty() && !row_.study.empty()) {
                place = path::join(path::join(path::join(place.substr(0, 2), "datasets"), legal_folder(row_.study)), tag->folder);
                break;
            }
        leaf_.path = path::join(place, legal_name(name, path::extension(name) == "xpt"));
        if (leaf_.content && path::extension(leaf_.path).empty())
            complain_when_sent("source", fill("{} has no extension, and a file of a submission needs one that tells its format", name),
                               "give the file one, or write its name in path");
        check_length();
    }

private:
    void complain_when_sent(const std::string& column, std::string message, std::string remedy) {
        leaf_.when_sent.emplace_back(ErrorKind::invalid, std::move(message), row_.at(column), std::move(remedy));
    }

    std::string value(const std::string& attribute) const {
        const auto found = row_.attributes.find(attribute);
        return found == row_.attributes.end() || found->second.empty() ? "" : legal_folder(found->second);
    }

    std::string folder() const {
        const std::string substance = value("substance"), manufacturer = value("manufacturer");
        const std::string product = value("product-name"), dosage_form = value("dosageform");
        const auto both = [](const std::string& a, const std::string& b) { return legal_folder_of({a, b}); };
        return templates::fill_folder(tree_.folder_of(*leaf_.heading), {{"substance-manufacturer", both(substance, manufacturer)},
                                                                        {"substance", substance},
                                                                        {"manufacturer", manufacturer},
                                                                        {"product", both(product, dosage_form)},
                                                                        {"excipient", value("excipient")},
                                                                        {"indication", value("indication")},
                                                                        {"study", row_.study.empty() ? "" : legal_folder(row_.study)}});
    }

    static bool is_in_module(const std::string& path) {
        const std::string module = path::parts(path).empty() ? "" : path::parts(path)[0];
        return module.size() == 2 && module[0] == 'm' && module[1] >= '1' && module[1] <= '5';
    }

    void check_path() {
        const std::string extension = path::extension(leaf_.path), proposal = legal_path();
        if (extension.empty())
            complain_when_sent("path", fill("{} has no extension, which tells the format of the file", leaf_.path),
                               fill("write {}", proposal));
        else if (!is_legal())
            complain_when_sent("path", fill("{} is not a legal path (a-z, 0-9 and hyphen, names of at most 64 characters)", leaf_.path),
                               fill("write {}", proposal));
        else if (!is_in_module(leaf_.path))
            complain_when_sent("path", fill("{} lies outside the modules m1 to m5", leaf_.path), fill("write {}", proposal));
        else
            leaf_.path = path::normalise(leaf_.path);
        check_length();
    }

    bool is_legal() const {
        const std::vector<std::string> parts = path::parts(leaf_.path);
        const bool data = path::extension(leaf_.path) == "xpt";
        return path::is_inside(leaf_.path) && parts.size() > 1 && is_legal_name(parts.back(), data) &&
               std::all_of(parts.begin(), parts.end() - 1, [](const std::string& part) { return is_legal_folder(part); });
    }

    // The row's path as it could be; in the folder of the section where it lies in no module.
    std::string legal_path() const {
        const std::vector<std::string> parts = path::parts(leaf_.path);
        std::string proposal;
        for (std::size_t i = 0; i < parts.size(); ++i)
            proposal = path::join(proposal, i + 1 == parts.size() ? legal_name(parts[i]) : legal_folder(parts[i]));
        if (!path::is_inside(leaf_.path) || !is_in_module(proposal)) proposal = path::join(folder(), path::file_name(proposal));
        const std::string own = to_lower(path::extension(row_.source));
        return path::extension(proposal).empty() ? proposal + "." + (own.empty() ? "pdf" : own) : proposal;
    }

    void check_length() {
        constexpr std::size_t most = 230; // ICH 3.2.2, appendix 2
        if (leaf_.path.size() > most)
            complain_when_sent("path", fill("the path has {} characters, ICH allows {}: {}", leaf_.path.size(), most, leaf_.path),
                               "write a shorter one in path");
    }

    const templates::HeadingTree& tree_;
    const PlanRow& row_;
    PlannedLeaf& leaf_;
};

} // namespace

void resolve_path(const templates::HeadingTree& tree, const PlanRow& row, PlannedLeaf& leaf) {
    PathOfRow(tree, row, leaf).find_path();
    leaf.own_path = leaf.path;
}

} // namespace dossier::ectd
