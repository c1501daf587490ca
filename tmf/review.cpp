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
    // `earlier`: what was checked of the document before, without what is dated ahead.
    Reviewing(const ReviewRules& rules, const Review& wanted, const VersionRecord& version, std::vector<ReviewRecord> earlier,
              const ReviewRecord& record)
        : rules_(rules), wanted_(wanted), version_(version), earlier_(std::move(earlier)), record_(record),
          id_(version_id(version.document, version.number)) {}

    Result<void> check() const {
        if (record_.at < version_.filed_at) // both UTC in one form; dates carried over come in with the filing, not from here
            return refuse(fill("was filed at {}, after the time of this review ({})", version_.filed_at, record_.at),
                          "leave out --now, or give a time after the filing");
        if (has_come(version_.rejected)) return refuse("was rejected on " + version_.rejected->text(), "file a new version");
        if (has_come(version_.withdrawn)) return refuse("was withdrawn on " + version_.withdrawn->text(), "file a new version");
        for (const ReviewRecord& before : earlier_)
            if (record_.at < before.at && !rules_.horizon.is_ahead(before.at) && are_about_the_same(record_, before))
                return refuse(fill("was checked at {} ({}: {} {}), after the time of this review ({})", before.at, review_id(before.number),
                                   templates::to_text(before.step), tmf::to_text(before.outcome), record_.at),
                              "leave out --now, or give a time after that check");
        return wanted_.accept ? check_acceptance() : check_rejection();
    }

private:
    Error refuse(const std::string& text, const std::string& remedy = {}) const {
        return Error(ErrorKind::conflict, fill("{} {}", id_, text), {}, remedy);
    }

    bool has_come(const OptionalDate& day) const { return day && !rules_.horizon.is_ahead(day); }
    const ReviewRecord* passed(ReviewStep step) const { return standing_pass(earlier_, version_.number, step); }

    Result<void> check_acceptance() const {
        const bool is_approval = wanted_.step == ReviewStep::approval;
        // An acceptance before a rejection that is dated ahead may be confirmed: that replaces the rejection.
        if (is_approval && has_come(version_.accepted) && !version_.rejected)
            return refuse("is accepted since " + version_.accepted->text());
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
    const ReviewRecord& record_;
    std::string id_;
};

// What the version takes from the step; false: nothing. A day that was dated ahead goes with what replaces it.
bool take_outcome(VersionRecord& version, const ReviewRecord& record, const std::vector<ReviewRecord>& replaced, const Horizon& horizon,
                  const std::string& comment) {
    const bool decides = record.rejected() || record.step == ReviewStep::approval;
    const bool rejection_replaced =
        decides || std::any_of(replaced.begin(), replaced.end(), [](const ReviewRecord& one) { return one.rejected(); });
    const bool ends_rejection = horizon.is_ahead(version.rejected) && rejection_replaced;
    if (ends_rejection) version.rejected.reset();
    if (ends_rejection) version.carried.rejected = false;
    if (decides && horizon.is_ahead(version.accepted)) {
        version.accepted.reset();
        version.carried.accepted = false;
    }
    if (!decides && !ends_rejection) return false;
    OptionalDate& day = record.rejected() ? version.rejected : version.accepted;
    if (decides && !day) day = day_of(record.at); // confirmed: since the day it was accepted
    version.review_comment = decides ? comment : "";
    return true;
}

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
    DOSSIER_TRY(const std::int64_t last, repository.ledger().last_review());
    const auto outcome = wanted.accept ? ReviewRecord::Outcome::accepted : ReviewRecord::Outcome::rejected;
    const ReviewRecord record{
        last + 1,       version.document,           version.number, wanted.step, outcome, wanted.accept ? "" : wanted.code,
        wanted.comment, author.time.precise_text(), author.user};
    DOSSIER_CHECK(Reviewing(rules, wanted, version, happened(earlier, rules.horizon), record).check());
    Reviewed done;
    std::vector<ReviewRecord> replaced;
    for (const ReviewRecord& before : earlier) {
        if (is_replaced(earlier, before) || !replaces(record, before)) continue;
        replaced.push_back(before);
        done.replaced.push_back(fill("{} ({} {}), dated {}", review_id(before.number), templates::to_text(before.step),
                                     to_text(before.outcome), before.at.substr(0, 10)));
    }
    Change change;
    change.action = action_of(wanted);
    change.study = found.stored.document.study;
    change.object = version_id(version.document, version.number);
    change.reason = wanted.accept ? wanted.comment : fill("{}: {}", wanted.code, wanted.comment);
    change.review = record;
    const Json before = Json::object({{"version", to_json(version)}});
    if (take_outcome(version, record, replaced, rules.horizon, change.reason)) {
        change.old_value = before;
        change.version = version;
    }
    DOSSIER_CHECK(repository.ledger().commit(author, {change}));
    done.version = version;
    done.record = record;
    return done;
}

} // namespace dossier::tmf
