// What runs out within the next days, whose it is, which slot opens again, and whether it has been replaced already.
#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"
#include "tmf/matching.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

// The last day a document counts for a rule; none when it does not run out.
OptionalDate last_day(const DocumentFacts& document, const templates::Validity& validity) {
    if (validity.kind == templates::Validity::Kind::document_expires) return document.expires;
    if (validity.kind == templates::Validity::Kind::years && document.date) return document.date->plus_years(validity.years);
    return std::nullopt;
}

struct Expiry {
    Date last;
    const DocumentFacts* document = nullptr;
    const Slot* slot = nullptr;
    const char* replaced = "no";
};

class Expiries {
public:
    // All of it must outlive the result.
    Expiries(const ReportFacts& facts, const std::vector<DocumentFacts>& documents, const CompletenessReport& completeness)
        : facts_(facts), dates_(facts.study),
          expectations_(facts.catalogue, facts.study, dates_, {facts.question.as_of, facts.question.today}),
          matching_(facts.study, expectations_, documents, facts.question.audience) {
        for (const CompletenessRow& row : completeness.rows)
            if (row.state != SlotState::waived) owed_.insert(row.slot);
    }

    // Of slots that the question shows and no decision takes out; the soonest first.
    std::vector<Expiry> find(const std::vector<Slot>& slots) {
        for (const Slot& slot : slots) {
            const auto kind = slot.rule->validity.kind;
            const bool runs_out = kind == templates::Validity::Kind::years || kind == templates::Validity::Kind::document_expires;
            if (runs_out && owed_.count(slot.identity()) > 0) look_at(slot);
        }
        std::stable_sort(found_.begin(), found_.end(), [](const Expiry& a, const Expiry& b) { return a.last < b.last; });
        return std::move(found_);
    }

private:
    void look_at(const Slot& slot) {
        const Date as_of = facts_.question.as_of;
        std::vector<Expiry> good;
        bool pending = false;
        matching_.each_match(slot, [&](const DocumentFacts& document) {
            const Standing standing = matching_.standing(document, slot, as_of);
            pending = pending || standing == Standing::pending;
            const Date last = last_day(document, slot.rule->validity).value_or(Date::from_days(1'000'000'000));
            if (standing == Standing::good) good.push_back({last, &document, &slot});
            return true;
        });
        for (Expiry expiry : good) {
            if (expiry.last < as_of || expiry.last > as_of.plus_days(facts_.options.within_days)) continue;
            if (slot.clock_end && *slot.clock_end <= expiry.last) continue; // the duty ends first
            std::set<std::string> later;
            for (const Expiry& other : good)
                if (other.last > expiry.last) later.insert(other.document->document);
            expiry.replaced = later.size() >= static_cast<std::size_t>(slot.rule->count) ? "yes" : pending ? "in_review" : "no";
            found_.push_back(expiry);
        }
    }

    const ReportFacts& facts_;
    MilestoneDates dates_;
    Expectations expectations_; // of the same places as the slots
    Matching matching_;
    std::set<std::string> owed_;
    std::vector<Expiry> found_;
};

std::string bucket_of(std::int64_t days) { return days <= 30 ? "30" : days <= 60 ? "60" : days <= 90 ? "90" : "later"; }

ReportTable expiring_table() {
    return {"expiring",
            "Running out",
            {{"last_day", "Last day", ColumnKind::date},
             {"days_left", "Days left", ColumnKind::number},
             {"bucket", "Within"},
             {"replaced", "Replaced"},
             {"document", "Document"},
             {"title", "Title"},
             {"date", "Date", ColumnKind::date},
             {"artifact", "Artifact"},
             {"name", "Name"},
             {"country", "Country"},
             {"site", "Site"},
             {"person", "Whose"},
             {"event", "Event"},
             {"slot", "Slot that opens again"},
             {"rule", "Rule"},
             {"basis", "Basis"},
             {"confidence", "Confidence"}},
            {},
            "One row for each slot that a document fills now. Its last day counts; the slot opens on the day after. Replaced: enough other "
            "documents count longer (yes), one is received and not final or accepted (in_review), or none (no)."};
}

} // namespace

Report expiring_report(const ReportFacts& facts) {
    Report report = start_report("expiring", "Running out soon", facts);
    report.settings = {{"within_days", facts.options.within_days}};
    const std::vector<DocumentFacts> documents = document_facts(facts);
    const CompletenessReport completeness = completeness_of(facts);
    const MilestoneDates dates(facts.study);
    const std::vector<Slot> slots = make_slots(facts.catalogue, facts.study, dates, {facts.question.as_of, facts.question.today});
    std::map<std::string, std::string> titles; // of the newest version, by document
    for (const StoredDocument* stored : documents_in_scope(facts))
        if (!stored->versions.empty()) titles[document_id(stored->document.number)] = stored->versions.back().title;
    const PersonNames people(facts.study);
    ReportTable table = expiring_table();
    std::map<std::string, std::int64_t> buckets;
    std::int64_t replaced = 0;
    for (const Expiry& expiry : Expiries(facts, documents, completeness).find(slots)) {
        const Slot& slot = *expiry.slot;
        const std::int64_t days = expiry.last.days() - facts.question.as_of.days();
        ++buckets[bucket_of(days)];
        if (expiry.replaced == std::string_view("yes")) ++replaced;
        table.rows.push_back({expiry.last, days, bucket_of(days), expiry.replaced, expiry.document->document,
                              titles[expiry.document->document], day_cell(expiry.document->date), slot.rule->artifact, slot.rule->name,
                              slot.country, slot.site, people.of(slot.person), slot.event, slot.identity(), slot.rule->id, slot.rule->basis,
                              slot.rule->confidence});
    }
    // A bucket ends where the days asked for end; one that lies beyond them was not looked at.
    const std::int64_t looked = facts.options.within_days;
    const auto bucket = [&](const char* key, const std::string& name, std::int64_t first, std::int64_t last) {
        const std::string made_of = "rows of expiring with bucket " + name;
        if (first > looked)
            return ReportFigure{key,
                                last > first ? fill("In {} to {} days", first, last) : fill("From {} days on", first),
                                {},
                                "",
                                fill("none, beyond --within {}", looked)};
        last = std::min(last, looked);
        const std::string label = first == 0 ? fill("Within {} days", last) : fill("In {} to {} days", first, last);
        return ReportFigure{key, label, number_cell(buckets[name]), "", made_of};
    };
    report.figures = {
        bucket("within_30", "30", 0, 30),
        bucket("within_60", "60", 31, 60),
        bucket("within_90", "90", 61, 90),
        bucket("later", "later", 91, looked),
        {"replaced", "Of all these, replaced already", number_cell(replaced), "", "rows of expiring with replaced yes"},
    };
    report.tables = {std::move(table)};
    return report;
}

} // namespace dossier::tmf
