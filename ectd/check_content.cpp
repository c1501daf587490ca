// Checks of what any file holds: whole, open without a password, without macros, read to its end.
#include "ectd/check.hpp"

#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_facts.hpp"
#include "ectd/official.hpp"

namespace dossier::ectd {

namespace {

std::string type_of(const ContentFact& fact) { return to_text(fact.type); }

// Names as "ts.xpt", endings as "*.pdf".
bool is_excepted(const FileFact& file, const Parameters& parameters) {
    const std::string name = path::file_name(file.path);
    return parameters.lists("except", name) || parameters.lists("except", "*." + to_lower(path::extension(name)));
}

// Each file of the sequence that was looked into and whose type is among `types` (without the parameter: of any), but study tagging files
// and the official ones, which have rules of their own.
template <class Judge> void each_file(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out, Judge judge) {
    if (!facts.content) return out.not_run("nobody looked into the files");
    std::set<std::string> tagging_files;
    for (const StfFact& stf : facts.stfs) tagging_files.insert(stf.xml.path);
    for (const FileFact* file : facts.own_files) {
        const ContentFact* fact = facts.content->find(file->path);
        if (!fact || (parameters.has("types") && !parameters.lists("types", type_of(*fact)))) continue;
        if (is_official_file(facts, *file)) continue; // a DTD is no XML document
        if (!is_excepted(*file, parameters) && tagging_files.count(file->path) == 0) judge(*file, *fact);
    }
}

// Of a file that nobody could look into: for the other checks it is a gap.
bool was_read(const SequenceFacts& facts, const FileFact& file, const ContentFact& fact, CheckOutput& out) {
    if (fact.stopped().empty() && fact.unknown != Unknown::not_started) return true;
    out.not_run(fill("{}: {}", facts.seen_from_sequence(file.path), fact.reason));
    return false;
}

void check_whole(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_file(facts, parameters, out, [&](const FileFact& file, const ContentFact& fact) {
        if (!was_read(facts, file, fact, out)) return;
        out.examined();
        const std::string damage = fact.damage();
        if (!damage.empty()) out.finding(file.path, "", {{"type", type_of(fact)}, {"problem", damage}});
    });
}

void check_open(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_file(facts, parameters, out, [&](const FileFact& file, const ContentFact& fact) {
        if (!was_read(facts, file, fact, out)) return;
        out.examined();
        if (fact.needs_password()) out.finding(file.path, "", {{"type", type_of(fact)}});
    });
}

void check_macros(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_file(facts, parameters, out, [&](const FileFact& file, const ContentFact& fact) {
        if (!was_read(facts, file, fact, out) || !fact.office) return;
        out.examined();
        if (fact.office->macros) out.finding(file.path, "", {{"type", type_of(fact)}});
    });
}

void check_read(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    each_file(facts, parameters, out, [&](const FileFact& file, const ContentFact& fact) {
        out.examined();
        const std::string stopped = fact.stopped();
        if (!stopped.empty())
            out.finding(file.path, "",
                        {{"type", type_of(fact)},
                         {"problem", stopped + (fact.unknown == Unknown::beyond ? "" : ": whoever opens it may fare no better")}});
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
