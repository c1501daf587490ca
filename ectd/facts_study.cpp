// Studies as their tagging files tell them, and what speaks against a whole history.
#include "ectd/facts_internal.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/stf_reader.hpp"

namespace dossier::ectd::facts {

namespace {

StudyFact& study_of(std::vector<StudyFact>& studies, const std::string& id) {
    const auto found = std::find_if(studies.begin(), studies.end(), [&](const StudyFact& study) { return study.id == id; });
    if (found != studies.end()) return *found;
    studies.emplace_back();
    studies.back().id = id;
    return studies.back();
}

} // namespace

void add_studies(SequenceFacts& facts) {
    for (const Sequence& sequence : facts.application->sequences) {
        if (sequence.number > facts.sequence->number) break;
        for (const Stf& stf : sequence.stfs) {
            StudyFact& study = study_of(facts.studies, stf.study_id);
            study.stfs.push_back(&stf);
            study.in_sequence = study.in_sequence || sequence.number == facts.sequence->number;
            for (const StfContent& content : stf.contents) {
                StudyFile file{&stf, &content, nullptr, false};
                const auto found = facts.lifecycle->leaves.find(content.leaf);
                if (found != facts.lifecycle->leaves.end() && content.leaf.sequence <= facts.sequence->number) {
                    file.leaf = found->second.leaf;
                    file.current = facts.is_current(found->second);
                }
                const auto& repeated = facts.lifecycle->repeated;
                study.is_ambiguous = study.is_ambiguous || std::any_of(repeated.begin(), repeated.end(),
                                                                       [&](const Leaf* leaf) { return leaf->at == content.leaf; });
                study.files.push_back(file);
            }
        }
    }
}

namespace {

// What a worker process has read.
TrialSummaryFact trial_summary_of(const ContentFact& content) {
    TrialSummaryFact fact;
    fact.present = true;
    if (content.unknown != Unknown::nothing)
        fact.problem = content.reason;
    else if (!content.xpt)
        fact.problem = fill("not a SAS transport file of version 5: it begins like {}", std::string_view(to_text(content.type)));
    else if (content.xpt->members.empty() || (!content.xpt->problem.empty() && content.xpt->members.size() == 1))
        fact.problem = "not a SAS transport file of version 5: " + content.xpt->problem;
    else if (!has_trial_summary(*content.xpt))
        fact.problem = "it does not have the columns STUDYID, TSPARMCD and TSVAL";
    else
        fact.rows = content.trial_summary;
    return fact;
}

} // namespace

void find_misnamed_stfs(FileSystem& fs, const std::string& root, SequenceFacts& facts) {
    const auto is_one = [](const FileFact& file) { // by its DOCTYPE or its root element
        return file.start.find("ich-stf-v") != std::string::npos || file.start.find("<ectd:study") != std::string::npos;
    };
    std::uint64_t together = 0;
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        if (leaf.operation == "delete" || fact.state != HrefState::present || is_stf_leaf(leaf) || !is_one(*fact.found)) continue;
        if (leaf.at.file != "index.xml" || (together += fact.found->size) > stf_bytes_together) continue;
        const std::string path = path::join(root, fact.file());
        const auto bytes = read_file(fs, path);
        auto stf = bytes ? read_stf(*bytes, leaf, path) : Result<Stf>(bytes.error());
        if (stf) facts.misnamed_stfs.push_back(std::move(*stf)); // else it is one more XML file that cannot be read
    }
}

std::vector<const Leaf*> trial_summaries_of(const SequenceFacts& facts) {
    std::vector<const Leaf*> found;
    for (const StudyFact& study : facts.studies)
        for (const StudyFile& file : study.files)
            if (study.in_sequence && file.current && path::file_name(file.leaf->path) == "ts.xpt") found.push_back(file.leaf);
    return found;
}

void read_trial_summaries(SequenceFacts& facts) {
    for (const Leaf* leaf : trial_summaries_of(facts)) {
        const ContentFact* const content = facts.content ? facts.content->find(leaf->path) : nullptr;
        TrialSummaryFact& fact = facts.trial_summaries[leaf->path];
        if (content) fact = trial_summary_of(*content);
    }
}

std::string find_history_gap(const SequenceFacts& facts) {
    const SequenceNumber own = facts.sequence->number;
    auto gap = [&](SequenceNumber number) { return number < own && !facts.earlier(number); };
    auto missing = [](SequenceNumber number) { return fill("sequence {} is referred to and is not here", number.text()); };
    for (const Leaf& leaf : facts.sequence->leaves) {
        const auto target = resolve_target(leaf.modified_file, own, leaf.at.file);
        if (target && gap(target->sequence)) return missing(target->sequence);
    }
    for (const LeafFact& leaf : facts.leaves)
        if (leaf.state == HrefState::unreadable && !starts_with(leaf.file(), own.text() + "/"))
            return fill("a folder of sequence {} cannot be read", leaf.file().substr(0, 4));
        else if (leaf.state == HrefState::no_sequence)
            return missing(*SequenceNumber::parse(leaf.file().substr(0, 4)));
    for (const Stf& stf : facts.sequence->stfs)
        for (const StfContent& content : stf.contents)
            if (!content.leaf.id.empty() && gap(content.leaf.sequence)) return missing(content.leaf.sequence);
    bool any = false;
    for (const Sequence& sequence : facts.application->sequences) {
        if (sequence.number >= own) break;
        any = true;
        if (!sequence.index.is_read()) return fill("the index.xml of sequence {} is not there or cannot be read", sequence.number.text());
        if (facts.region != "unknown" && !sequence.regional.present)
            return fill("the regional file of sequence {} is not there or cannot be read", sequence.number.text());
        if (!sequence.problems.empty())
            return fill("sequence {} cannot be read whole: {}", sequence.number.text(), sequence.problems.front().message);
    }
    int first = 1; // 0000 is not every region's
    while (facts.never_used->count(SequenceNumber(first)) > 0) ++first;
    if (!any && own.value() > first) return fill("no sequence before {} is here", own.text());
    return "";
}

} // namespace dossier::ectd::facts
