#include "tmf/review.hpp"

#include <algorithm>

#include "core/fold.hpp"
#include "core/text.hpp"
#include "tmf/version_label.hpp"

namespace dossier::tmf {

namespace {

// Of all studies: the documents that this user may see by that label.
Result<std::vector<std::int64_t>> documents_called(Ledger& ledger, const std::string& label) {
    std::vector<std::int64_t> found;
    DOSSIER_TRY(const auto studies, ledger.studies());
    for (const StudyRecord& study : studies) {
        DOSSIER_TRY(const auto numbers, ledger.documents_by_external(study.id, label));
        found.insert(found.end(), numbers.begin(), numbers.end());
    }
    return found;
}

Error several_called(const std::vector<std::int64_t>& numbers, const std::string& label) {
    std::vector<std::string> ids;
    for (const std::int64_t number : numbers) ids.push_back(document_id(number));
    return Error(ErrorKind::invalid, fill("{} documents are called {}: {}", ids.size(), label, join(ids, ", ")), {},
                 "write the number of the one that is meant");
}

// PROT@2.0, as a plan names it. Where the number of another version is as good a meaning, neither is guessed.
Result<VersionReference> find_labelled_version(Ledger& ledger, const std::string& text) {
    const std::size_t at = text.rfind('@');
    const std::string label(trim(std::string_view(text).substr(0, at)));
    const std::string version(at == std::string::npos ? std::string_view() : trim(std::string_view(text).substr(at + 1)));
    std::vector<std::int64_t> found;
    if (!label.empty() && !version.empty()) {
        DOSSIER_TRY(found, documents_called(ledger, label));
    }
    if (found.empty())
        return Error(ErrorKind::not_found, fill("there is no document {}", text), {},
                     "write D-000012, D-000012@2 for its second version, or the label that a list gave it; see 'dossier tmf list'");
    if (found.size() > 1) return several_called(found, label);
    DOSSIER_TRY(const auto stored, ledger.document(found.front()));
    DOSSIER_TRY(const VersionRecord called, version_called(ledger, *stored, version));
    for (const VersionRecord& other : stored->versions) {
        if (other.number == called.number || std::to_string(other.number) != version) continue;
        return Error(ErrorKind::invalid,
                     fill("{} can be {}, labelled {}, or version number {}, {}", text, version_id(called.document, called.number),
                          called.label, other.number, version_id(other.document, other.number)),
                     {}, "write the one that is meant so");
    }
    return VersionReference{called.document, called.number};
}

} // namespace

bool is_written_in_full(const std::string& text) {
    const auto reference = parse_version_reference(text);
    return reference && to_lower(trim(text.substr(0, text.find('@')))) == to_lower(document_id(reference->document));
}

Result<VersionReference> find_reference(Ledger& ledger, const std::string& text) {
    const auto reference = parse_version_reference(text);
    if (reference && is_written_in_full(text)) return *reference;
    DOSSIER_TRY(auto found, documents_called(ledger, text));
    if (reference && found.empty()) return *reference;
    if (reference && std::find(found.begin(), found.end(), reference->document) == found.end()) {
        DOSSIER_TRY(const auto stored, ledger.document(reference->document));
        if (stored) found.push_back(reference->document);
    }
    if (found.size() == 1) return VersionReference{found.front(), 0};
    if (found.empty()) return find_labelled_version(ledger, text);
    return several_called(found, text);
}

Result<FoundVersion> find_version(Ledger& ledger, const VersionReference& reference) {
    DOSSIER_TRY(auto stored, ledger.document(reference.document));
    if (!stored)
        return Error(ErrorKind::not_found, fill("there is no document {}", document_id(reference.document)), {}, "see 'dossier tmf list'");
    FoundVersion found{std::move(*stored), {}};
    const auto& versions = found.stored.versions;
    if (reference.version == 0) {
        found.version = versions[order_of(versions).back()];
        return found;
    }
    const auto at = std::find_if(versions.begin(), versions.end(), [&](const VersionRecord& v) { return v.number == reference.version; });
    if (at == versions.end())
        return Error(ErrorKind::not_found, fill("{} has no version {}", document_id(reference.document), reference.version), {},
                     fill("it has 1 to {}", versions.back().number));
    found.version = *at;
    return found;
}

namespace {

class Reviewing {
public:
    Reviewing(const ReviewRules& rules, const Review& wanted, const VersionRecord& version, std::vector<ReviewRecord> earlier, UtcTime time)
        : rules_(rules), wanted_(wanted), version_(version), earlier_(std::move(earlier)), time_(time.precise_text()),
          id_(version_id(version.document, version.number)) {}

    Result<void> check() const {
        if (time_ < version_.filed_at) // both UTC in one form; dates carried over come in with the filing, not from here
            return refuse(fill("was filed at {}, after the time of this review ({})", version_.filed_at, time_),
                          "leave out --now, or give a time after the filing");
        if (version_.rejected) return refuse("was rejected on " + version_.rejected->text(), "file a new version");
        if (version_.withdrawn) return refuse("was withdrawn on " + version_.withdrawn->text(), "file a new version");
        return wanted_.accept ? check_acceptance() : check_rejection();
    }

private:
    Error refuse(const std::string& text, const std::string& remedy = {}) const {
        return Error(ErrorKind::conflict, fill("{} {}", id_, text), {}, remedy);
    }

    const ReviewRecord* passed(ReviewStep step) const { return standing_pass(earlier_, version_.number, step); }

    Result<void> check_acceptance() const {
        const bool is_approval = wanted_.step == ReviewStep::approval;
        if (is_approval && version_.accepted) return refuse("is accepted since " + version_.accepted->text());
        if (const ReviewRecord* before = is_approval ? nullptr : passed(wanted_.step))
            return refuse(
                fill("passed the step {} on {}, checked by {}", templates::to_text(wanted_.step), before->at.substr(0, 10), before->by));
        if (is_approval && !version_.final)
            return refuse("is a draft", fill("when it is final: 'dossier tmf reindex {} --status final --reason ...'", id_));
        std::vector<std::string> missing;
        for (const ReviewStep step : rules_.demanded)
            if (step < wanted_.step && !passed(step)) missing.emplace_back(templates::to_text(step));
        if (missing.empty()) return {};
        return refuse(fill("has not passed {}, which the study demands before {}", join(missing, ", "), templates::to_text(wanted_.step)),
                      fill("'dossier tmf review {} --step {} --accept' when that check is done", id_, missing.front()));
    }

    Result<void> check_rejection() const {
        const auto codes = rules_.quality.codes_for(wanted_.step);
        const auto* code = rules_.quality.code(wanted_.code);
        if (!code) {
            const std::string near = nearest(wanted_.code, codes);
            return Error(ErrorKind::usage, fill("there is no code {} for a rejection", wanted_.code), {},
                         near.empty() ? fill("the codes of this step are {}", join(codes, ", ")) : fill("did you mean {}?", near));
        }
        if (!code->fits(wanted_.step))
            return Error(ErrorKind::usage, fill("{} is not looked for in the step {}", wanted_.code, templates::to_text(wanted_.step)), {},
                         fill("the codes of this step are {}", join(codes, ", ")));
        if (seen_text(wanted_.comment).empty())
            return Error(ErrorKind::usage, "a rejection needs words", {}, "add --comment with what is wrong and what to do");
        return {};
    }

    const ReviewRules& rules_;
    const Review& wanted_;
    const VersionRecord& version_;
    std::vector<ReviewRecord> earlier_;
    std::string time_;
    std::string id_;
};

// "version_accepted", "version_rejected", "step_passed": what the audit trail calls it.
const char* action_of(const Review& wanted) {
    if (!wanted.accept) return "version_rejected";
    return wanted.step == ReviewStep::approval ? "version_accepted" : "step_passed";
}

} // namespace

Result<Reviewed> review(Repository& repository, const ReviewRules& rules, const Review& wanted, const Author& author) {
    DOSSIER_TRY(FoundVersion found, find_version(repository.ledger(), wanted.version));
    VersionRecord& version = found.version;
    DOSSIER_TRY(auto earlier, repository.ledger().reviews("", version.document));
    DOSSIER_CHECK(Reviewing(rules, wanted, version, std::move(earlier), author.time).check());
    DOSSIER_TRY(const std::int64_t last, repository.ledger().last_review());
    Change change;
    change.action = action_of(wanted);
    change.study = found.stored.document.study;
    change.object = version_id(version.document, version.number);
    change.reason = wanted.accept ? wanted.comment : fill("{}: {}", wanted.code, wanted.comment);
    const std::string code = wanted.accept ? "" : wanted.code;
    const auto outcome = wanted.accept ? ReviewRecord::Outcome::accepted : ReviewRecord::Outcome::rejected;
    change.review = ReviewRecord{last + 1,       version.document,           version.number, wanted.step, outcome, code,
                                 wanted.comment, author.time.precise_text(), author.user};
    if (!wanted.accept || wanted.step == ReviewStep::approval) {
        change.old_value = Json::object({{"version", to_json(version)}});
        (wanted.accept ? version.accepted : version.rejected) = author.time.date();
        version.review_comment = change.reason;
        change.version = version;
    }
    DOSSIER_CHECK(repository.ledger().commit(author, {change}));
    return Reviewed{version, *change.review};
}

} // namespace dossier::tmf
