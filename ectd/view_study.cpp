#include "ectd/view_study.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "ectd/section_name.hpp"

namespace dossier::ectd {

namespace {

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

bool holds_study_reports(const std::string& number) { return starts_with(number, "4.2") || starts_with(number, "5.3"); }

class Search {
public:
    Search(const Application& application, const Lifecycle& lifecycle, const templates::EctdCatalogue& catalogue)
        : application_(application), lifecycle_(lifecycle), catalogue_(catalogue) {}

    std::vector<ViewStudy> run() {
        for (const Sequence& sequence : application_.sequences)
            for (const Stf& stf : sequence.stfs) add(stf);
        for (const Sequence& sequence : application_.sequences)
            for (const Leaf& leaf : sequence.leaves) add_extension(leaf);
        std::vector<ViewStudy> studies;
        for (auto& [id, study] : studies_) {
            // Leaves of a sequence lie in one vector, in document order.
            std::stable_sort(study.leaves.begin(), study.leaves.end(), [](const StudyLeaf& a, const StudyLeaf& b) {
                if (a.leaf->at.sequence != b.leaf->at.sequence) return a.leaf->at.sequence < b.leaf->at.sequence;
                return std::less<>()(a.leaf, b.leaf);
            });
            studies.push_back(std::move(study));
        }
        return studies;
    }

private:
    StudyLeaf& leaf_of(ViewStudy& study, const Leaf& leaf) {
        const auto [found, is_new] = place_.emplace(std::pair(study.id, &leaf), study.leaves.size());
        if (is_new) study.leaves.push_back({&leaf, {}, ""});
        return study.leaves[found->second];
    }

    void add(const Stf& stf) {
        ViewStudy& study = studies_[stf.study_id];
        study.id = stf.study_id;
        study.tagged = true;
        add_once(study.titles, stf.title);
        for (const StfValue& category : stf.categories) add_once(study.categories, category.name + ": " + category.value);
        if (const Leaf* own = application_.find(stf.leaf)) leaf_of(study, *own);
        for (const StfContent& content : stf.contents) {
            const auto found = lifecycle_.leaves.find(content.leaf);
            if (found == lifecycle_.leaves.end()) continue;
            StudyLeaf& entry = leaf_of(study, *found->second.leaf);
            for (const auto& tag : content.file_tags) add_once(entry.tags, tag.first);
            for (const StfValue& property : content.properties)
                if (property.name == "site-identifier" && !property.value.empty())
                    entry.site += (entry.site.empty() ? "" : " ") + property.value;
        }
    }

    void add_extension(const Leaf& leaf) {
        if (leaf.place->extensions.empty() || !holds_study_reports(section_number(leaf, catalogue_))) return;
        ViewStudy& study = studies_[leaf.place->extensions.front()];
        if (study.tagged) return; // the tagging files say it already
        study.id = leaf.place->extensions.front();
        leaf_of(study, leaf);
    }

    const Application& application_;
    const Lifecycle& lifecycle_;
    const templates::EctdCatalogue& catalogue_;
    std::map<std::string, ViewStudy> studies_;
    std::map<std::pair<std::string, const Leaf*>, std::size_t> place_;
};

} // namespace

std::vector<ViewStudy> find_studies(const Application& application, const Lifecycle& lifecycle, const templates::EctdCatalogue& catalogue) {
    return Search(application, lifecycle, catalogue).run();
}

} // namespace dossier::ectd
