// Checks of the links and bookmarks of PDFs: what they lead to, also in other PDFs and other sequences, and how they say it.
#include <algorithm>

#include "core/text.hpp"
#include "ectd/pdf_target.hpp"

namespace dossier::ectd {

namespace {

constexpr const char* nothing_happens = "nothing happens: it has no target and no action";

// `of`: links or bookmarks; both where it does not say.
bool asks_for(const Parameters& parameters, std::string_view what) { return !parameters.has("of") || parameters.text("of") == what; }

std::vector<PdfLinkTarget> targets_of(const PdfContent& pdf, const Parameters& parameters) {
    return ectd::targets_of(pdf, parameters.text("of"));
}

bool has_targets(const PdfContent& pdf, const Parameters& parameters) {
    return (asks_for(parameters, "links") && pdf.links.counts.total > 0) ||
           (asks_for(parameters, "bookmarks") && pdf.bookmarks.counts.total > 0);
}

// Of a PDF with more links or bookmarks than are kept (PdfTargets): what a rule about targets does not know. Addresses in the web, scripts
// and the like have none.
std::int64_t targets_not_listed(const PdfContent& pdf, const Parameters& parameters) {
    std::int64_t count =
        (asks_for(parameters, "links") ? pdf.links.not_listed : 0) + (asks_for(parameters, "bookmarks") ? pdf.bookmarks.not_listed : 0);
    for (const PdfTargetKind kind : {PdfTargetKind::web, PdfTargetKind::script, PdfTargetKind::other})
        count -= not_listed(pdf, parameters.text("of"), kind);
    if (!parameters.lists("problems", "inactive")) count -= not_listed(pdf, parameters.text("of"), PdfTargetKind::none);
    return count;
}

// The same for a rule about how targets are written: of most kinds it is enough to know how many there are.
void tell_not_listed(const SequenceFacts& facts, const PdfSubject& subject, const Parameters& parameters, CheckOutput& out) {
    const std::string& of = parameters.text("of");
    const auto tell = [&](const char* problem, std::int64_t count, const char* what) {
        if (count > 0 && parameters.lists("problems", problem))
            out.finding(subject.file->path,
                        fill("{} beyond the first {} of a kind", of.empty() ? std::string("links and bookmarks") : of, most_other_targets),
                        {{"problem", fill("{} more {}", count, std::string_view(what))}});
    };
    const auto beyond = [&](PdfTargetKind kind) { return not_listed(*subject.pdf, of, kind); };
    tell("inactive", beyond(PdfTargetKind::none), "do nothing: they have no target and no action");
    tell("web", beyond(PdfTargetKind::web), "lead to addresses");
    tell("script", beyond(PdfTargetKind::script), "run JavaScript");
    tell("embedded", beyond(PdfTargetKind::embedded), "lead into files that are attached");
    tell("several", several_not_listed(*subject.pdf, of), "have several actions");
    for (const char* const problem : {"absolute", "backslashes", "web", "uri", "launch"}) // of paths
        if (parameters.lists("problems", problem)) return say_not_looked_at(facts, subject, files_not_listed(*subject.pdf, of), out);
}

// Is the page or name that a target asks for in the other PDF?
std::string missing_in_other(const SequenceFacts& facts, const std::string& file, const PdfTarget& target, CheckOutput& out) {
    const ContentFact* other = facts.content->find(file);
    const bool asks = target.page > 0 || !target.name.empty();
    if (!other || other->type != ContentType::pdf || !asks) return "";
    const auto unknown = [&](const std::string& reason) {
        out.not_run(fill("{}, which links lead into: {}", facts.seen_from_sequence(file), reason));
        return std::string();
    };
    if (const std::string reason = why_unread(*other); !reason.empty() || !other->pdf) return unknown(reason);
    if (target.page > other->pdf->pages.total)
        return fill("{} has {} pages, and page {} is asked for", file, other->pdf->pages.total, target.page);
    if (target.name.empty() || other->pdf->has_destination(target.name)) return "";
    const bool all_known = other->pdf->destinations <= static_cast<std::int64_t>(other->pdf->destination_names.size());
    return all_known ? fill("{} has no destination {}", file, target.name) : unknown("it has more named destinations than are read");
}

// What is wrong with a target, if it is one of these kinds; empty: nothing.
class TargetJudge {
public:
    TargetJudge(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out)
        : facts_(facts), parameters_(parameters), out_(out) {}

    std::string problem(const PdfTarget& target, const LinkedFile* linked) const {
        return linked ? outside(target, *linked) : inside(target);
    }

private:
    // Without `problems`: everything about the target's own place, where it names one.
    bool asks(const std::string& problem) const {
        return parameters_.has("problems") ? parameters_.lists("problems", problem) : (problem != "unreadable" && problem != "inactive");
    }

    std::string inside(const PdfTarget& target) const {
        if (target.kind == PdfTargetKind::none && asks("inactive")) return nothing_happens;
        if (!asks("place")) return "";
        if (target.kind == PdfTargetKind::corrupt) return "the target makes no sense: " + target.action;
        if (target.kind == PdfTargetKind::page && target.reachable == false)
            return target.name.empty() ? std::string("the page is not there") : fill("the destination {} is not there", target.name);
        return "";
    }

    std::string outside(const PdfTarget& target, const LinkedFile& linked) const {
        const std::string file = facts_.seen_from_sequence(linked.file);
        if (linked.state == HrefState::missing) return asks("file") ? file + " is not there" + how_written(target) : "";
        if (linked.state == HrefState::other_case) return asks("case") ? fill("the file that is there is called {}", file) : "";
        if (linked.state == HrefState::outside && !target.absolute)
            return asks("file") ? fill("\"{}\" leads out of the application", target.file) : "";
        if (linked.state != HrefState::present) return "";
        if (std::string problem = asks("unreadable") ? unreadable(linked.file) : ""; !problem.empty()) return problem;
        return asks("place") ? missing_in_other(facts_, linked.file, target, out_) : "";
    }

    static std::string how_written(const PdfTarget& target) {
        return target.kind == PdfTargetKind::file_uri ? "; the link is written as a web address, not as one to another PDF" : "";
    }

    // Of this sequence: told where the file itself is damaged or closed.
    std::string unreadable(const std::string& file) const {
        const ContentFact* other = facts_.content->find(file);
        if (!other || other->type != ContentType::pdf || starts_with(file, facts_.sequence->folder + "/")) return "";
        if (other->pdf && other->pdf->security.needs_password)
            return fill("{} does not open without a password", facts_.seen_from_sequence(file));
        return other->unknown == Unknown::invalid ? fill("{} is damaged", facts_.seen_from_sequence(file)) : "";
    }

    const SequenceFacts& facts_;
    const Parameters& parameters_;
    CheckOutput& out_; // what cannot be known
};

// `in`: this sequence (with what leads nowhere), or other sequences of the application; both where it does not say.
void check_target(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::string own = facts.sequence->folder + "/", &in = parameters.text("in");
    const TargetJudge judge(facts, parameters, out);
    for (const PdfSubject& subject : open_pages_of(facts, parameters, out)) {
        if (in != "other_sequences" && has_targets(*subject.pdf, parameters)) out.examined();
        say_not_looked_at(facts, subject, targets_not_listed(*subject.pdf, parameters), out);
        for (const PdfLinkTarget& item : targets_of(*subject.pdf, parameters)) {
            const LinkedFile* linked = linked_file(*subject.fact, *item.target);
            const bool elsewhere = linked && !linked->file.empty() && !starts_with(linked->file, own);
            if (!in.empty() && elsewhere != (in == "other_sequences")) continue;
            if (linked && linked->state == HrefState::no_sequence) {
                out.not_run(fill("links lead into sequence {}, which is not here", linked->file.substr(0, 4)));
                continue;
            }
            if (linked && linked->state == HrefState::unreadable) {
                out.not_run(fill("links lead into folders of sequence {} that cannot be read", linked->file.substr(0, 4)));
                continue;
            }
            out.examined();
            const std::string problem = judge.problem(*item.target, linked);
            if (!problem.empty()) out.finding(subject.file->path, item.place, {{"problem", problem}});
        }
    }
}

void check_zoom(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pages_of(facts, parameters, out)) {
        if (!has_targets(*subject.pdf, parameters)) continue;
        out.examined();
        const std::int64_t count = (asks_for(parameters, "links") ? subject.pdf->links.counts.zoom_set : 0) +
                                   (asks_for(parameters, "bookmarks") ? subject.pdf->bookmarks.counts.zoom_set : 0);
        if (count == 0) continue;
        std::string first;
        for (const PdfLinkTarget& item : targets_of(*subject.pdf, parameters))
            if (first.empty() && item.target->zoom == PdfZoom::set) first = item.place;
        out.finding(subject.file->path, first, {{"count", fill("{}", count)}});
    }
}

// What is wrong with how a target is written, if it is one of `problems`. Of an address whose file is missing that is told, and how it is
// written with it.
std::string wrong_form(const PdfTarget& target, const LinkedFile* linked, const Parameters& parameters) {
    const auto asks = [&](const char* problem) { return parameters.lists("problems", problem); };
    if (target.kind == PdfTargetKind::none && asks("inactive")) return nothing_happens;
    if (target.kind == PdfTargetKind::web && asks("web")) return fill("it leads to {}", trim(target.file));
    if (target.kind == PdfTargetKind::script && asks("script")) return "it runs JavaScript";
    if (target.kind == PdfTargetKind::embedded && asks("embedded")) return "it leads into a file that is attached";
    if (target.actions > 1 && asks("several")) return fill("it has {} actions", target.actions);
    if (!names_file(target)) return "";
    if (target.absolute) return asks("absolute") ? fill("the path \"{}\" is absolute", target.file) : "";
    if (target.backslashes && asks("backslashes")) return fill("the path \"{}\" has backslashes", target.file);
    const bool is_missing = linked && linked->state == HrefState::missing;
    if (target.kind == PdfTargetKind::file_uri && !is_missing && (asks("web") || asks("uri")))
        return fill("\"{}\" is written as a web address, not as a link to another PDF", target.file);
    if (target.kind == PdfTargetKind::launch && asks("launch"))
        return fill("\"{}\" is opened by whatever the system has for it", target.file);
    return "";
}

void check_form(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pages_of(facts, parameters, out)) {
        if (has_targets(*subject.pdf, parameters)) out.examined();
        for (const PdfLinkTarget& item : targets_of(*subject.pdf, parameters))
            if (const std::string problem = wrong_form(*item.target, linked_file(*subject.fact, *item.target), parameters);
                !problem.empty())
                out.finding(subject.file->path, item.place, {{"problem", problem}});
        tell_not_listed(facts, subject, parameters, out);
    }
}

} // namespace

std::vector<Check> pdf_link_checks() {
    const char* const subject = "PDF with links or bookmarks";
    const ParameterSpec of{"of", ParameterKind::text, false}, problems{"problems", ParameterKind::texts, true},
        except{"except_elements", ParameterKind::texts, false};
    return {
        {"pdf.target",
         subject,
         {{"in", ParameterKind::text, false}, of, {"problems", ParameterKind::texts, false}, except},
         {"problem"},
         check_target},
        {"pdf.zoom", subject, {of, except}, {"count"}, check_zoom},
        {"pdf.target_form", subject, {of, problems, except}, {"problem"}, check_form},
    };
}

} // namespace dossier::ectd
