#include "tmf/rollup_difference.hpp"

#include <algorithm>

namespace dossier::tmf {

namespace {

constexpr std::size_t most_places_read = 200; // one by one; when more are affected the study's documents are read in one go

using Lines = std::map<std::tuple<std::string, std::string, std::string>, PlaceTotal>;

void add(Lines& lines, const std::vector<PlaceTotal>& more, int sign) {
    for (const PlaceTotal& line : more) {
        PlaceTotal& sum =
            lines.try_emplace({line.country, line.site, line.milestone}, PlaceTotal{line.country, line.site, line.milestone, {}, {}, {}})
                .first->second;
        for (const auto member : {&PlaceTotal::whole, &PlaceTotal::due_now, &PlaceTotal::by_next}) {
            (sum.*member).expected += sign * (line.*member).expected;
            (sum.*member).satisfied += sign * (line.*member).satisfied;
        }
    }
}

template <class Wanted> std::vector<PlaceTotal> lines_of(Lines& lines, const Wanted& wanted) {
    std::vector<PlaceTotal> found;
    for (auto& [key, line] : lines)
        if (wanted(line)) found.push_back(std::move(line));
    return found;
}

bool is_zero(const Total& total) { return total.expected == 0 && total.satisfied == 0; }

DocumentFilter all_facts(const std::string& study) {
    DocumentFilter filter;
    filter.study = study;
    filter.facts_only = filter.counting = true;
    return filter;
}

} // namespace

const Expectations& CountedStudy::expectations(Date day) {
    if (!expected_ || expected_->first != day)
        expected_.emplace(std::piecewise_construct, std::forward_as_tuple(day),
                          std::forward_as_tuple(catalogue, study, dates, ExpectationQuestion{day, {}}));
    return expected_->second;
}

// A site's documents are found by the site also where they do not name its country.
Affected::Key Affected::key_of(const DocumentRecord& document, const Study& study) {
    const Site* site = document.country.empty() && !document.site.empty() ? study.site(document.site) : nullptr;
    return {document.unique_id, site ? site->country : document.country, document.site};
}

void Affected::apply(const Change& change) {
    if (change.decision) decisions_[change.decision->number] = change.decision->decision;
    if (!change.document && !change.version) return;
    StoredDocument& stored = documents_[change.document ? change.document->number : change.version->document];
    if (change.document) stored.document = *change.document;
    if (!change.version) return;
    for (VersionRecord& version : stored.versions)
        if (version.number == change.version->number) {
            version = *change.version;
            return;
        }
    stored.versions.push_back(*change.version);
}

StudyDocuments Affected::facts(const Study& study, std::int64_t last_document) const {
    StudyDocuments result;
    for (const auto& [number, stored] : documents_) {
        if (number > last_document) break;
        for (DocumentFacts& facts : to_facts(stored, study.review)) result.documents.push_back(std::move(facts));
    }
    for (const auto& [number, decision] : decisions_) result.decisions.push_back(decision);
    return result;
}

Result<bool> Affected::collect(Ledger& ledger, const CountedStudy& counted, std::int64_t documents_counted,
                               const std::vector<const Change*>& changes) {
    DocumentFilter waiting = all_facts(counted.study.id);
    waiting.after = documents_counted;
    DOSSIER_CHECK(ledger.each_document(waiting, [&](const StoredDocument& stored) {
        places_.insert(key_of(stored.document, counted.study));
        return Result<void>();
    }));
    DOSSIER_TRY(const std::int64_t last, ledger.last_document());
    for (const Change* change : changes) {
        if (change->decision) {
            const auto* rule = counted.catalogue.rule(change->decision->decision.rule);
            if (!rule) return false;
            rules_.insert(rule->id);
            unique_ids_.insert(rule->unique_id);
        }
        if (change->document) places_.insert(key_of(*change->document, counted.study));
        const std::int64_t number = change->document ? change->document->number : change->version ? change->version->document : 0;
        if (number == 0 || number > last) continue;
        DOSSIER_TRY(const auto stored, ledger.document(number));
        if (!stored) continue;
        places_.insert(key_of(stored->document, counted.study));
        documents_[number] = *stored;
    }
    DOSSIER_CHECK(read_documents(ledger, counted.study));
    DOSSIER_CHECK(read_decisions(ledger, counted.study.id));
    return true;
}

Result<void> Affected::collect_all(Ledger& ledger, const std::string& study) {
    DOSSIER_CHECK(ledger.each_document(all_facts(study), [this](const StoredDocument& stored) {
        documents_[stored.document.number] = stored;
        return Result<void>();
    }));
    return read_decisions(ledger, study);
}

Result<void> Affected::read_decisions(Ledger& ledger, const std::string& study) {
    DOSSIER_TRY(const auto all, ledger.decisions(study));
    for (const DecisionRecord& record : all) decisions_[record.number] = record.decision;
    return {};
}

Result<void> Affected::read_documents(Ledger& ledger, const Study& study) {
    const auto take = [&](const StoredDocument& stored) {
        if (unique_ids_.count(stored.document.unique_id) > 0 || places_.count(key_of(stored.document, study)) > 0)
            documents_[stored.document.number] = stored;
        return Result<void>();
    };
    DocumentFilter filter = all_facts(study.id);
    if (places_.size() > most_places_read) return ledger.each_document(filter, take);
    for (const int unique_id : unique_ids_) {
        filter.unique_id = unique_id;
        DOSSIER_CHECK(ledger.each_document(filter, take));
    }
    filter.exact_place = true;
    for (const auto& [unique_id, country, site] : places_) {
        if (unique_ids_.count(unique_id) > 0) continue;
        filter.unique_id = unique_id;
        filter.country = country;
        filter.site = site;
        DOSSIER_CHECK(ledger.each_document(filter, take));
        if (country.empty() || site.empty()) continue;
        filter.country.clear();
        DOSSIER_CHECK(ledger.each_document(filter, take));
    }
    return {};
}

std::vector<Slot> Affected::slots(CountedStudy& counted, Date day) const {
    std::set<int> unique_ids;
    for (const Key& key : places_) unique_ids.insert(std::get<0>(key));
    const Expectations& expectations = counted.expectations(day);
    std::set<std::size_t> places;
    for (const auto& [unique_id, country, site] : places_)
        if (const auto place = expectations.place_of(country, site)) places.insert(*place);
    std::vector<Slot> slots;
    for (const templates::Rule* rule : expectations.rules()) {
        const bool is_decided = rules_.count(rule->id) > 0;
        if (!is_decided && unique_ids.count(rule->unique_id) == 0) continue;
        const auto take = [&](const Slot& slot) {
            if (is_decided || places_.count({rule->unique_id, slot.country, slot.site}) > 0) slots.push_back(slot);
        };
        if (is_decided)
            expectations.each(*rule, take);
        else
            expectations.each_at(*rule, places, take);
    }
    return slots;
}

std::vector<PlaceTotal> difference(CountedStudy& counted, const RollupHead& head, const std::vector<Slot>& slots,
                                   const StudyDocuments& before, const StudyDocuments& after) {
    CompletenessQuestion question;
    question.as_of = head.day;
    question.audience = head.audience;
    question.rows = false;
    const auto count = [&](const StudyDocuments& documents) {
        return Counter(counted.study, counted.expectations(head.day), documents.documents, documents.decisions, question,
                       head.next ? head.next->date : head.day)
            .count(slots);
    };
    Lines lines;
    add(lines, count(before), -1);
    add(lines, count(after), 1);
    return lines_of(lines, [](const PlaceTotal& line) { return !is_zero(line.whole) || !is_zero(line.due_now) || !is_zero(line.by_next); });
}

Result<std::optional<Rollup>> present_rollup(Ledger& ledger, const templates::TmfCatalogue& catalogue, const StudyRecord& record,
                                             Audience audience) {
    DOSSIER_TRY(auto stored, ledger.rollups()->rollup(record.id, audience));
    if (!stored) return std::optional<Rollup>();
    const std::int64_t documents_counted = std::exchange(stored->head.counted, 0);
    DOSSIER_TRY(const std::int64_t waiting, ledger.rollups()->documents_after(record.id, documents_counted));
    if (waiting == 0) return stored;
    if (stored->head.rules != fingerprint(catalogue)) return std::optional<Rollup>();
    DOSSIER_TRY(auto study, study_of(record, catalogue));
    CountedStudy counted(catalogue, std::move(study));
    Affected affected;
    DOSSIER_CHECK(affected.collect(ledger, counted, documents_counted, {}));
    Lines lines;
    add(lines, stored->lines, 1);
    add(lines,
        difference(counted, stored->head, affected.slots(counted, stored->head.day), affected.facts(counted.study, documents_counted),
                   affected.facts(counted.study)),
        1);
    stored->lines = lines_of(lines, [](const PlaceTotal& line) { return line.whole.expected != 0; });
    return stored;
}

} // namespace dossier::tmf
