#include "ectd/folder_names.hpp"

#include <iterator>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/leaf_index.hpp"
#include "ectd/leaf_place.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd {

namespace {

// Rows that send a file to a path that is made for them.
template <class Use> void for_each_made_path(const Plan& plan, Use use) {
    for (const PlannedOperation& item : plan.operations)
        if (item.planned && item.operation != "delete" && item.reused.empty() && item.planned->row->path.empty()) use(item);
}

// What the folder of a row is named after, by column, with the words of the row.
std::map<std::string, std::string> naming_words(const PlannedLeaf& planned, const std::string& folder) {
    std::map<std::string, std::string> words;
    const auto names = [&folder](const std::string& attribute) {
        return folder.find(attribute == "product-name" || attribute == "dosageform" ? "{product" : attribute) != std::string::npos;
    };
    for (const HeadingStep& step : planned.steps)
        for (const auto& [name, value] : step.attributes)
            if (names(name)) words[column_of_attribute(name)] = value;
    if (!planned.row->study.empty()) words["study"] = planned.row->study;
    return words;
}

Error without_letters(const PlannedOperation& item, const std::string& column, const std::string& words) {
    return Error(ErrorKind::invalid,
                 fill("\"{}\" has no letter of a-z and no digit that a {} name could be made of", words,
                      std::string_view(column == "source" ? "file" : "folder")),
                 item.planned->row->at(column),
                 fill("write a path that tells it from others, in the way of {}", item.planned->standard_path));
}

// What tells the documents of one heading apart.
std::string words_of(const std::vector<HeadingStep>& steps) {
    std::vector<std::string> words;
    for (const HeadingStep& step : steps)
        for (const auto& [name, value] : step.attributes) words.push_back(fill("{} \"{}\"", column_of_attribute(name), value));
    return join(words, ", ");
}

class SharedFolders {
public:
    SharedFolders(Plan& plan, const templates::HeadingTree& ctd) : plan_(plan), ctd_(ctd) {}

    void run() {
        for (const LeafHistory* item : plan_.lifecycle->current()) {
            const Leaf& leaf = *item->leaf;
            if (leaf.at.file != "index.xml" || !is_named(leaf) || !known_.insert(leaf.place->section + path::parent(leaf.path)).second)
                continue;
            const std::vector<HeadingStep> steps = steps_of(leaf, ctd_, ctd_);
            if (const templates::Heading* heading = lowest_heading(steps))
                words_[heading->number + "|" + folder_of(leaf)].insert(words_of(steps));
        }
        for (const Sequence& sequence : plan_.history->sequences)
            for (const Stf& stf : sequence.stfs)
                if (const Leaf* leaf = plan_.history->find(stf.leaf)) words_["study|" + folder_of(*leaf)].insert(shown(stf.study_id));
        for_each_made_path(plan_, [this](const PlannedOperation& item) {
            const std::string folder = path::parent(item.path);
            if (item.file == "index.xml" && is_named(*item.planned->heading))
                take(item, item.section + "|" + folder, folder, words_of(item.planned->steps));
            if (!item.study.empty()) take(item, "study|" + item.planned->study_folder, item.planned->study_folder, shown(item.study));
        });
    }

private:
    // Whether the folder of a heading is named after something. Most leaves of one heading share their place.
    bool is_named(const templates::Heading& heading) const { return ctd_.folder_of(heading).find('{') != std::string::npos; }
    bool is_named(const Leaf& leaf) {
        const auto [known, is_new] = named_.try_emplace(leaf.place.get(), false);
        if (!is_new) return known->second;
        const templates::Heading* heading = lowest_heading(steps_of(leaf, ctd_, ctd_));
        return known->second = heading && is_named(*heading);
    }
    static std::string folder_of(const Leaf& leaf) { return path::parent(std::string(path_in_sequence(leaf))); }
    static std::string shown(const std::string& study) { return fill("study \"{}\"", study); }

    void take(const PlannedOperation& item, const std::string& key, const std::string& folder, const std::string& words) {
        std::set<std::string>& others = words_[key];
        others.insert(words);
        if (others.size() < 2 || !told_.insert(key).second) return;
        const std::string& other = *others.begin() == words ? *std::next(others.begin()) : *others.begin();
        plan_.notes.push_back(
            to_text(Error(ErrorKind::invalid, fill("documents of {} and of {} lie in one folder: {}", other, words, folder),
                          item.planned->row->at("path"), "write a path where that is not meant")));
    }

    Plan& plan_;
    const templates::HeadingTree& ctd_;
    std::map<std::string, std::set<std::string>> words_; // by section (or: study) and folder
    std::set<std::string> known_, told_;
    std::map<const LeafPlace*, bool> named_;
};

} // namespace

std::vector<Error> check_folder_names(const Plan& plan, const templates::HeadingTree& ctd) {
    std::vector<Error> errors;
    for_each_made_path(plan, [&](const PlannedOperation& item) {
        const std::string folder = item.file == "index.xml" ? ctd.folder_of(*item.planned->heading) : "";
        for (const auto& [column, words] : naming_words(*item.planned, folder))
            if (!has_legal_letter(words)) errors.push_back(without_letters(item, column, words));
        const std::string& name = item.planned->content->name;
        const std::string extension = path::extension(name);
        const std::string stem = extension.empty() ? name : name.substr(0, name.size() - extension.size() - 1);
        if (!has_legal_letter(stem)) errors.push_back(without_letters(item, "source", name));
    });
    return errors;
}

void note_shared_folders(Plan& plan, const templates::HeadingTree& ctd) { SharedFolders(plan, ctd).run(); }

} // namespace dossier::ectd
