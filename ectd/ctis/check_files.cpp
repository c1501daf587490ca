// Checks of the files of a dossier: there, unchanged, listed, names, sizes, formats, PDFs.
#include <algorithm>
#include <map>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/check.hpp"
#include "ectd/ctis/facts.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd::ctis {

namespace {

bool is_own(const std::string& path) { return path == manifest_name || path == index_name; }

void check_manifest(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    out.examined();
    if (!facts.contents) out.finding(manifest_name, "", {{"problem", facts.manifest_problem}});
}

// Entries that no folder could hold.
void check_archive_entry(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    out.examined();
    for (const ZipFault& fault : facts.archive_faults) {
        const std::string own = facts.folder + "/", path = starts_with(fault.name, own) ? fault.name.substr(own.size()) : fault.name;
        out.finding(path, "", {{"name", fault.name}, {"problem", fault.problem}});
    }
}

// What the file of a document is now; none where its dossier is not at hand.
std::optional<FileNow> now(const DossierFacts& facts, const Document& document) {
    if (document.dossier != facts.folder) {
        const auto found = facts.earlier_files.find(path::join(document.dossier, document.path));
        return found == facts.earlier_files.end() ? std::nullopt : std::optional(found->second);
    }
    const DossierFile* file = facts.file(document.path);
    return file ? FileNow{file->sha256, file->problem} : FileNow{};
}

std::string place(const DossierFacts& facts, const Document& document) {
    return document.dossier == facts.folder ? document.path : path::join("../" + document.dossier, document.path);
}

template <class Judge> void for_each_file(const DossierFacts& facts, CheckOutput& out, Judge judge) {
    for (const Document& document : facts.contents->documents) {
        if (!document.has_file()) continue;
        const auto file = now(facts, document);
        if (!file) continue; // said as a gap of the history
        out.examined();
        judge(document, *file);
    }
    if (!facts.history_gap.empty()) out.not_run("files of earlier dossiers could not be looked at: " + facts.history_gap);
}

void check_present(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for_each_file(facts, out, [&](const Document& document, const FileNow& file) {
        if (!file.sha256.empty()) return;
        const std::string found = file.problem.empty() ? "is not there" : "cannot be read: " + file.problem;
        out.finding(place(facts, document), "", {{"document", document.shown()}, {"found", found}});
    });
}

void check_unchanged(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    for_each_file(facts, out, [&](const Document& document, const FileNow& file) {
        if (!file.sha256.empty() && file.sha256 != document.sha256)
            out.finding(place(facts, document), "", {{"document", document.shown()}});
    });
}

void check_listed(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    std::set<std::string> listed;
    for (const Document& document : facts.contents->documents)
        if (document.dossier == facts.folder) listed.insert(document.path);
    for (const DossierFile& file : facts.files) {
        if (is_own(file.path)) continue;
        out.examined();
        if (listed.count(file.path) == 0) out.finding(file.path, "");
    }
}

void check_names_unique(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    std::map<std::string, std::string> seen; // the portal shows names without folders
    for (const DossierFile& file : facts.files) {
        if (is_own(file.path)) continue;
        out.examined();
        const auto [first, fresh] = seen.emplace(to_lower(path::file_name(file.path)), file.path);
        if (!fresh) out.finding(file.path, "", {{"other", first->second}});
    }
}

void check_name_characters(const DossierFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const DossierFile& file : facts.files) {
        out.examined();
        const std::string foreign = foreign_characters(path::file_name(file.path), parameters.text("allowed"));
        if (!foreign.empty()) out.finding(file.path, "", {{"characters", foreign}});
    }
}

void check_name_length(const DossierFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const DossierFile& file : facts.files) {
        out.examined();
        const std::int64_t length = count_characters(path::file_name(file.path));
        if (length > parameters.number("max")) out.finding(file.path, "", {{"length", fill("{}", length)}});
    }
}

void check_size(const DossierFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const DossierFile& file : facts.files) {
        if (is_own(file.path)) continue;
        out.examined();
        if (file.size == 0 || file.size > static_cast<std::uint64_t>(parameters.number("max")))
            out.finding(file.path, "", {{"size", file.size == 0 ? "is empty" : fill("has {} bytes", file.size)}});
    }
}

void check_extension(const DossierFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const DossierFile& file : facts.files) {
        if (is_own(file.path)) continue;
        out.examined();
        const std::string extension = to_lower(path::extension(file.path));
        if (!parameters.lists("accepted", extension))
            out.finding(file.path, "", {{"extension", extension.empty() ? "no extension" : "the extension " + extension}});
    }
}

bool is_pdf(const DossierFile& file) { return to_lower(path::extension(file.path)) == "pdf" && file.problem.empty(); }

bool was_not_looked_at(const DossierFile& file) {
    return file.content && (file.content->unknown == Unknown::unreadable || file.content->unknown == Unknown::not_started ||
                            file.content->unknown == Unknown::beyond);
}

// A PDF that takes its reader's time or memory, or its life, is as little use to the portal as one that is damaged.
void check_pdf_readable(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    if (!facts.content) out.not_run("nobody looked into the files");
    for (const DossierFile& file : facts.files) {
        if (!is_pdf(file)) continue;
        if (file.pdf_problem.empty() && was_not_looked_at(file)) {
            out.not_run(fill("{}: {}", file.path, file.content->reason));
            continue;
        }
        out.examined();
        const std::string damage = file.content ? file.content->damage() : "", stopped = file.content ? file.content->stopped() : "";
        const std::string problem = !file.pdf_problem.empty() ? file.pdf_problem : damage.empty() ? stopped : damage;
        if (!problem.empty()) out.finding(file.path, "", {{"problem", problem}});
    }
}

void check_pdf_open(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    if (!facts.content) out.not_run("nobody looked into the files");
    for (const DossierFile& file : facts.files) {
        if (!is_pdf(file) || !file.content || !file.content->pdf) continue; // of those that could not be read check_pdf_readable speaks
        out.examined();
        const PdfSecurity& security = file.content->pdf->security;
        if (security.encrypted) out.finding(file.path, "", {{"how", security.needs_password ? "asks for a password" : "is encrypted"}});
    }
}

// Pictures, Office documents, data sets and XML files; PDFs have checks of their own.
template <class Judge> void each_other_file(const DossierFacts& facts, CheckOutput& out, Judge judge) {
    if (!facts.content) out.not_run("nobody looked into the files");
    for (const DossierFile& file : facts.files) {
        if (is_own(file.path) || to_lower(path::extension(file.path)) == "pdf" || !file.content) continue;
        if (was_not_looked_at(file)) {
            out.not_run(fill("{}: {}", file.path, file.content->reason));
            continue;
        }
        out.examined();
        judge(file, *file.content);
    }
}

void check_content_whole(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    each_other_file(facts, out, [&](const DossierFile& file, const ContentFact& content) {
        const std::string damage = content.damage(), problem = damage.empty() ? content.stopped() : damage;
        if (!problem.empty()) out.finding(file.path, "", {{"type", to_text(content.type)}, {"problem", problem}});
    });
}

void check_content_open(const DossierFacts& facts, const Parameters&, CheckOutput& out) {
    each_other_file(facts, out, [&](const DossierFile& file, const ContentFact& content) {
        if (content.needs_password()) out.finding(file.path, "", {{"type", to_text(content.type)}});
    });
}

Check check(const char* name, const char* subject, std::vector<ParameterSpec> accepts, std::vector<const char*> values,
            DossierCheckFunction run) {
    return {name, subject, std::move(accepts), std::move(values), nullptr, run};
}

} // namespace

std::vector<Check> file_checks() {
    const ParameterSpec max{"max", ParameterKind::number, true};
    return {
        check("ctis.manifest", "dossier", {}, {"problem"}, check_manifest),
        check("ctis.archive_entry", "dossier", {}, {"name", "problem"}, check_archive_entry),
        check("ctis.file_present", "document with a file", {}, {"document", "found"}, check_present),
        check("ctis.file_unchanged", "document with a file", {}, {"document"}, check_unchanged),
        check("ctis.file_listed", "file", {}, {}, check_listed),
        check("ctis.name_unique", "file", {}, {"other"}, check_names_unique),
        check("ctis.name_characters", "file", {{"allowed", ParameterKind::text, true}}, {"characters"}, check_name_characters),
        check("ctis.name_length", "file", {max}, {"length"}, check_name_length),
        check("ctis.file_size", "file", {max}, {"size"}, check_size),
        check("ctis.file_extension", "file", {{"accepted", ParameterKind::texts, true}}, {"extension"}, check_extension),
        check("ctis.pdf_readable", "PDF", {}, {"problem"}, check_pdf_readable),
        check("ctis.pdf_open", "PDF", {}, {"how"}, check_pdf_open),
        check("ctis.content_whole", "file that is no PDF", {}, {"type", "problem"}, check_content_whole),
        check("ctis.content_open", "file that is no PDF", {}, {"type"}, check_content_open),
    };
}

} // namespace dossier::ectd::ctis
