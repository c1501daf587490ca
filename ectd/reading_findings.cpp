#include "ectd/reading_findings.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"
#include "ectd/history_check.hpp"

namespace dossier::ectd {

namespace {

class Search {
public:
    Search(const Application& application, const Lifecycle& lifecycle, const Statements& stated, const std::vector<Activity>& activities,
           const std::vector<LeafFact>& files)
        : application_(application), lifecycle_(lifecycle), stated_(stated), activities_(activities), files_(files) {}

    std::vector<ReadingFinding> run() {
        add_numbers();
        for (const Sequence& sequence : application_.sequences) add_sequence(sequence);
        add_versions();
        for (const Activity& activity : activities_) add_activity(activity);
        add_targets();
        add_appendices();
        add_files();
        for (const auto& [at, stf] : lifecycle_.stfs) add_study_files(*stf);
        std::stable_sort(found_.begin(), found_.end(),
                         [](const ReadingFinding& a, const ReadingFinding& b) { return a.sequence < b.sequence; });
        return std::move(found_);
    }

private:
    void add(std::string kind, std::optional<SequenceNumber> sequence, const Leaf* leaf, std::string message) {
        found_.push_back({std::move(kind), sequence, leaf, std::move(message)});
    }

    // Sequences that leaves refer to are missing; other numbers between the first and the last may never have been used.
    void add_numbers() {
        for (const MissingSequence& missing : missing_sequences(application_, lifecycle_)) {
            missing_.insert(missing.number.value());
            add("missing-sequence", std::nullopt, nullptr,
                fill("sequence {} is not in the folder, and {} modifies a leaf of it: what the application contains is not known",
                     missing.number.text(), missing.named_by->at.text()));
        }
        const std::map<SequenceNumber, Statement> never_used = numbers_never_used(stated_, application_);
        for (std::size_t i = 1; i < application_.sequences.size(); ++i) {
            int from = application_.sequences[i - 1].number.value() + 1;
            const int end = application_.sequences[i].number.value();
            for (int number = from; number < end; ++number) {
                const auto stated = never_used.find(SequenceNumber(number));
                if (stated == never_used.end()) continue;
                add_unused(from, number - 1);
                add("unused-number", std::nullopt, nullptr,
                    fill("{} was never used, says {}: {}", stated->first.text(), stated_.file, stated->second.text));
                from = number + 1;
            }
            add_unused(from, end - 1);
        }
    }

    void add_unused(int from, int to) {
        if (from > to || (from == to && missing_.count(from))) return;
        const std::string numbers = SequenceNumber(from).text() + (from == to ? "" : " to " + SequenceNumber(to).text());
        add("unused-number", std::nullopt, nullptr,
            fill("{} {} not in the folder: never sent, or missing here", numbers, std::string_view(from == to ? "is" : "are")));
    }

    void add_sequence(const Sequence& sequence) {
        for (const Error& problem : sequence.problems) add("unreadable", sequence.number, nullptr, to_text(problem));
        if (!sequence.index.present) add("missing-backbone", sequence.number, nullptr, "there is no index.xml");
        if (!sequence.regional.present) add("missing-backbone", sequence.number, nullptr, "there is no regional file of a region we know");
        const std::string number = four_digits(sequence.envelope.sequence_number);
        if (!number.empty() && number != sequence.number.text())
            add("envelope", sequence.number, nullptr, fill("the envelope says sequence {}, the folder {}", number, sequence.number.text()));
        const std::string& application = sequence.envelope.application_number;
        if (application.empty()) return;
        if (application_number_.empty()) application_number_ = application;
        if (application != application_number_)
            add("envelope", sequence.number, nullptr,
                fill("the envelope says application {}, earlier ones {}", application, application_number_));
    }

    // Module 1 of another version than our tables: most headings are the same, and that is not known of each.
    void add_versions() {
        static const std::map<std::string, std::string> ours{{"us", "3.3"}, {"eu", "3.1"}, {"ca", "2.2"}};
        std::map<std::string, std::vector<std::string>> others; // version -> sequences
        const auto known = ours.find(application_.region);
        if (known == ours.end()) return;
        for (const Sequence& sequence : application_.sequences)
            if (!sequence.regional.version.empty() && sequence.regional.version != known->second)
                others[sequence.regional.version].push_back(sequence.folder);
        for (const auto& [version, sequences] : others)
            add("other-version", std::nullopt, nullptr,
                fill("module 1 is of version {} in {}: its headings are named by the tables of version {}, and by the words in their "
                     "elements where those do not have them",
                     version, join(sequences, ", "), known->second));
    }

    void add_activity(const Activity& activity) {
        if (!activity.opening_is_here)
            add("envelope", activity.sequences.front(), nullptr,
                fill("belongs to the regulatory activity that sequence {} opened, and that is not in the folder", activity.number));
    }

    void add_targets() {
        for (const LifecycleProblem& problem : lifecycle_.problems) {
            std::string message = fill("{}: {}", problem_words(problem.problem), problem.leaf->modified_file);
            if (problem.ended_by)
                message += fill(" ({} by {})", std::string_view(problem.ended_by->operation == "delete" ? "deleted" : "replaced"),
                                problem.ended_by->at.text());
            add("dead-target", problem.leaf->at.sequence, problem.leaf, std::move(message));
        }
    }

    // An appendix outlives what it was appended to, and nobody sees that from itself.
    void add_appendices() {
        for (const LeafHistory* item : lifecycle_.in_order) {
            if (!is_current(item->state) || item->leaf->operation != "append" || !item->target) continue;
            const auto base = lifecycle_.leaves.find(item->target->at);
            if (base == lifecycle_.leaves.end() || is_current(base->second.state)) continue;
            const Leaf* by = base->second.ended_by;
            add("lone-appendix", item->leaf->at.sequence, item->leaf,
                fill("what it was appended to, {}, is {}{}: delete or replace it too, if it went with that", item->target->at.text(),
                     std::string_view(base->second.state == LeafState::deleted ? "deleted" : "replaced"),
                     by ? " by " + by->at.text() : ""));
        }
    }

    void add_files() {
        for (const LeafFact& fact : files_) {
            const Leaf& leaf = *fact.leaf;
            const auto missing = [&](std::string message) { add("missing-file", leaf.at.sequence, &leaf, std::move(message)); };
            if (fact.state == HrefState::missing) missing("the file is not there");
            if (fact.state == HrefState::unreadable) missing(fill("the file lies in a folder that cannot be read: {}", fact.file()));
            if (fact.state == HrefState::no_sequence) missing(fill("the file lies in a sequence that is not there: {}", fact.file()));
            if (fact.state == HrefState::other_case) missing(fill("only a file with other letter case is there: {}", fact.file()));
            if (fact.state == HrefState::outside) missing(fill("leads out of the application: {}", leaf.href()));
            if (fact.state == HrefState::none && leaf.operation != "delete") missing("names no file");
        }
    }

    void add_study_files(const Stf& stf) {
        for (const StfContent& content : stf.contents)
            if (lifecycle_.leaves.count(content.leaf) == 0)
                add("study-file", stf.leaf.sequence, application_.find(stf.leaf),
                    fill("study {}: names a leaf that is not there: {}", stf.study_id, content.href));
    }

    const Application& application_;
    const Lifecycle& lifecycle_;
    const Statements& stated_;
    const std::vector<Activity>& activities_;
    const std::vector<LeafFact>& files_;
    std::set<int> missing_;
    std::string application_number_;
    std::vector<ReadingFinding> found_;
};

} // namespace

std::vector<ReadingFinding> find_reading_findings(const Application& application, const Lifecycle& lifecycle, const Statements& stated,
                                                  const std::vector<Activity>& activities, const std::vector<LeafFact>& files) {
    return Search(application, lifecycle, stated, activities, files).run();
}

} // namespace dossier::ectd
