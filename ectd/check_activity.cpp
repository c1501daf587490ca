// Checks of regulatory activities, as module 1 of the United States tells them: by the sequence that opened one.
#include "ectd/check.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "ectd/grouped_applications.hpp"

namespace dossier::ectd {

namespace {

// The number of the sequence that opened the regulatory activity: four digits, not above the one that this sequence has in the application.
void check_activity(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const GroupedApplication& application : applications_of(facts)) {
        const std::optional<SequenceNumber> own = application.number(facts);
        for (const FieldFact* field : application.fields_of(parameters.text("field"))) {
            out.examined();
            const auto number = SequenceNumber::parse(field->value);
            const bool is_later = number && own && *number > *own;
            if (number && !is_later) continue;
            const std::string later =
                application.holds_files ? "is later than this sequence" : "is later than the sequence number of this application";
            out.finding(facts.regional.path, line_place(field->line, field->name),
                        {{"value", "\"" + field->value + "\""}, {"problem", is_later ? later : "is not four digits"}});
        }
    }
}

// The sequence that the first submission-id names, where it is an earlier one; with the reason when it cannot be looked at.
const Sequence* opening_sequence(const SequenceFacts& facts, CheckOutput& out) {
    const auto number = SequenceNumber::parse(facts.sequence->envelope.submission_id);
    if (!number || *number >= facts.sequence->number) return nullptr;
    const Sequence* opening = facts.earlier(*number);
    if (!opening)
        out.not_run(fill("sequence {}, which opened the regulatory activity, is not here", number->text()));
    else if (!opening->regional.is_read())
        out.not_run(
            fill("the regional file of sequence {}, which opened the regulatory activity, is not there or cannot be read", number->text()));
    return opening && opening->regional.is_read() ? opening : nullptr;
}

// Of the application that holds the files: the facts of the activity are its own.
std::int64_t line_of(const SequenceFacts& facts, const char* field) {
    for (const GroupedApplication& application : applications_of(facts))
        if (application.holds_files)
            if (const FieldFact* found = application.field(field)) return found->line;
    return 0;
}

bool is_before_version_3(const Sequence& sequence) { return starts_with(sequence.regional.dtd_version, "2."); }

// Why a sequence opened no activity; empty where it did. Before version 3 a sequence names the one that opened its activity as related
// sequence, and the opening one names none; since then as submission-id, which is the opening one's own number.
std::string why_not_opened(const Sequence& sequence) {
    const Envelope& envelope = sequence.envelope;
    if (!envelope.submission_id.empty())
        return envelope.submission_id == sequence.number.text() ? "" : "its own submission id is " + envelope.submission_id;
    for (const std::string& related : envelope.related_sequences)
        if (four_digits(related) != sequence.number.text()) return "its related sequence is " + related;
    return is_before_version_3(sequence) ? "" : "it has no submission id";
}

void check_opened(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const Sequence* opening = opening_sequence(facts, out);
    if (!opening) return;
    out.examined();
    if (const std::string says = why_not_opened(*opening); !says.empty())
        out.finding(facts.regional.path, line_place(line_of(facts, "submission-id"), "submission-id"),
                    {{"opening", opening->number.text()}, {"says", says}});
}

// The code of the type that a sequence says. Before version 3 it is a word, that of the code's name: labeling-supplement. Empty: no code
// has that name.
std::string type_code_of(const Sequence& sequence, const templates::EctdCatalogue& catalogue) {
    const std::string& type = sequence.envelope.submission_type;
    if (!is_before_version_3(sequence)) return type;
    const auto codes = catalogue.code_lists.find("submission-type");
    if (codes == catalogue.code_lists.end()) return "";
    for (const templates::Code& code : codes->second) {
        std::string word = to_lower(code.display);
        std::replace(word.begin(), word.end(), ' ', '-');
        if (word == type) return code.code;
    }
    return "";
}

void check_activity_type(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    const Sequence* opening = opening_sequence(facts, out);
    if (!opening) return;
    const std::string first = type_code_of(*opening, *facts.catalogue), &now = facts.sequence->envelope.submission_type;
    if (first.empty() && is_before_version_3(*opening)) return; // a type that there is no more
    out.examined();
    if (first != now)
        out.finding(facts.regional.path, line_place(line_of(facts, "submission-id"), "submission-id@submission-type"),
                    {{"opening", opening->number.text()}, {"first", opening->envelope.submission_type}, {"now", now}});
}

// From `first`, which this sequence is related to, along related sequences back to this one: the shortest way, both ends named. Empty where
// no way leads back; with the reason where one cannot be followed.
std::vector<std::string> circle_through(const SequenceFacts& facts, SequenceNumber first, CheckOutput& out) {
    const SequenceNumber own = facts.sequence->number;
    std::map<SequenceNumber, SequenceNumber> named_by{{first, own}};
    std::vector<SequenceNumber> open{first};
    for (std::size_t at = 0; at < open.size(); ++at) {
        const SequenceNumber number = open[at];
        if (number == own) {
            std::vector<std::string> circle{own.text()};
            for (SequenceNumber step = named_by.at(own); step != own; step = named_by.at(step)) circle.push_back(step.text());
            circle.push_back(own.text());
            return {circle.rbegin(), circle.rend()};
        }
        const Sequence* sequence = facts.earlier(number);
        if (!sequence || !sequence->regional.is_read()) {
            out.not_run(fill("sequence {} is {}: whether the related sequences lead back from there cannot be told", number.text(),
                             number > own          ? "later than this one"
                             : sequence == nullptr ? "not here"
                                                   : "here without a module 1 that can be read"));
            continue;
        }
        for (const std::string& related : sequence->envelope.related_sequences)
            if (const auto next = SequenceNumber::parse(four_digits(related)); next && named_by.emplace(*next, number).second)
                open.push_back(*next);
    }
    return {};
}

// A circle that this sequence is part of. One that it only leads to is said of the sequences that form it.
void check_circle(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const FieldFact* field : facts.fields_of(parameters.text("field"))) {
        out.examined();
        const auto number = SequenceNumber::parse(four_digits(field->value));
        if (!number) continue; // names no sequence
        const std::vector<std::string> circle = circle_through(facts, *number, out);
        if (circle.empty()) continue;
        const bool is_itself = *number == facts.sequence->number; // whether that is meant by a circle is not published
        out.finding(facts.regional.path, line_place(field->line, field->name),
                    {{"problem",
                      is_itself ? "the sequence is related to itself" : "the related sequences lead in a circle: " + join(circle, ", ")}},
                    !is_itself);
    }
}

} // namespace

std::vector<Check> activity_checks() {
    const char* const activity = "continued regulatory activity";
    const ParameterSpec field{"field", ParameterKind::text, true};
    return {
        {"activity.number", "such field in the regional file", {field}, {"value", "problem"}, check_activity},
        {"activity.opened", activity, {}, {"opening", "says"}, check_opened},
        {"activity.circle", "related sequence", {field}, {"problem"}, check_circle},
        {"activity.type", activity, {}, {"opening", "first", "now"}, check_activity_type},
    };
}

} // namespace dossier::ectd
