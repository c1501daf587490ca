// Checks of which documents a sequence has: what an application of its kind needs, second copies in another format, how much it is
// altogether.
#include "ectd/check.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

bool is_under(const Leaf& leaf, const std::vector<std::string>& elements) {
    return std::any_of(leaf.place->steps.begin(), leaf.place->steps.end(), [&](const SectionStep& step) {
        return std::find(elements.begin(), elements.end(), step.element) != elements.end();
    });
}

// Where `field` is one of `values`: for each of `documents` a current leaf under one of its elements, in this sequence or an earlier one.
void check_expected(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto fields = facts.fields_of(parameters.text("field"));
    if (fields.empty() || !parameters.lists("values", fields.front()->value)) return;
    std::vector<const Leaf*> current;
    for (const auto& [key, history] : facts.lifecycle->leaves)
        if (history.leaf->at.sequence <= facts.sequence->number && facts.is_current(history)) current.push_back(history.leaf);
    for (const Leaf* leaf : facts.lifecycle->repeated)
        if (leaf->at.sequence <= facts.sequence->number && leaf->operation != "delete") current.push_back(leaf);
    const std::string missing = missing_sequences(facts);
    for (const auto& [document, elements] : parameters.table("documents")) {
        out.examined();
        if (std::any_of(current.begin(), current.end(), [&under = elements](const Leaf* leaf) { return is_under(*leaf, under); })) continue;
        if (missing.empty())
            out.finding(facts.regional.path, document, {{"document", document}});
        else
            out.not_run(fill("whether there is a document {} cannot be told: {}", document, missing));
    }
}

// Documents of `of` under one of `elements`, new in this sequence, and no other leaf beside them with one of `copies`. Not where the field
// `unless` begins with one of `begins`.
void check_copy(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string kind = facts.field(parameters.text("unless"));
    const auto& begins = parameters.texts("begins");
    if (std::any_of(begins.begin(), begins.end(), [&](const std::string& item) { return starts_with(kind, item); })) return;
    std::map<std::string, std::string> documents; // section -> the first file
    std::set<std::string> copied;
    for (const LeafFact& fact : facts.leaves) {
        if (fact.file().empty() || !is_under(*fact.leaf, parameters.texts("elements"))) continue;
        const std::string extension = to_lower(path::extension(fact.file())), &section = fact.leaf->place->section;
        if (extension == parameters.text("of")) documents.insert({section, fact.file()});
        if (parameters.lists("copies", extension)) copied.insert(section);
    }
    for (const auto& [section, file] : documents) {
        out.examined();
        if (copied.count(section) == 0) out.finding(file, "", {});
    }
}

// Of all files of the sequence together, as they lie there.
void check_package_size(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    out.examined();
    std::uint64_t total = 0;
    for (const FileFact* file : facts.own_files) total += file->size;
    if (total > static_cast<std::uint64_t>(parameters.number("max_gigabytes")) << 30)
        out.finding(facts.index.path, "sequence folder", {{"size", fill("{}", (total >> 30) + 1)}});
}

std::uint64_t bytes_of(const std::string& megabytes) {
    std::uint64_t number = 0;
    std::from_chars(megabytes.data(), megabytes.data() + megabytes.size(), number);
    return number << 20;
}

// Limits by extension, "other" for those that are not named, in megabytes: [above] or [from, to]. A file that is larger than `to` has
// another rule.
void check_limits(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto& limits = parameters.table("megabytes");
    for (const FileFact* file : facts.own_files) {
        const std::string extension = to_lower(path::extension(file->path));
        auto limit = limits.find(extension);
        if (limit == limits.end() && !parameters.lists("except", extension)) limit = limits.find("other");
        if (limit == limits.end() || limit->second.empty()) continue;
        out.examined();
        const std::uint64_t first = bytes_of(limit->second.front()), last = bytes_of(limit->second.back());
        const bool range = limit->second.size() > 1;
        const bool fits = range ? file->size < first || file->size > last : file->size <= first;
        if (!fits)
            out.finding(file->path, "",
                        {{"size", fill("{}", (file->size + (1 << 20) - 1) >> 20)},
                         {"limit", range ? fill("{} to {} MB", limit->second.front(), limit->second.back())
                                         : fill("more than {} MB", limit->second.front())}});
    }
}

// Files of the folder `below` that lie outside of `folder`.
void check_folder(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FileFact* file : facts.own_files) {
        const std::string inside = facts.seen_from_sequence(file->path);
        if (!starts_with(inside, parameters.text("below"))) continue;
        out.examined();
        if (!starts_with(inside, parameters.text("folder"))) out.finding(file->path, "");
    }
}

} // namespace

std::vector<Check> document_checks() {
    return {
        {"document.expected",
         "application of this kind",
         {{"field", ParameterKind::text, true}, {"values", ParameterKind::texts, true}, {"documents", ParameterKind::table, true}},
         {"document"},
         check_expected},
        {"document.copy",
         "such document",
         {{"elements", ParameterKind::texts, true},
          {"of", ParameterKind::text, true},
          {"copies", ParameterKind::texts, true},
          {"unless", ParameterKind::text, true},
          {"begins", ParameterKind::texts, true}},
         {},
         check_copy},
        {"package.size", "sequence folder", {{"max_gigabytes", ParameterKind::number, true}}, {"size"}, check_package_size},
        {"file.limit",
         "file of this kind",
         {{"megabytes", ParameterKind::table, true}, {"except", ParameterKind::texts, false}},
         {"size", "limit"},
         check_limits},
        {"file.folder",
         "file in this folder",
         {{"below", ParameterKind::text, true}, {"folder", ParameterKind::text, true}},
         {},
         check_folder},
    };
}

} // namespace dossier::ectd
