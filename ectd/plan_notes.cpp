#include "ectd/plan_notes.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/leaf_place.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd {

namespace {

void note(Plan& plan, const PlanRow& row, const std::string& column, std::string message, std::string remedy = {}) {
    plan.notes.push_back(to_text(Error(ErrorKind::invalid, std::move(message), row.at(column), std::move(remedy))));
}

// "2.5 Clinical overview", "M2.5. Clinical overview" -> "Clinical overview"; empty where the number does not stand in front.
std::string without_section(const std::string& title, const std::string& section) {
    std::string_view rest = title;
    if (starts_with(to_lower(title), "section ")) rest.remove_prefix(8);
    if (!rest.empty() && (rest.front() == 'm' || rest.front() == 'M')) rest.remove_prefix(1);
    if (!starts_with(rest, section)) return "";
    rest.remove_prefix(section.size());
    if (!rest.empty() && rest.front() == '.') rest.remove_prefix(1);
    if (rest.empty() || (rest.front() != ' ' && rest.front() != '_' && rest.front() != ':' && rest.front() != '-')) return "";
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '_' || rest.front() == ':' || rest.front() == '-'))
        rest.remove_prefix(1);
    return std::string(rest);
}

} // namespace

void note_titles(Plan& plan) {
    constexpr std::int64_t most = 512; // ICH 3.2.2, as the rule dossier:leaf-title has it
    std::vector<std::string> rows;     // without a title
    for (const PlannedOperation& item : plan.operations) {
        if (item.operation == "delete" || !item.planned) continue;
        const PlanRow& row = *item.planned->row;
        if (row.title.empty() && !item.target) rows.push_back(fill("{}", row.place.line));
        if (const std::int64_t length = count_characters(item.title); length > most)
            note(plan, row, "title", fill("the title has {} characters, {} are allowed", length, most),
                 "write a short one that says what the document is");
        if (const std::string rest = without_section(item.title, item.section); !rest.empty())
            note(plan, row, "title", "the title begins with the number of its section, which reviewers see beside it anyway",
                 fill("write \"{}\"", rest));
    }
    if (!rows.empty())
        plan.notes.push_back(fill("{} {} without a title {} the name of {} file as one: {} {}", rows.size(),
                                  std::string_view(rows.size() == 1 ? "row" : "rows"), std::string_view(rows.size() == 1 ? "gets" : "get"),
                                  std::string_view(rows.size() == 1 ? "its" : "their"), std::string_view(rows.size() == 1 ? "row" : "rows"),
                                  join(rows, ", ")));
}

void note_unlike_replacements(Plan& plan) {
    for (const PlannedOperation& item : plan.operations) {
        if (!item.met_by_path_alone) continue;
        const std::string name = legal_name(item.title + "." + path::extension(item.path));
        note(plan, *item.planned->row, "path",
             fill("the row replaces {} \"{}\" because their paths are equal; title and content are other ones", short_text(*item.target),
                  item.target->title),
             fill("where it is another document, give the row a path of its own, e.g. {}", path::join(path::parent(item.path), name)));
    }
}

void note_ids_of_others(Plan& plan, const LeafMatcher& matcher) {
    std::set<const Leaf*> ended;
    for (const PlannedOperation& item : plan.operations)
        if (item.target) ended.insert(item.target);
    for (const PlannedOperation& item : plan.operations) {
        if (item.operation != "new" || item.planned->per_sequence()) continue;
        const Leaf* leaf = matcher.named_elsewhere(*item.planned);
        if (!leaf || ended.count(leaf) > 0) continue;
        note(plan, *item.planned->row, "id",
             fill("{} {}: the row is a new document, and that leaf stays current", leaf->at.text(),
                  matcher.where_else(*item.planned, *leaf)),
             fill("to move it, add a row with operation delete and replaces {}", short_text(*leaf)));
    }
}

void note_appended_leaves(Plan& plan) {
    std::map<const Leaf*, const PlannedOperation*> ended;
    for (const PlannedOperation& item : plan.operations)
        if (item.target && item.operation != "append") ended[item.target] = &item;
    for (const LeafHistory* history : plan.lifecycle->in_order) {
        if (history->leaf->operation != "append" || !is_current(history->state) || ended.count(history->leaf) > 0) continue;
        const auto base = ended.find(history->target);
        if (base == ended.end()) continue;
        plan.notes.push_back(fill("{} \"{}\" was appended to {} \"{}\", which this plan {}s, and stays current: delete or replace it too",
                                  short_text(*history->leaf), history->leaf->title, short_text(*base->first), base->first->title,
                                  base->second->operation));
    }
}

namespace {

// "5.3.5.1 (indication Pain)"
std::string name_of(const std::vector<HeadingStep>& steps) {
    const templates::Heading* heading = lowest_heading(steps);
    std::vector<std::string> values;
    for (const HeadingStep& step : steps)
        for (const auto& [name, value] : step.attributes) values.push_back(column_of_attribute(name) + " " + value);
    const std::string number = heading ? heading->number : "";
    return values.empty() ? number : fill("{} ({})", number, join(values, ", "));
}

} // namespace

void note_studies_of_two_headings(Plan& plan, const templates::HeadingTree& ctd) {
    std::map<std::string, std::map<std::string, std::string>> places; // by study: section -> its name
    for (const auto& [at, stf] : plan.lifecycle->stfs) {
        const auto leaf = plan.lifecycle->leaves.find(at);
        if (leaf == plan.lifecycle->leaves.end() || !is_current(leaf->second.state)) continue;
        const LeafPlace& place = *leaf->second.leaf->place;
        places[stf->study_id].emplace(place.heading_section, name_of(steps_of(*leaf->second.leaf, ctd, ctd)));
    }
    for (const PlannedOperation& item : plan.operations) {
        if (item.operation == "delete" || !item.planned || item.study.empty() || !item.planned->heading->study) continue;
        auto& known = places[item.study];
        const std::string here = name_of(item.planned->steps);
        if (known.count(item.planned->section) == 0 && !known.empty())
            note(plan, *item.planned->row, "section",
                 fill("study {} has its study tagging file under section {}, and gets a second one under {}: reviewers see two studies of "
                      "one name, and the validation warns",
                      item.study, known.begin()->second, here),
                 "keep the documents of a study under one heading where that is possible");
        known.emplace(item.planned->section, here);
    }
}

} // namespace dossier::ectd
