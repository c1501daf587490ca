// Checks of PDFs as wholes: readable, version, security, properties, how they open, attachments.
#include <algorithm>
#include <optional>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/absent_file.hpp"
#include "ectd/pdf_subject.hpp"

namespace dossier::ectd {

namespace {

// What makes a file called .pdf useless; empty: nothing that is known of.
std::string uselessness_of(const ContentFact& fact) {
    if (fact.unknown == Unknown::unreadable) return ""; // has its own rule
    return fact.type == ContentType::pdf ? fact.damage() : why_unread(fact);
}

void check_readable(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    if (!facts.content) return out.not_run("nobody looked into the files");
    for (const FileFact* file : facts.own_files) {
        const ContentFact* fact = facts.content->find(file->path);
        if (!is_called_pdf(file->path) || (!fact && file->problem.empty())) continue;
        const std::string problem = fact ? uselessness_of(*fact) : "", unread = fact ? why_unread(*fact) : file->problem;
        if (problem.empty() && !unread.empty()) {
            out.not_run(fill("{}: {}", facts.seen_from_sequence(file->path), unread));
            continue;
        }
        out.examined();
        if (!problem.empty()) out.finding(file->path, "", {{"problem", problem}});
    }
    for (const AbsentFile& file : absent_files(facts))
        if (is_called_pdf(file.path)) out.not_run(file.reason);
}

// Readable after a repair: another reader may repair it otherwise, or refuse it.
void check_repaired(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : pdfs_of(facts, parameters, out)) {
        out.examined();
        const bool is_told = subject.pdf->pages.unreadable > 0; // as damage that no repair mends
        if (subject.pdf->damaged && !is_told) out.finding(subject.file->path, "", {{"problem", subject.pdf->warnings.front()}});
    }
}

// `catalog_first`: the version that the catalog names counts, where it names one; else the later of the two.
void check_version(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : pdfs_of(facts, parameters, out)) {
        const PdfVersionFacts& said = subject.pdf->version;
        const std::string version = parameters.has("catalog_first") ? said.catalog_first() : said.highest();
        out.examined();
        const bool fits = parameters.has("accepted") ? parameters.lists("accepted", version) || parameters.lists("refused", version)
                                                     : !parameters.lists("refused", version);
        if (!fits) out.finding(subject.file->path, "", {{"version", version}});
    }
}

void check_password(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : pdfs_of(facts, parameters, out)) {
        out.examined();
        const PdfSecurity& security = subject.pdf->security;
        const std::string handler = security.handler == "Standard" ? "a password" : "a certificate or a policy server";
        if (security.needs_password) out.finding(subject.file->path, "", {{"needed", handler}});
    }
}

std::vector<std::string> restrictions_of(const PdfSecurity& security) {
    std::vector<std::string> list;
    const auto add = [&](bool permitted, const char* what) {
        if (!permitted) list.emplace_back(what);
    };
    add(security.print, "print");
    add(security.print_well, "print_well");
    add(security.change, "change");
    add(security.assemble, "assemble");
    add(security.copy, "copy");
    add(security.copy_for_access, "copy_for_access");
    add(security.annotate, "annotate");
    add(security.fill_forms, "fill_forms");
    return list;
}

// A signed or certified PDF is closed for a reason: it never fails.
void check_restrictions(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        out.examined();
        if (subject.pdf->form.signatures > 0 || subject.pdf->form.certified) continue;
        std::vector<std::string> list = restrictions_of(subject.pdf->security);
        list.erase(std::remove_if(list.begin(), list.end(), [&](const std::string& item) { return parameters.lists("allowed", item); }),
                   list.end());
        if (!list.empty()) out.finding(subject.file->path, "", {{"restrictions", replace_all(join(list, ", "), "_", " ")}});
    }
}

void check_linearized(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        out.examined();
        if (!subject.pdf->linearized) out.finding(subject.file->path, "");
    }
}

// What ought to be shown beside the page: bookmarks where there are any, else nothing.
std::string wrong_pane(const PdfContent& pdf) {
    const std::string& mode = pdf.view.page_mode;
    if (pdf.bookmarks.counts.total > 0) return mode == "UseOutlines" ? "" : "its bookmarks hidden";
    return mode.empty() || mode == "UseNone" ? "" : fill("the page mode {}, and has no bookmarks", mode);
}

// `pane: yes`: what is beside the page counts too.
void check_opening(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        out.examined();
        const PdfView& view = subject.pdf->view;
        std::vector<std::string> problems;
        if (parameters.text("pane") == "yes")
            if (std::string pane = wrong_pane(*subject.pdf); !pane.empty()) problems.push_back(std::move(pane));
        if (!view.page_layout.empty()) problems.push_back("the page layout " + view.page_layout);
        if (view.open_action && view.open_action->zoom == PdfZoom::set) problems.emplace_back("a magnification of its own");
        if (!problems.empty()) out.finding(subject.file->path, "", {{"problem", join(problems, " and ")}});
    }
}

// `bookmarks: yes`: those with bookmarks have to show them; `no`: those without must not show an empty pane.
void check_pane(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool with = parameters.text("bookmarks") == "yes";
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        if ((subject.pdf->bookmarks.counts.total > 0) != with) continue;
        out.examined();
        if ((subject.pdf->view.page_mode == "UseOutlines") != with) out.finding(subject.file->path, "");
    }
}

void check_properties(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool applies = std::any_of(facts.envelopes.begin(), facts.envelopes.end(), [&](const EnvelopeFact& envelope) {
        return parameters.lists("procedures", envelope.field("procedure@type"));
    });
    if (!applies) return;
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        out.examined();
        const PdfInformation& information = subject.pdf->information;
        std::vector<std::string> missing;
        for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"Title", information.title},
                                          {"Author", information.author},
                                          {"Subject", information.subject},
                                          {"Keywords", information.keywords}})
            if (trim(value).empty()) missing.emplace_back(name);
        if (!missing.empty()) out.finding(subject.file->path, "", {{"missing", join(missing, ", ")}});
    }
}

// As one of its fields says; empty: none does. "v1.26.0.0" -> "1.26.0.0".
std::string version_of(const PdfForm& form, const std::vector<std::string>& names) {
    for (const PdfField& field : form.fields) {
        if (std::find(names.begin(), names.end(), called(field.name)) == names.end()) continue;
        const std::string_view value = trim(field.value);
        const std::size_t digit = value.find_first_of("0123456789");
        if (digit == 0 || (digit == 1 && (value[0] == 'v' || value[0] == 'V'))) return std::string(value.substr(digit));
    }
    return "";
}

// Without an attachment where there must be none; with one called .xml where there must be one. Not known: of many not all have a name
// here.
std::optional<bool> has_its_attachments(const PdfActive& active, bool needs_xml) {
    if (!needs_xml) return active.attachments == 0;
    const auto is_xml = [](const std::string& name) { return to_lower(path::extension(name)) == "xml"; };
    if (std::any_of(active.attachment_names.begin(), active.attachment_names.end(), is_xml)) return true;
    return active.attachments > static_cast<std::int64_t>(active.attachment_names.size()) ? std::nullopt : std::optional(false);
}

bool is_under(const SequenceFacts& facts, const FileFact& file, const Parameters& parameters) {
    const auto leaves = facts.leaves_of(file);
    return std::any_of(leaves.begin(), leaves.end(), [&](const LeafFact* fact) {
        const auto& steps = fact->leaf->place->steps;
        return std::any_of(steps.begin(), steps.end(),
                           [&](const SectionStep& step) { return parameters.lists("form_elements", step.element); });
    });
}

// Application forms of one kind, known by what made them and by the version that they say. One whose version cannot be read is perhaps of
// this kind where it stands among the forms.
void check_attachments(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool needs_xml = parameters.text("attachments") == "xml";
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        const PdfInformation& information = subject.pdf->information;
        if (information.creator.find(parameters.text("made_by")) == std::string::npos) continue;
        if (parameters.has("author") && information.author != parameters.text("author")) continue;
        const std::string version = version_of(subject.pdf->form, parameters.texts("version_fields"));
        if (version.empty() && !is_under(facts, *subject.file, parameters)) continue;
        const bool is_other = !version.empty() && !starts_with(version, parameters.text("version"));
        const std::optional<bool> fits = is_other ? true : has_its_attachments(subject.pdf->active, needs_xml);
        if (fits.value_or(false) || (fits && !version.empty())) out.examined();
        if (fits.value_or(false)) continue;
        const std::string file = facts.seen_from_sequence(subject.file->path);
        if (version.empty())
            out.not_run(fill("{}: its attachments are not those of a form of version {}x, and its version cannot be read", file,
                             parameters.text("version")));
        else if (!fits)
            out.not_run(fill("{}: it has more attachments than are looked at", file));
        else
            out.finding(subject.file->path, "", {{"count", fill("{}", subject.pdf->active.attachments)}, {"found", version}});
    }
}

} // namespace

std::vector<Check> pdf_checks() {
    const char* const subject = "PDF of this kind";
    const ParameterSpec elements{"elements", ParameterKind::texts, false}, except{"except_elements", ParameterKind::texts, false};
    return {
        {"pdf.readable", "PDF", {}, {"problem"}, check_readable},
        {"pdf.repaired", "PDF", {except}, {"problem"}, check_repaired},
        {"pdf.version",
         "PDF",
         {except,
          {"accepted", ParameterKind::texts, false},
          {"refused", ParameterKind::texts, false},
          {"catalog_first", ParameterKind::text, false}},
         {"version"},
         check_version},
        {"pdf.password", "PDF", {except}, {"needed"}, check_password},
        {"pdf.restrictions", subject, {elements, except, {"allowed", ParameterKind::texts, false}}, {"restrictions"}, check_restrictions},
        {"pdf.linearized", subject, {elements, except}, {}, check_linearized},
        {"pdf.opening", subject, {elements, except, {"pane", ParameterKind::text, false}}, {"problem"}, check_opening},
        {"pdf.pane", subject, {elements, except, {"bookmarks", ParameterKind::text, true}}, {}, check_pane},
        {"pdf.properties", subject, {elements, except, {"procedures", ParameterKind::texts, true}}, {"missing"}, check_properties},
        {"pdf.attachments",
         subject,
         {{"made_by", ParameterKind::text, true},
          {"author", ParameterKind::text, false},
          {"attachments", ParameterKind::text, true},
          {"version", ParameterKind::text, true},
          {"version_fields", ParameterKind::texts, true},
          {"form_elements", ParameterKind::texts, true}},
         {"count", "found"},
         check_attachments},
    };
}

} // namespace dossier::ectd
