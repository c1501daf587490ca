// Checks of the headings: empty ones, attributes, node extensions.
#include "ectd/check.hpp"

#include <algorithm>
#include <map>

#include "core/fold.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

std::string xml_path(const SequenceFacts& facts, const std::string& file) { return path::join(facts.sequence->folder, file); }

// `lowest`: each heading without headings of its own; else the outermost empty one speaks for those inside.
void check_empty(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool lowest = parameters.has("lowest");
    int inside = 0;                  // depth of the empty heading that has been reported; 0 = none
    std::map<std::string, int> told; // how often, by place: headings that differ in their language look the same, and may share a line
    for (std::size_t at = 0; at < facts.headings.size(); ++at) { // in document order
        const HeadingFact& heading = facts.headings[at];
        out.examined();
        if (inside > 0 && heading.depth > inside) continue;
        inside = 0;
        if (heading.has_leaf) continue;
        const HeadingFact* next = at + 1 < facts.headings.size() ? &facts.headings[at + 1] : nullptr;
        if (lowest && next && next->file == heading.file && next->depth > heading.depth) continue;
        if (!lowest) inside = heading.depth;
        std::string place = line_place(heading.line, heading.section);
        if (const int before = told[heading.file + " " + place]++; before > 0) place += fill(" (no. {} on this line)", before + 1);
        out.finding(xml_path(facts, heading.file), place, {{"heading", heading.element}});
    }
}

bool grammar_requires(const HeadingFact& heading, const std::string& name) {
    if (!heading.heading) return false;
    return std::any_of(heading.heading->attributes.begin(), heading.heading->attributes.end(),
                       [&](const templates::HeadingAttribute& attribute) { return attribute.required && attribute.name == name; });
}

void check_attributes(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const HeadingFact& heading : facts.headings) {
        const auto wanted = parameters.table("elements").find(heading.element);
        if (wanted == parameters.table("elements").end()) continue;
        out.examined();
        std::vector<std::string> missing;
        for (const std::string& name : wanted->second) {
            const auto found = heading.attributes.find(name);
            const bool absent = found == heading.attributes.end();
            if (absent ? !grammar_requires(heading, name) : trim(found->second).empty()) missing.push_back(name);
        }
        if (!missing.empty())
            out.finding(xml_path(facts, heading.file), line_place(heading.line, heading.section), {{"missing", join(missing, ", ")}});
    }
}

void check_attribute_twins(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    struct Written {
        std::string value;
        SequenceNumber sequence;
    };
    std::map<std::pair<std::string, std::string>, Written> known; // name, likeness -> as written the first time
    auto learn = [&](const std::string& name, const std::string& value, SequenceNumber sequence) {
        known.insert({{name, likeness(value)}, {value, sequence}});
    };
    for (const Sequence& sequence : facts.application->sequences) {
        if (sequence.number >= facts.sequence->number) break;
        for (const Leaf& leaf : sequence.leaves)
            for (const auto& [name, value] : leaf.place->attributes)
                if (parameters.lists("attributes", name)) learn(name, value, sequence.number);
    }
    SequenceNumber newest(0); // of those in which a value here was first written: what was sent before it may have written it otherwise
    for (const HeadingFact& heading : facts.headings)
        for (const auto& [name, value] : heading.attributes) {
            if (!parameters.lists("attributes", name) || trim(value).empty()) continue;
            out.examined();
            learn(name, value, facts.sequence->number);
            const Written& first = known[{name, likeness(value)}];
            if (first.value != value)
                out.finding(xml_path(facts, heading.file), line_place(heading.line, heading.section),
                            {{"attribute", name}, {"value", value}, {"first", first.value}, {"sequence", first.sequence.text()}});
            else
                newest = std::max(newest, first.sequence);
        }
    if (const std::string missing = missing_sequences(facts, {SequenceNumber(0), newest}); !missing.empty()) out.not_run(missing);
}

void check_extension(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const HeadingFact& heading : facts.headings)
        if (heading.file == parameters.text("file")) out.examined();
    for (const NodeExtensionFact& extension : facts.extensions)
        if (extension.file == parameters.text("file"))
            out.finding(xml_path(facts, extension.file), line_place(extension.line, "node-extension " + extension.title),
                        {{"heading", extension.element}});
}

void check_attribute_edges(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const HeadingFact& heading : facts.headings)
        for (const auto& [name, value] : heading.attributes) {
            if (!parameters.lists("attributes", name) || value.empty()) continue;
            out.examined();
            const std::string edges = parameters.text("edges");
            if (edges.find(value.front()) != std::string::npos || edges.find(value.back()) != std::string::npos)
                out.finding(xml_path(facts, heading.file), line_place(heading.line, heading.section),
                            {{"attribute", name}, {"value", value}});
        }
}

void check_extension_title(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const NodeExtensionFact& extension : facts.extensions) {
        out.examined();
        if (extension.title.empty())
            out.finding(xml_path(facts, extension.file), line_place(extension.line, "node-extension"), {{"heading", extension.element}});
    }
}

// Node extensions under another heading than `under`.
void check_extension_place(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const NodeExtensionFact& extension : facts.extensions) {
        if (extension.file != parameters.text("file")) continue;
        out.examined();
        if (!parameters.lists("under", extension.element))
            out.finding(xml_path(facts, extension.file), line_place(extension.line, "node-extension " + extension.title),
                        {{"heading", extension.element}});
    }
}

// Node extensions under one of `under` whose title holds none of `titles`, letter case aside.
void check_extension_titles(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const NodeExtensionFact& extension : facts.extensions) {
        if (extension.file != parameters.text("file") || !parameters.lists("under", extension.element)) continue;
        out.examined();
        const templates::Heading* heading = facts.catalogue->ctd.by_element(extension.element);
        std::vector<std::string> titles;
        bool is_taken = false;
        for (const templates::NodeExtension& known : facts.catalogue->node_extensions) {
            if (known.region != facts.region || !heading || known.section != heading->number) continue;
            titles.push_back(known.title);
            is_taken = is_taken || known.is_titled(extension.title);
        }
        if (!is_taken)
            out.finding(xml_path(facts, extension.file), line_place(extension.line, "node-extension " + extension.title),
                        {{"title", extension.title}, {"known", join(titles, ", ")}});
    }
}

// Elements that hold leaves and that the region's table does not have.
void check_known(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const HeadingFact& heading : facts.headings) {
        if (xml_path(facts, heading.file) != facts.regional.path || !heading.holds_leaf) continue;
        out.examined();
        if (!heading.heading) out.finding(facts.regional.path, line_place(heading.line, heading.element), {{"heading", heading.element}});
    }
}

} // namespace

std::vector<Check> heading_checks() {
    const ParameterSpec file{"file", ParameterKind::text, true}, under{"under", ParameterKind::texts, true};
    return {
        {"heading.empty", "heading", {{"lowest", ParameterKind::text, false}}, {"heading"}, check_empty},
        {"heading.attributes", "heading with attributes", {{"elements", ParameterKind::table, true}}, {"missing"}, check_attributes},
        {"heading.attribute_twins",
         "heading with attributes",
         {{"attributes", ParameterKind::texts, true}},
         {"attribute", "value", "first", "sequence"},
         check_attribute_twins},
        {"heading.attribute_edges",
         "heading with attributes",
         {{"attributes", ParameterKind::texts, true}, {"edges", ParameterKind::text, true}},
         {"attribute", "value"},
         check_attribute_edges},
        {"heading.extension_title", "node extension", {}, {"heading"}, check_extension_title},
        {"heading.extension", "heading", {file}, {"heading"}, check_extension},
        {"heading.extension_place", "node extension", {file, under}, {"heading"}, check_extension_place},
        {"heading.extension_titles", "such node extension", {file, under}, {"title", "known"}, check_extension_titles},
        {"heading.known", "heading of module 1 with leaves", {}, {"heading"}, check_known},
    };
}

} // namespace dossier::ectd
