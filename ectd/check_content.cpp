// Checks of what any file holds: whole, open without a password, without macros, read to its end.
#include "ectd/check.hpp"

#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/absent_file.hpp"
#include "ectd/content_facts.hpp"
#include "ectd/official.hpp"

namespace dossier::ectd {

namespace {

std::string type_of(const ContentFact& fact) { return to_text(fact.type); }

// Names as "ts.xpt", endings as "*.pdf".
bool is_excepted(const std::string& path, const Parameters& parameters) {
    const std::string name = path::file_name(path);
    return parameters.lists("except", name) || parameters.lists("except", "*." + to_lower(path::extension(name)));
}

// What a file that nobody could look into should hold, by its name; "": any type.
std::string type_by_name(const std::string& path) {
    static const std::map<std::string, ContentType> types{
        {"pdf", ContentType::pdf},     {"xml", ContentType::xml},    {"svg", ContentType::svg},     {"xpt", ContentType::xpt},
        {"png", ContentType::png},     {"jpg", ContentType::jpeg},   {"jpeg", ContentType::jpeg},   {"gif", ContentType::gif},
        {"tif", ContentType::tiff},    {"tiff", ContentType::tiff},  {"zip", ContentType::zip},     {"doc", ContentType::office},
        {"docx", ContentType::office}, {"xls", ContentType::office}, {"xlsx", ContentType::office}, {"ppt", ContentType::office},
        {"pptx", ContentType::office}, {"rtf", ContentType::rtf},    {"txt", ContentType::text},    {"htm", ContentType::html},
        {"html", ContentType::html},
    };
    const auto known = types.find(to_lower(path::extension(path)));
    return known == types.end() ? "" : to_text(known->second);
}

bool asks_for_type(const Parameters& parameters, const std::string& type) {
    return !parameters.has("types") || type.empty() || parameters.lists("types", type);
}

// Files that leaves name and nobody has.
void say_absent(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const AbsentFile& file : absent_files(facts)) {
        const Leaf& leaf = *file.leaves.front()->leaf;
        if (is_stf_leaf(leaf) || is_regional_leaf(leaf) || is_excepted(file.path, parameters)) continue; // have rules of their own
        if (asks_for_type(parameters, type_by_name(file.path))) out.not_run(file.reason);
    }
}

// Each file of the sequence that was looked into and whose type is among `types` (without the parameter: of any), but study tagging files
// and the official ones, which have rules of their own.
template <class Judge> void each_file(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out, Judge judge) {
    if (!facts.content) return out.not_run("nobody looked into the files");
    std::set<std::string> tagging_files;
    for (const StfFact& stf : facts.stfs) tagging_files.insert(stf.xml.path);
    for (const FileFact* file : facts.own_files) {
        const ContentFact* fact = facts.content->find(file->path);
        if (!fact) continue;
        const bool is_unread = fact->unknown == Unknown::unreadable; // not even its first bytes are known
        if (!asks_for_type(parameters, is_unread ? type_by_name(file->path) : type_of(*fact))) continue;
        if (is_official_file(facts, *file)) continue; // a DTD is no XML document
        if (!is_excepted(file->path, parameters) && tagging_files.count(file->path) == 0) judge(*file, *fact);
    }
    say_absent(facts, parameters, out);
}

// For a check that cannot say anything of a file for this reason; true: there is one.
bool is_gap(const SequenceFacts& facts, const FileFact& file, const std::string& reason, CheckOutput& out) {
    if (!reason.empty()) out.not_run(fill("{}: {}", facts.seen_from_sequence(file.path), reason));
    return !reason.empty();
}

// Why nobody looked into a file, damaged or not; empty: somebody did.
std::string not_looked_into(const ContentFact& fact) { return fact.unknown == Unknown::invalid ? "" : fact.reason; }

// Why nobody can say what is in a file; empty: it was read.
std::string why_closed(const ContentFact& fact) {
    if (fact.needs_password()) return "it does not open without a password";
    return fact.reason.empty() ? fact.damage() : fact.reason;
}

void check_whole(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_file(facts, parameters, out, [&](const FileFact& file, const ContentFact& fact) {
        const std::string damage = fact.damage();
        if (is_gap(facts, file, not_looked_into(fact), out)) return;
        if (damage.empty() && is_gap(facts, file, why_closed(fact), out)) return;
        out.examined();
        if (!damage.empty()) out.finding(file.path, "", {{"type", type_of(fact)}, {"problem", damage}});
    });
}

void check_open(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_file(facts, parameters, out, [&](const FileFact& file, const ContentFact& fact) {
        if (!fact.needs_password() && is_gap(facts, file, why_closed(fact), out)) return;
        out.examined();
        if (fact.needs_password()) out.finding(file.path, "", {{"type", type_of(fact)}});
    });
}

void check_macros(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_file(facts, parameters, out, [&](const FileFact& file, const ContentFact& fact) {
        const bool has_macros = fact.office && fact.office->macros;
        if (!has_macros && is_gap(facts, file, why_closed(fact), out)) return;
        if (!fact.office) return;
        out.examined();
        if (fact.office->macros) out.finding(file.path, "", {{"type", type_of(fact)}});
    });
}

std::string is_no_better(const std::string& problem) { return problem + ": whoever opens it may fare no better"; }

// The regional file is read by the program itself, but for the tree that the agency's schema asks for.
void check_judged(const SequenceFacts& facts, CheckOutput& out) {
    if (facts.schema && facts.schema->stopped)
        out.finding(facts.regional.path, "", {{"type", to_text(ContentType::xml)}, {"problem", is_no_better(facts.schema->not_judged)}});
}

void check_read(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    check_judged(facts, out);
    each_file(facts, parameters, out, [&](const FileFact& file, const ContentFact& fact) {
        if (fact.unknown == Unknown::unreadable && is_gap(facts, file, fact.reason, out)) return;
        out.examined();
        const std::string stopped = fact.stopped();
        if (!stopped.empty())
            out.finding(file.path, "",
                        {{"type", type_of(fact)}, {"problem", fact.unknown == Unknown::beyond ? stopped : is_no_better(stopped)}});
    });
}

} // namespace

std::vector<Check> content_checks() {
    const ParameterSpec types{"types", ParameterKind::texts, false}, except{"except", ParameterKind::texts, false};
    return {
        {"content.whole", "file", {types, except}, {"type", "problem"}, check_whole},
        {"content.open", "file", {types, except}, {"type"}, check_open},
        {"content.macros", "file", {types, except}, {"type"}, check_macros},
        {"content.read", "file", {types, except}, {"type", "problem"}, check_read},
    };
}

} // namespace dossier::ectd
