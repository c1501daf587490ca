#include "ectd/activity.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

std::vector<std::string> numbers_of(const Sequence& sequence, const std::string& region) {
    const Envelope& envelope = sequence.envelope;
    if (!envelope.submission_id.empty()) return {four_digits(envelope.submission_id)};
    // EU module 1 guide: of an initial unit and of a reformat the related sequence is its own number.
    const bool opens = region == "eu" && (envelope.submission_sub_type == "initial" || envelope.submission_sub_type == "reformat");
    if (opens || envelope.related_sequences.empty()) return {sequence.number.text()};
    std::vector<std::string> numbers;
    for (const std::string& related : envelope.related_sequences) numbers.push_back(four_digits(related));
    return numbers;
}

} // namespace

std::vector<Activity> find_activities(const Application& application) {
    std::vector<Activity> activities;
    for (const Sequence& sequence : application.sequences)
        for (const std::string& number : numbers_of(sequence, application.region)) {
            auto found = std::find_if(activities.begin(), activities.end(), [&](const Activity& one) { return one.number == number; });
            if (found == activities.end()) found = activities.insert(activities.end(), {number, "", {}, false});
            if (found->type.empty()) found->type = sequence.envelope.submission_type;
            found->sequences.push_back(sequence.number);
            if (sequence.number.text() == number) found->opening_is_here = true;
        }
    std::stable_sort(activities.begin(), activities.end(), [](const Activity& a, const Activity& b) { return a.number < b.number; });
    return activities;
}

} // namespace dossier::ectd
