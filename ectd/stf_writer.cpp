#include "ectd/stf_writer.hpp"

#include <algorithm>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd {

namespace {

// The STF of a study under a section that later ones are appended to: the first, or what replaced it (cumulative STFs of old applications).
const Stf* first_stf(const Plan& plan, const std::string& study, const std::string& section) {
    for (const Sequence& sequence : plan.history->sequences)
        for (const Stf& stf : sequence.stfs) {
            const auto leaf = plan.lifecycle->leaves.find(stf.leaf);
            if (stf.study_id == study && leaf != plan.lifecycle->leaves.end() && is_current(leaf->second.state) &&
                leaf->second.leaf->place->section == section && leaf->second.leaf->operation != "append")
                return &stf;
        }
    return nullptr;
}

// As application.yaml has it, else as its first study tagging file does.
StudyEntry study_entry(const Plan& plan, const std::string& id) {
    const auto entry = plan.application->studies.find(id);
    if (entry != plan.application->studies.end()) return entry->second;
    for (const Sequence& sequence : plan.history->sequences)
        for (const Stf& stf : sequence.stfs)
            if (stf.study_id == id) return {stf.title, stf.category_values(), {}};
    return {};
}

} // namespace

std::vector<StfPlan> plan_stfs(const Plan& plan) {
    std::vector<StfPlan> stfs;
    std::vector<std::string> keys;
    if (!plan.study_files) return stfs;
    for (const PlannedOperation& item : plan.operations) {
        if (item.operation == "delete" || !item.planned || item.study.empty() || !item.planned->heading->study) continue;
        const std::string key = item.study + "|" + item.planned->section;
        const auto found = std::find(keys.begin(), keys.end(), key);
        if (found != keys.end()) {
            stfs[static_cast<std::size_t>(found - keys.begin())].contents.push_back(&item);
            continue;
        }
        keys.push_back(key);
        StfPlan stf;
        const StudyEntry study = study_entry(plan, item.study);
        stf.study_id = item.study;
        stf.title = study.title;
        stf.categories = study.categories;
        stf.path = path::join(item.planned->study_folder, "stf-" + legal_folder(item.study) + ".xml");
        stf.steps = item.planned->steps;
        stf.operation = "new";
        if (const Stf* first = first_stf(plan, item.study, item.planned->section)) {
            stf.operation = "append";
            stf.target = plan.lifecycle->leaves.at(first->leaf).leaf;
            stf.title = first->title; // the title stays that of the first: another one forks the study at FDA
            if (stf.categories.empty()) stf.categories = first->category_values();
        }
        stf.leaf_id = "id-" + sha256_of("stf|" + key).hex().substr(0, 16);
        stf.contents.push_back(&item);
        stfs.push_back(std::move(stf));
    }
    return stfs;
}

std::string stf_title(const StfPlan& stf) { return "Study tagging file " + stf.study_id; }

std::string write_stf(const StfPlan& stf, const templates::EctdCatalogue& catalogue) {
    const std::string folder = path::parent(stf.path);
    XmlWriter writer;
    writer.declaration();
    writer.doctype("ectd:study", path::relative(folder, "util/dtd/ich-stf-v2-2.dtd"));
    writer.instruction("xml-stylesheet",
                       "type=\"text/xsl\" href=\"" + path::relative(folder, "util/style/ich-stf-stylesheet-2-3.xsl") + "\"");
    writer.start("ectd:study", {{"xmlns:ectd", "http://www.ich.org/ectd"},
                                {"xmlns:xlink", "http://www.w3.org/1999/xlink"},
                                {"xml:lang", "en"},
                                {"dtd-version", "2.2"}});
    writer.start("study-identifier");
    writer.text_element("title", stf.title);
    writer.text_element("study-id", stf.study_id);
    for (const auto& [name, value] : stf.categories) {
        std::string realm = "ich";
        for (const auto& known : catalogue.study_values)
            if (known.kind == "category" && known.name == name && known.value == value) realm = known.realm;
        writer.text_element("category", value, {{"name", name}, {"info-type", realm}});
    }
    writer.end();
    writer.start("study-document");
    for (const PlannedOperation* item : stf.contents) {
        writer.start("doc-content", {{"xlink:href", path::relative(folder, "index.xml") + "#" + item->id}});
        writer.text_element("title", item->title);
        if (!item->planned->row->site.empty())
            writer.text_element("property", item->planned->row->site, {{"name", "site-identifier"}, {"info-type", "us"}});
        for (const templates::StudyValue* tag : item->planned->tags) {
            writer.start("file-tag", {{"name", tag->value}, {"info-type", tag->realm}});
            writer.end();
        }
        writer.end();
    }
    return writer.finish();
}

} // namespace dossier::ectd
