// Checks of study tagging files (ICH STF 2.2).
#include "ectd/check.hpp"

#include <algorithm>
#include <set>

#include "core/fold.hpp"
#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

template <class Visit> void each_stf(const SequenceFacts& facts, Visit visit) {
    for (const StfFact& fact : facts.stfs)
        if (fact.stf) visit(*fact.stf, *fact.leaf);
}

std::string content_place(const StfContent& content) {
    return line_place(content.line, "doc-content " + (content.leaf.id.empty() ? content.href : content.leaf.id));
}

// Why the leaf that a document stands for cannot be looked at; with that said, true.
bool is_unreachable(const SequenceFacts& facts, const StfContent& content, CheckOutput& out) {
    const std::string reason = content.leaf.id.empty() ? "" : unreachable_leaf(facts, content.leaf, "which study tagging files point into");
    if (!reason.empty()) out.not_run(reason);
    return !reason.empty();
}

void check_resolve(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf&) {
        for (const StfContent& content : stf.contents) {
            if (is_unreachable(facts, content, out)) continue;
            out.examined();
            const LeafId& target = content.leaf;
            const bool is_here = !target.id.empty() && facts.earlier(target.sequence) && facts.lifecycle->leaves.count(target) > 0;
            if (!is_here) out.finding(stf.path, content_place(content), {{"href", content.href}});
        }
    });
}

void check_identity(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf& leaf) {
        out.examined();
        if (stf.study_id.empty()) out.finding(stf.path, "study-id", {{"problem", "the study-id is empty"}});
        if (stf.title.empty()) out.finding(stf.path, "title", {{"problem", "the title of the study is empty"}});
        const auto history = facts.lifecycle->leaves.find(leaf.at);
        const Leaf* target = history == facts.lifecycle->leaves.end() ? nullptr : history->second.target;
        if (const std::string reason = unreachable_target(facts, leaf); !reason.empty()) out.not_run(reason);
        const auto first = target ? facts.lifecycle->stfs.find(target->at) : facts.lifecycle->stfs.end();
        if (target && is_stf_leaf(*target) && first == facts.lifecycle->stfs.end())
            out.not_run(
                fill("{}, which a study tagging file adds to, is not there or cannot be read", facts.seen_from_sequence(target->path)));
        if (first == facts.lifecycle->stfs.end() || stf.study_id.empty()) return;
        const Stf& earlier = *first->second;
        if (earlier.study_id != stf.study_id)
            out.finding(stf.path, "study-id",
                        {{"problem",
                          fill("the study-id is {}, and {} in the file it adds to ({})", stf.study_id, earlier.study_id, earlier.path)}});
        else if (earlier.title != stf.title && !stf.title.empty())
            out.finding(stf.path, "title",
                        {{"problem", fill("the title of study {} differs from the one in {}", stf.study_id, earlier.path)}});
    });
}

// The first tagging file of a study whose identifier differs from this one in nothing but case, accents, blanks or hyphens: a twin's, where
// it differs in these.
const Stf* first_alike(const SequenceFacts& facts, const Stf& stf) {
    const auto rank = [&](const Stf& item) { return std::pair(item.leaf.sequence, item.path); };
    const std::string wanted = likeness(stf.study_id);
    const Stf* first = nullptr;
    for (const StudyFact& study : facts.studies)
        for (const Stf* other : study.stfs)
            if (other->leaf.sequence <= facts.sequence->number && likeness(study.id) == wanted && (!first || rank(*other) < rank(*first)))
                first = other;
    return first;
}

// What was sent before the first tagging file of such a study may have written it otherwise.
void check_study_twins(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf& leaf) {
        const auto history = facts.lifecycle->leaves.find(leaf.at);
        const bool adds = history != facts.lifecycle->leaves.end() && history->second.target; // told where it differs from that file
        if (stf.study_id.empty() || adds) return;
        out.examined();
        const Stf* first = first_alike(facts, stf);
        if (first && first->study_id != stf.study_id)
            out.finding(stf.path, "study-id",
                        {{"study", stf.study_id}, {"first", first->study_id}, {"other", facts.seen_from_sequence(first->path)}});
        else if (const std::string missing =
                     missing_sequences(facts, {SequenceNumber(0), first ? first->leaf.sequence : stf.leaf.sequence});
                 !missing.empty())
            out.not_run(missing);
    });
}

void check_file_tag(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf&) {
        for (const StfContent& content : stf.contents) {
            out.examined();
            if (content.file_tags.empty()) out.finding(stf.path, content_place(content), {{"problem", "it has no file-tag"}});
            for (const auto& [tag, realm] : content.file_tags) {
                const templates::StudyValue* known = facts.catalogue->file_tag(tag);
                if (!known)
                    out.finding(stf.path, content_place(content),
                                {{"problem", fill("the file-tag {} is not among the valid values 6.0", tag)}});
                else if (known->realm != realm)
                    out.finding(stf.path, content_place(content),
                                {{"problem", fill("the file-tag {} has the info-type {}, it has to be {}", tag, realm, known->realm)}});
            }
        }
    });
}

std::string wrong_realm(const StfValue& value, const templates::StudyValue& known) {
    if (value.realm == known.realm) return "";
    return fill("{} has the info-type {}, it has to be {}", value.name, value.realm.empty() ? "nothing" : value.realm, known.realm);
}

void check_category(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const auto& values = facts.catalogue->study_values;
    each_stf(facts, [&](const Stf& stf, const Leaf&) {
        for (const StfValue& category : stf.categories) {
            out.examined();
            std::vector<std::string> allowed;
            const templates::StudyValue* found = nullptr;
            for (const templates::StudyValue& known : values) {
                if (known.kind != "category" || known.name != category.name) continue;
                allowed.push_back(known.value);
                if (known.value == category.value) found = &known;
            }
            std::string problem;
            if (allowed.empty())
                problem = fill("there is no category {}", category.name);
            else if (!found)
                problem = fill("{} is no value of {}; the values are {}", category.value.empty() ? "nothing" : category.value,
                               category.name, join(allowed, ", "));
            else
                problem = wrong_realm(category, *found);
            if (!problem.empty()) out.finding(stf.path, "category " + category.name, {{"problem", problem}});
        }
    });
}

// The valid values hold the names of properties; what their values are is not listed.
void check_property(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const auto& values = facts.catalogue->study_values;
    each_stf(facts, [&](const Stf& stf, const Leaf&) {
        for (const StfContent& content : stf.contents)
            for (const StfValue& property : content.properties) {
                out.examined();
                const auto known = std::find_if(values.begin(), values.end(), [&](const templates::StudyValue& value) {
                    return value.kind == "property" && value.value == property.name;
                });
                const std::string problem =
                    known == values.end() ? fill("there is no property {}", property.name) : wrong_realm(property, *known);
                if (!problem.empty()) out.finding(stf.path, content_place(content), {{"problem", problem}});
            }
    });
}

void check_category_required(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf& leaf) {
        const auto wanted = parameters.table("elements").find(leaf.place->element);
        if (wanted == parameters.table("elements").end() || leaf.operation != "new") return;
        out.examined();
        std::vector<std::string> missing;
        for (const std::string& name : wanted->second)
            if (std::none_of(stf.categories.begin(), stf.categories.end(), [&](const StfValue& category) { return category.name == name; }))
                missing.push_back(name);
        if (!missing.empty()) out.finding(stf.path, "study-identifier", {{"missing", join(missing, ", ")}});
    });
}

// An append is right whatever was sent before. Anything else is as far as is known: a sequence that is not here may have had the study's
// first tagging file, or deleted the one that is.
void check_operation(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf& leaf) {
        if (stf.study_id.empty()) return;
        out.examined();
        const auto study =
            std::find_if(facts.studies.begin(), facts.studies.end(), [&](const StudyFact& item) { return item.id == stf.study_id; });
        const Stf* first = nullptr; // of an earlier sequence, and not deleted since
        for (const Stf* earlier : study->stfs) {
            const auto history = facts.lifecycle->leaves.find(earlier->leaf);
            if (!first && earlier->leaf.sequence < facts.sequence->number && history != facts.lifecycle->leaves.end() &&
                (facts.is_current(history->second) || (history->second.ended_by && history->second.ended_by->at == leaf.at)))
                first = earlier;
        }
        if (leaf.operation == "append") return;
        const std::string missing = missing_sequences(facts, {first ? first->leaf.sequence : SequenceNumber(0), {}});
        if (!missing.empty()) out.not_run(missing);
        if (first)
            out.finding(xml_path(leaf), in_file(leaf), {{"operation", leaf.operation}, {"study", stf.study_id}, {"first", first->path}});
    });
}

void check_section(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf& leaf) {
        out.examined();
        const templates::Heading* heading = facts.catalogue->ctd.by_element(leaf.place->element);
        if (heading && !heading->study) {
            out.finding(xml_path(leaf), in_file(leaf),
                        {{"problem", fill("{} {} takes no study tagging file", heading->number, heading->title)}});
            return;
        }
        for (const StfContent& content : stf.contents) {
            const auto found = facts.lifecycle->leaves.find(content.leaf);
            if (is_unreachable(facts, content, out)) continue;
            if (found == facts.lifecycle->leaves.end() || content.leaf.sequence > facts.sequence->number) continue;
            const std::string& section = found->second.leaf->place->section;
            if (section != leaf.place->section && !starts_with(section, leaf.place->section + "/{"))
                out.finding(stf.path, content_place(content),
                            {{"problem", fill("the leaf {} stands under {}, the study tagging file under {}", content.leaf.id, section,
                                              leaf.place->section)}});
        }
    });
}

void check_property_required(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf&) {
        for (const StfContent& content : stf.contents)
            for (const auto& [tag, realm] : content.file_tags) {
                const auto wanted = parameters.table("tags").find(tag);
                if (wanted == parameters.table("tags").end()) continue;
                out.examined();
                for (const std::string& name : wanted->second)
                    if (std::none_of(content.properties.begin(), content.properties.end(),
                                     [&](const StfValue& property) { return property.name == name && !property.value.empty(); }))
                        out.finding(stf.path, content_place(content), {{"tag", tag}, {"property", name}});
            }
    });
}

// A title of its own that a document may have in the study tagging file, against that of its leaf.
void check_title(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    each_stf(facts, [&](const Stf& stf, const Leaf&) {
        for (const StfContent& content : stf.contents) {
            const auto found = facts.lifecycle->leaves.find(content.leaf);
            if (content.title.empty() || is_unreachable(facts, content, out)) continue;
            if (found == facts.lifecycle->leaves.end() || content.leaf.sequence > facts.sequence->number) continue;
            out.examined();
            const Leaf& leaf = *found->second.leaf;
            if (leaf.operation != "delete" && content.title != leaf.title)
                out.finding(stf.path, content_place(content), {{"title", content.title}, {"leaf", leaf.title}});
        }
    });
}

} // namespace

std::vector<Check> stf_checks() {
    const char* const subject = "study tagging file";
    return {
        {"stf.resolve", subject, {}, {"href"}, check_resolve},
        {"stf.title", "document with a title in a study tagging file", {}, {"title", "leaf"}, check_title},
        {"stf.identity", subject, {}, {"problem"}, check_identity},
        {"stf.study_twins", subject, {}, {"study", "first", "other"}, check_study_twins},
        {"stf.file_tag", subject, {}, {"problem"}, check_file_tag},
        {"stf.category", "category of a study", {}, {"problem"}, check_category},
        {"stf.property", "property of a document in a study tagging file", {}, {"problem"}, check_property},
        {"stf.category_required",
         "new study tagging file under such a heading",
         {{"elements", ParameterKind::table, true}},
         {"missing"},
         check_category_required},
        {"stf.operation", subject, {}, {"operation", "study", "first"}, check_operation},
        {"stf.section", subject, {}, {"problem"}, check_section},
        {"stf.property_required",
         "document with such a file-tag",
         {{"tags", ParameterKind::table, true}},
         {"tag", "property"},
         check_property_required},
    };
}

} // namespace dossier::ectd
