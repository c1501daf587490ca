// Checks of each leaf by itself: operation, checksum, title, href.
#include "ectd/check.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/names.hpp"
#include "ectd/official.hpp"

namespace dossier::ectd {

namespace {

bool brings_file(const Leaf& leaf) { return leaf.operation == "new" || leaf.operation == "replace" || leaf.operation == "append"; }

std::int64_t characters(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

// Does the grammar already say that the inside of this leaf is wrong?
bool is_malformed(const SequenceFacts& facts, const Leaf& leaf) {
    const XmlFileFact& file = leaf.at.file == "index.xml" ? facts.index : facts.regional;
    return std::any_of(file.problems.begin(), file.problems.end(), [&](const XmlProblem& problem) {
        return problem.line == leaf.line && problem.element == "leaf" && problem.kind == XmlProblemKind::content;
    });
}

std::string not_here(const LeafFact& leaf) {
    if (leaf.state == HrefState::no_sequence) return fill("sequence {}, which leaves point into, is not here", leaf.file().substr(0, 4));
    if (leaf.state == HrefState::unreadable)
        return fill("leaves point into folders of sequence {} that cannot be read", leaf.file().substr(0, 4));
    if (leaf.state == HrefState::other_application) return "leaves point into another application, which is not here";
    return "";
}

// Why the checksum of a leaf cannot be held against its file.
std::string not_compared(const SequenceFacts& facts, const LeafFact& leaf) {
    if (const std::string reason = not_here(leaf); !reason.empty()) return reason;
    const std::string file = facts.seen_from_sequence(leaf.file());
    if (leaf.state == HrefState::missing) return file + ": it is not there";
    if (leaf.state == HrefState::outside) return fill("leaf {} names no file of the application", leaf.leaf->at.id);
    if (leaf.state == HrefState::other_case) return file + ": that is not how the leaf calls it";
    return leaf.found && !leaf.found->md5 ? fill("{}: {}", file, leaf.found->problem) : "";
}

// `accepted`, or all but `refused`; `file`: of one backbone only.
void check_operation(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool refuses = parameters.has("refused");
    for (const LeafFact& leaf : facts.leaves) {
        if (parameters.text("file") == "regional" && leaf.leaf->at.file == "index.xml") continue;
        out.examined();
        const bool fits = refuses ? !parameters.lists("refused", leaf.leaf->operation) : parameters.lists("accepted", leaf.leaf->operation);
        if (!fits) out.finding(xml_path(*leaf.leaf), in_file(*leaf.leaf), {{"operation", "\"" + leaf.leaf->operation + "\""}});
    }
}

void check_checksum(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        if (leaf.operation == "delete") continue;
        if (!leaf.has_checksum && leaf.at.file == "index.xml") continue; // the grammar asks for it there
        if (const std::string reason = not_compared(facts, fact); !reason.empty()) out.not_run(reason);
        const FileFact* file = fact.state == HrefState::present ? fact.found : nullptr;
        if (!file || !file->md5) continue; // has its own rule
        out.examined();
        const auto md5 = Md5::from_hex(trim(leaf.checksum()));
        if (md5 && *md5 == *file->md5) continue;
        const std::string found = leaf.checksum().empty() ? "no checksum" : "the checksum " + leaf.checksum();
        out.finding(fact.file(), leaf_place(leaf), {{"found", found}, {"expected", file->md5->hex()}});
    }
}

void check_checksum_type(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        if (!leaf.written_type && (leaf.checksum().empty() || leaf.at.file == "index.xml")) continue; // the grammar asks for it there
        out.examined();
        if (!parameters.lists("accepted", to_lower(leaf.checksum_type())))
            out.finding(xml_path(leaf), in_file(leaf), {{"type", "\"" + leaf.checksum_type() + "\""}});
    }
}

void check_title_length(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        if (is_malformed(facts, leaf)) continue; // no title at all, most likely
        out.examined();
        const std::int64_t length = characters(leaf.title);
        if (length < parameters.number("min") || (parameters.has("max") && length > parameters.number("max")))
            out.finding(xml_path(leaf), in_file(leaf), {{"length", fill("{}", length)}});
    }
}

void check_href_present(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        if (!brings_file(*fact.leaf)) continue;
        out.examined();
        if (fact.state == HrefState::none) out.finding(xml_path(*fact.leaf), in_file(*fact.leaf), {{"operation", fact.leaf->operation}});
    }
}

// Names in the path: the allowed characters, and one full stop in the name of a file.
std::string wrong_name_in(const std::string& href, const std::string& allowed) {
    if (!is_uri_reference(href)) return "is no valid URI reference";
    for (const std::string& part : path::parts(href)) {
        if (part == "..") continue;
        const std::string foreign = foreign_characters(part, allowed + ".");
        if (!foreign.empty()) return "holds " + foreign;
    }
    return "";
}

// An href where one has to be, of legal names.
void check_href_form(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        if (!brings_file(leaf)) continue;
        out.examined();
        std::string problem;
        if (fact.state == HrefState::none)
            problem = fill("the operation is {} and there is no xlink:href", leaf.operation);
        else if (const std::string wrong = wrong_name_in(leaf.href(), parameters.text("characters")); !wrong.empty())
            problem = fill("xlink:href \"{}\" {}", leaf.href(), wrong);
        if (!problem.empty()) out.finding(xml_path(leaf), in_file(leaf), {{"problem", problem}});
    }
}

void check_href_inside(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        if (fact.state == HrefState::none) continue;
        out.examined();
        if (fact.state == HrefState::outside) out.finding(xml_path(*fact.leaf), in_file(*fact.leaf), {{"href", fact.leaf->href()}});
    }
}

void check_href_on_delete(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        if (fact.leaf->operation != "delete") continue;
        out.examined();
        if (!fact.leaf->href().empty()) out.finding(xml_path(*fact.leaf), in_file(*fact.leaf), {{"href", fact.leaf->href()}});
    }
}

// A file of a later sequence is not there when this one is read; with `own_application` neither is one out of the application.
std::string out_of_bounds(const SequenceFacts& facts, const LeafFact& fact, bool own_application) {
    if (own_application && (fact.state == HrefState::outside || fact.state == HrefState::other_application))
        return "the href leads out of this application, or is no relative path with '/'";
    const auto number = SequenceNumber::parse(fact.file().substr(0, fact.file().find('/')));
    return number && *number > facts.sequence->number ? "it lies in a later sequence" : "";
}

void check_file_present(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool own_application = parameters.has("own_application");
    for (const LeafFact& fact : facts.leaves) {
        if (fact.leaf->operation == "delete" || fact.state == HrefState::none) continue;
        if (own_application && fact.state == HrefState::outside && !is_uri_reference(fact.leaf->href())) continue; // told as ill-formed
        if (const std::string found = out_of_bounds(facts, fact, own_application); !found.empty()) {
            out.examined();
            out.finding(fact.file().empty() ? xml_path(*fact.leaf) : fact.file(), leaf_place(*fact.leaf), {{"found", found}});
            continue;
        }
        if (fact.state == HrefState::outside) continue;
        if (is_regional_leaf(*fact.leaf) && !facts.regional.present) continue; // has its own rule
        if (const std::string reason = not_here(fact); !reason.empty()) {
            out.not_run(reason);
            continue;
        }
        out.examined();
        if (fact.state == HrefState::missing)
            out.finding(fact.file(), leaf_place(*fact.leaf), {{"found", "no such file is there"}});
        else if (fact.state == HrefState::other_case)
            out.finding(
                path::normalise(path::join(path::join(facts.sequence->folder, path::parent(fact.leaf->at.file)), fact.leaf->href())),
                leaf_place(*fact.leaf),
                {{"found", fill("the file that is there is called {}: upper and lower case letters differ",
                                facts.seen_from_sequence(fact.file()))}});
    }
}

// Counted from inside the sequence folder: "m2/22-intro/introduction.pdf".
void check_path_length(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        if (fact.file().empty()) continue;
        out.examined();
        const std::int64_t length = characters(fact.file().substr(fact.file().find('/') + 1));
        if (length > parameters.number("max")) out.finding(fact.file(), leaf_place(*fact.leaf), {{"length", fill("{}", length)}});
    }
}

} // namespace

std::vector<Check> leaf_checks() {
    const ParameterSpec min{"min", ParameterKind::number, true}, max{"max", ParameterKind::number, true};
    const ParameterSpec perhaps_max{"max", ParameterKind::number, false};
    const ParameterSpec accepted{"accepted", ParameterKind::texts, true};
    return {
        {"leaf.operation",
         "leaf",
         {{"accepted", ParameterKind::texts, false}, {"refused", ParameterKind::texts, false}, {"file", ParameterKind::text, false}},
         {"operation"},
         check_operation},
        {"leaf.checksum", "leaf with a file", {}, {"found", "expected"}, check_checksum},
        {"leaf.checksum_type", "leaf with a checksum", {accepted}, {"type"}, check_checksum_type},
        {"leaf.title_length", "leaf", {min, perhaps_max}, {"length"}, check_title_length},
        {"leaf.href_present", "leaf that brings a file", {}, {"operation"}, check_href_present},
        {"leaf.href_form", "leaf that brings a file", {{"characters", ParameterKind::text, true}}, {"problem"}, check_href_form},
        {"leaf.href_inside", "leaf with an href", {}, {"href"}, check_href_inside},
        {"leaf.href_on_delete", "leaf that deletes", {}, {"href"}, check_href_on_delete},
        {"leaf.file_present", "leaf with an href", {{"own_application", ParameterKind::text, false}}, {"found"}, check_file_present},
        {"leaf.path_length", "leaf with an href", {max}, {"length"}, check_path_length},
    };
}

} // namespace dossier::ectd
