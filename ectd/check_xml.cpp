// Checks of the XML files: well formed, valid against the grammar, versions, identifiers.
#include "ectd/check.hpp"

#include <algorithm>
#include <map>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

std::vector<const XmlFileFact*> xml_files(const SequenceFacts& facts, const std::string& which) {
    if (which == "index") return {&facts.index};
    if (which == "regional") return {&facts.regional};
    std::vector<const XmlFileFact*> files;
    for (const StfFact& stf : facts.stfs) files.push_back(&stf.xml);
    return files;
}

std::string line_text(std::int64_t line) { return line > 0 ? fill("line {}", line) : ""; }

// ": an element has more than 256 attributes, and this program reads no more (line 7)"
std::string beyond(const XmlFileFact& file) {
    const std::string line = line_text(file.error.where.line);
    return ": " + file.error.message + (line.empty() ? "" : " (" + line + ")");
}

void check_well_formed(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const XmlFileFact* file : xml_files(facts, parameters.text("file"))) {
        if (!file->present) continue;
        if (!file->well_formed && file->error.kind == ErrorKind::unsupported) {
            out.not_run(fill("{}{}", facts.seen_from_sequence(file->path), beyond(*file)));
            continue;
        }
        if (const FileFact* stored = facts.file(file->path); stored && !stored->problem.empty()) { // has its own rule
            out.not_run(fill("{} cannot be read: {}", facts.seen_from_sequence(file->path), stored->problem));
            continue;
        }
        out.examined();
        if (file->well_formed) continue;
        out.finding(file->path, line_text(file->error.where.line), {{"problem", file->error.message}});
    }
}

// What was refused unread: whether it is well formed is not known. `declarations`: for those of its own, else for everything else.
void check_refused(const SequenceFacts& facts, bool declarations, CheckOutput& out) {
    for (const char* const which : {"index", "regional", "stf"})
        for (const XmlFileFact* file : xml_files(facts, which)) {
            if (!file->present) continue;
            out.examined();
            if (!file->well_formed && file->error.kind == ErrorKind::unsupported && is_own_declarations(file->error) == declarations)
                out.finding(file->path, line_text(file->error.where.line), {{"problem", file->error.message}});
        }
}

void check_beyond(const SequenceFacts& facts, const Parameters&, CheckOutput& out) { check_refused(facts, false, out); }

void check_declarations(const SequenceFacts& facts, const Parameters&, CheckOutput& out) { check_refused(facts, true, out); }

bool is_excepted(const XmlProblem& problem, const Parameters& parameters) {
    if (problem.kind == XmlProblemKind::id_repeated && parameters.lists("except", "repeated ID")) return true;
    if (problem.attribute.empty()) return false;
    if (parameters.lists("except", problem.element + "@" + problem.attribute)) return true;
    const bool is_known = problem.kind != XmlProblemKind::unknown_attribute; // what may not be there at all has no other rule
    return is_known && parameters.lists("except", "@" + problem.attribute);
}

// What a problem is about, so that a report can be held against an earlier one when lines have moved: a leaf with its identifier.
class ProblemPlaces {
public:
    ProblemPlaces(const SequenceFacts& facts, const XmlFileFact& file) {
        for (const XmlProblem& problem : file.problems)
            if (problem.element == "leaf") leaves_.emplace(problem.line, nullptr);
        if (leaves_.empty()) return;
        for (const LeafFact& fact : facts.leaves) {
            if (xml_path(*fact.leaf) != file.path) continue;
            const auto at = leaves_.find(fact.leaf->line);
            if (at != leaves_.end()) at->second = at->second ? at->second : fact.leaf;
        }
    }
    std::string of(const XmlProblem& problem) const {
        const auto at = problem.element == "leaf" ? leaves_.find(problem.line) : leaves_.end();
        const bool is_named = at != leaves_.end() && at->second && at->second->has_id && !at->second->at.id.empty();
        return line_place(problem.line, problem.element + (is_named ? " " + at->second->at.id : ""));
    }

private:
    std::map<std::int64_t, const Leaf*> leaves_; // by line, of problems about leaves
};

void check_grammar(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const XmlFileFact* file : xml_files(facts, parameters.text("file"))) {
        if (!file->well_formed) continue; // has its own rule
        const std::string version = parameters.text("only_version");
        if (!version.empty() && !file->dtd_version.empty() && file->dtd_version != version) {
            out.not_run(fill("{} declares version {}, and the grammar at hand is that of version {}", facts.seen_from_sequence(file->path),
                             file->dtd_version, version));
            continue;
        }
        out.examined();
        const ProblemPlaces places(facts, *file);
        for (const XmlProblem& problem : file->problems) {
            if (is_excepted(problem, parameters)) continue;
            std::string message = problem.message;
            if (message.size() > 400) message = message.substr(0, 400) + " ...";
            out.finding(file->path, places.of(problem), {{"problem", message}});
        }
    }
}

void check_dtd_version(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const XmlFileFact* file : xml_files(facts, parameters.text("file"))) {
        if (!file->well_formed) continue;
        out.examined();
        std::vector<std::string> accepted;
        bool fits = false;
        const std::string dtd = path::file_name(file->doctype.system_id);
        for (const auto& [version, names] : parameters.table("versions")) {
            const auto& ends = parameters.table("until");
            const auto end = ends.find(version);
            const auto last = end == ends.end() || end->second.empty() ? std::nullopt : parse_date(end->second.front());
            if (last && facts.as_of > *last) continue;
            accepted.push_back(version + " (" + join(names, ", ") + ")");
            fits = fits || (file->dtd_version == version && std::find(names.begin(), names.end(), dtd) != names.end());
        }
        if (fits) continue;
        const std::string doctype = !file->doctype.present            ? "no DOCTYPE"
                                    : file->doctype.system_id.empty() ? "a DOCTYPE that names no DTD"
                                                                      : "the DTD " + file->doctype.system_id;
        const std::string version = file->dtd_version.empty() ? "no dtd-version" : "dtd-version " + file->dtd_version;
        out.finding(file->path, "", {{"found", version + " and " + doctype}, {"accepted", join(accepted, " or ")}});
    }
}

// An ID of a leaf or of any other element. There are as many as leaves, so nothing is copied.
class Identifier {
public:
    Identifier(const Leaf& leaf) : leaf_(&leaf) {}
    Identifier(const IdFact& other) : other_(&other) {}
    const std::string& file() const { return leaf_ ? leaf_->at.file : other_->file; }
    const std::string& id() const { return leaf_ ? leaf_->at.id : other_->id; }
    std::int64_t line() const { return leaf_ ? leaf_->line : other_->line; }
    std::string place() const { return line_place(line(), (leaf_ ? "leaf " : other_->element + " ") + id()); }
    bool is_in_index() const { return file() == "index.xml"; }
    bool is_before(const Identifier& other) const { return is_in_index() != other.is_in_index() ? is_in_index() : line() < other.line(); }

private:
    const Leaf* leaf_ = nullptr;
    const IdFact* other_ = nullptr;
};

// Of index.xml first, each file in document order.
std::vector<Identifier> identifiers_of(const SequenceFacts& facts) {
    std::vector<Identifier> all;
    all.reserve(facts.leaves.size() + facts.ids.size());
    for (const LeafFact& fact : facts.leaves)
        if (fact.leaf->has_id) all.emplace_back(*fact.leaf);
    const auto leaves = static_cast<std::ptrdiff_t>(all.size());
    for (const IdFact& id : facts.ids) all.emplace_back(id);
    std::inplace_merge(all.begin(), all.begin() + leaves, all.end(),
                       [](const Identifier& a, const Identifier& b) { return a.is_before(b); }); // each part is in order
    return all;
}

// `together`: over both backbones; else within each file.
void check_id_unique(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool together = parameters.has("together");
    const std::vector<Identifier> all = identifiers_of(facts);
    const auto group = [&](const Identifier& item) { return !together && !item.is_in_index(); };
    std::vector<const Identifier*> by_id; // equal ones beside each other, in document order
    for (const Identifier& item : all)
        if (!item.id().empty()) {
            out.examined();
            by_id.push_back(&item);
        }
    std::stable_sort(by_id.begin(), by_id.end(), [&](const Identifier* a, const Identifier* b) {
        const int order = a->id().compare(b->id());
        return order != 0 ? order < 0 : group(*a) < group(*b);
    });
    std::map<const Identifier*, const Identifier*> repeated; // with the first of its kind; again in document order
    for (std::size_t i = 1, first = 0; i < by_id.size(); ++i) {
        if (by_id[i]->id() != by_id[first]->id() || group(*by_id[i]) != group(*by_id[first]))
            first = i;
        else
            repeated.emplace(by_id[i], by_id[first]);
    }
    for (const auto& [item, first] : repeated) {
        const std::string at =
            first->file() == item->file() ? fill("line {}", first->line()) : fill("{} line {}", first->file(), first->line());
        out.finding(path::join(facts.sequence->folder, item->file()), item->place(), {{"id", item->id()}, {"first", at}});
    }
}

// "3.0.1" -> 3, 0, 1
std::vector<int> version_numbers(const std::string& version) {
    std::vector<int> numbers;
    for (const std::string& part : split(version, '.')) {
        const bool digits = !part.empty() && part.size() < 6 && part.find_first_not_of("0123456789") == std::string::npos;
        numbers.push_back(digits ? std::stoi(part) : -1);
    }
    return numbers;
}

// A later sequence never goes back to an earlier version of a grammar.
void check_version_order(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool index = parameters.text("file") == "index", before = parameters.text("neighbour") == "previous";
    const XmlFileFact& xml = index ? facts.index : facts.regional;
    const auto& neighbour = before ? facts.previous : facts.next;
    if (!neighbour || xml.dtd_version.empty()) return;
    const std::string& other = index ? neighbour->index_version : neighbour->regional_version;
    if (other.empty()) return;
    out.examined();
    const auto own_numbers = version_numbers(xml.dtd_version), others = version_numbers(other);
    if (before ? own_numbers < others : own_numbers > others)
        out.finding(xml.path, "", {{"version", xml.dtd_version}, {"other_version", other}, {"other", neighbour->number.text()}});
}

// NCName of Namespaces in XML, for ASCII; every other character is taken as a letter.
bool is_xml_id(const std::string& id) {
    auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    };
    auto is_other = [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '.'; };
    return !id.empty() && is_letter(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) { return is_letter(c) || is_other(c); });
}

void check_id_syntax(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const Identifier& item : identifiers_of(facts)) {
        out.examined();
        if (!is_xml_id(item.id()))
            out.finding(path::join(facts.sequence->folder, item.file()), item.place(), {{"id", "\"" + item.id() + "\""}});
    }
    for (const LeafFact& fact : facts.leaves) // no attribute at all
        if (!fact.leaf->has_id) out.finding(xml_path(*fact.leaf), in_file(*fact.leaf), {{"id", "no ID"}});
}

} // namespace

std::vector<Check> xml_checks() {
    const ParameterSpec file{"file", ParameterKind::text, true};
    return {
        {"xml.well_formed", "file of this kind", {file}, {"problem"}, check_well_formed},
        {"xml.beyond", "backbone", {}, {"problem"}, check_beyond},
        {"xml.declarations", "backbone", {}, {"problem"}, check_declarations},
        {"xml.grammar",
         "file of this kind",
         {file, {"except", ParameterKind::texts, false}, {"only_version", ParameterKind::text, false}},
         {"problem"},
         check_grammar},
        {"xml.dtd_version",
         "file of this kind",
         {file, {"versions", ParameterKind::table, true}, {"until", ParameterKind::table, false}},
         {"found", "accepted"},
         check_dtd_version},
        {"xml.id_unique", "identifier", {{"together", ParameterKind::text, false}}, {"id", "first"}, check_id_unique},
        {"xml.version_order",
         "other sequence with such a file",
         {file, {"neighbour", ParameterKind::text, true}},
         {"version", "other_version", "other"},
         check_version_order},
        {"xml.id_syntax", "identifier", {}, {"id"}, check_id_syntax},
    };
}

} // namespace dossier::ectd
