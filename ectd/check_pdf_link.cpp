// Checks of the links and bookmarks of PDFs: what they lead to, also in other PDFs and other sequences, and how they say it.
#include <algorithm>

#include "core/text.hpp"
#include "ectd/pdf_subject.hpp"

namespace dossier::ectd {

namespace {

struct Target {
    const PdfTarget* target = nullptr;
    std::string place; // "page 3, link" or "bookmark 12 (Results)"
};

std::vector<Target> targets_of(const PdfContent& pdf) {
    std::vector<Target> list;
    for (const PdfLink& link : pdf.links.listed) list.push_back({&link.target, fill("page {}, link", link.page)});
    for (const PdfBookmark& bookmark : pdf.bookmarks.listed)
        list.push_back({&bookmark.target, fill("bookmark {} ({})", bookmark.number, bookmark.title)});
    return list;
}

bool names_file(const PdfTarget& target) { return target.kind == PdfTargetKind::other_file || target.kind == PdfTargetKind::launch; }

const LinkedFile* linked_file(const PdfSubject& subject, const PdfTarget& target) {
    const auto found = subject.fact->linked.find(target.file);
    return names_file(target) && found != subject.fact->linked.end() ? &found->second : nullptr;
}

// Is the page or name that a target asks for in the other PDF? Where that could not be looked into: taken as there.
std::string missing_in_other(const SequenceFacts& facts, const std::string& file, const PdfTarget& target) {
    const ContentFact* other = facts.content->find(file);
    if (!other || !other->pdf || other->pdf->security.needs_password) return "";
    if (target.page > other->pdf->pages.total)
        return fill("{} has {} pages, and page {} is asked for", file, other->pdf->pages.total, target.page);
    const bool all_known = other->pdf->destinations <= static_cast<std::int64_t>(other->pdf->destination_names.size());
    if (!target.name.empty() && all_known && !other->pdf->has_destination(target.name))
        return fill("{} has no destination {}", file, target.name);
    return "";
}

// What is wrong with a target in the same document; empty: nothing, or it is in another one.
std::string wrong_inside(const PdfTarget& target) {
    if (target.kind == PdfTargetKind::corrupt) return "the target makes no sense: " + target.action;
    if (target.kind == PdfTargetKind::page && target.reachable == false)
        return target.name.empty() ? std::string("the page is not there") : fill("the destination {} is not there", target.name);
    return "";
}

std::string wrong_outside(const SequenceFacts& facts, const LinkedFile& linked, const PdfTarget& target) {
    if (linked.state == HrefState::missing) return fill("{} is not there", facts.seen_from_sequence(linked.file));
    if (linked.state == HrefState::other_case) return fill("the file that is there is called {}", facts.seen_from_sequence(linked.file));
    if (linked.state == HrefState::outside && !target.absolute) return fill("\"{}\" leads out of the application", target.file);
    return linked.state == HrefState::present ? missing_in_other(facts, linked.file, target) : "";
}

// `in`: this sequence (with what leads nowhere), or other sequences of the application.
void check_target(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool others = parameters.text("in") == "other_sequences";
    const std::string own = facts.sequence->folder + "/";
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        if (!others && subject.pdf->links.counts.total + subject.pdf->bookmarks.counts.total > 0) out.examined();
        for (const Target& item : targets_of(*subject.pdf)) {
            const LinkedFile* linked = linked_file(subject, *item.target);
            const bool elsewhere = linked && !linked->file.empty() && !starts_with(linked->file, own);
            if (elsewhere != others) continue;
            if (linked && linked->state == HrefState::no_sequence) {
                out.not_run(fill("links lead into sequence {}, which is not here", linked->file.substr(0, 4)));
                continue;
            }
            out.examined();
            const std::string problem = linked ? wrong_outside(facts, *linked, *item.target) : wrong_inside(*item.target);
            if (!problem.empty()) out.finding(subject.file->path, item.place, {{"problem", problem}});
        }
    }
}

void check_zoom(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        const auto& links = subject.pdf->links;
        const auto& bookmarks = subject.pdf->bookmarks;
        const bool with_links = parameters.text("of") != "bookmarks", with_bookmarks = parameters.text("of") != "links";
        if ((with_links ? links.counts.total : 0) + (with_bookmarks ? bookmarks.counts.total : 0) == 0) continue;
        out.examined();
        const std::int64_t count = (with_links ? links.counts.zoom_set : 0) + (with_bookmarks ? bookmarks.counts.zoom_set : 0);
        if (count == 0) continue;
        std::string first;
        for (const Target& item : targets_of(*subject.pdf))
            if (first.empty() && item.target->zoom == PdfZoom::set) first = item.place;
        out.finding(subject.file->path, first, {{"count", fill("{}", count)}});
    }
}

// How a link to another file is written. `problems`: absolute, backslashes, launch, script.
void check_form(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        if (subject.pdf->links.counts.total + subject.pdf->bookmarks.counts.total > 0) out.examined();
        for (const Target& item : targets_of(*subject.pdf)) {
            const PdfTarget& target = *item.target;
            std::string problem;
            if (target.absolute && names_file(target) && parameters.lists("problems", "absolute"))
                problem = fill("the path \"{}\" is absolute", target.file);
            else if (target.absolute)
                continue;
            else if (target.backslashes && parameters.lists("problems", "backslashes"))
                problem = fill("the path \"{}\" has backslashes", target.file);
            else if (target.kind == PdfTargetKind::launch && parameters.lists("problems", "launch"))
                problem = fill("\"{}\" is opened by whatever the system has for it", target.file);
            else if (target.kind == PdfTargetKind::script && parameters.lists("problems", "script"))
                problem = "it runs JavaScript";
            if (!problem.empty()) out.finding(subject.file->path, item.place, {{"problem", problem}});
        }
    }
}

} // namespace

std::vector<Check> pdf_link_checks() {
    const char* const subject = "PDF with links or bookmarks";
    return {
        {"pdf.target", subject, {{"in", ParameterKind::text, true}}, {"problem"}, check_target},
        {"pdf.zoom", subject, {{"of", ParameterKind::text, false}}, {"count"}, check_zoom},
        {"pdf.target_form", subject, {{"problems", ParameterKind::texts, true}}, {"problem"}, check_form},
    };
}

} // namespace dossier::ectd
