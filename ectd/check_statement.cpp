// Checks of what application.yaml states and no file of a sequence says, against itself and against the sequences that are here.
#include "ectd/check.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

std::string entry_place(std::int64_t line, SequenceNumber number) { return line_place(line, "sequence " + number.text()); }

// Where the sequence goes against the centre of the application; where that is not stated, against where the sequence before it went.
class CenterCheck {
public:
    CenterCheck(const SequenceFacts& facts, CheckOutput& out) : facts_(facts), stated_(*facts.stated), out_(out) {}

    void run() {
        if (!stated_.problem.empty()) return out_.not_run(fill("what {} states does not count: {}", stated_.file, stated_.problem));
        const std::string application = code_of(stated_.center, "of the application");
        const auto own = stated_.centers.find(facts_.sequence->number);
        if (own == stated_.centers.end()) return say_what_to_compare(application);
        const std::string goes = code_of(own->second, "of sequence " + facts_.sequence->folder);
        if (goes.empty() || (application.empty() && !stated_.center.text.empty())) return; // not run
        if (!application.empty()) return compare(goes, application, fill("the centre of the application is {}", application), true);
        const Statement* before = nullptr;
        SequenceNumber number;
        for (const auto& [earlier, center] : stated_.centers)
            if (earlier < facts_.sequence->number) number = earlier, before = &center;
        const std::string went = before ? code_of(*before, "of sequence " + number.text()) : "";
        if (!went.empty())
            compare(goes, went, fill("sequence {} went to {}", number.text(), went), false); // an application may have moved
        else if (!before)
            out_.not_applicable(fill("{} says that the sequence goes to {}, and nothing to compare that with: state the centre of the "
                                     "application there (application: {{center: ...}})",
                                     stated_.file, goes));
    }

private:
    // As the agency calls it; empty where nothing is stated, or no centre: the rule is not run then.
    std::string code_of(const Statement& center, const std::string& whose) {
        if (center.text.empty()) return "";
        const auto code = center_code(*facts_.catalogue, facts_.region, center.text);
        if (code) return *code;
        out_.not_run(fill("{}, line {}: center {}: {} ({})", stated_.file, center.line, whose, code.error().message, code.error().remedy));
        return "";
    }

    void say_what_to_compare(const std::string& application) {
        const std::string with = application.empty() ? "the one that writes the agency's letters on this application"
                                                     : fill("{}, the centre of the application", application);
        out_.not_applicable(
            fill("{} does not say where the sequence goes (sequences: {{\"{}\": {{center: ...}}}}): before sending, compare the "
                 "centre chosen at the gateway with {}",
                 stated_.file, facts_.sequence->folder, with));
    }

    void compare(const std::string& goes, const std::string& other, const std::string& words, bool sure) {
        out_.examined();
        const SequenceNumber number = facts_.sequence->number;
        if (goes != other)
            out_.finding(stated_.file, entry_place(stated_.centers.at(number).line, number), {{"center", goes}, {"other", words}}, sure);
    }

    const SequenceFacts& facts_;
    const Statements& stated_;
    CheckOutput& out_;
};

void check_center(const SequenceFacts& facts, const Parameters&, CheckOutput& out) { CenterCheck(facts, out).run(); }

// Numbers that are stated as never used: this sequence's own, and those that it refers to.
void check_never_used(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const auto& [number, reason] : facts.stated->never_used) {
        if (number > facts.sequence->number) continue;
        out.examined();
        const std::string by = reference_to(*facts.sequence, number);
        const std::string problem = number == facts.sequence->number ? "it is here"
                                    : by.empty()                     ? ""
                                                                     : fill("{} of sequence {} refers to it", by, facts.sequence->folder);
        if (!problem.empty())
            out.finding(facts.stated->file, entry_place(reason.line, number), {{"number", number.text()}, {"problem", problem}});
    }
}

} // namespace

std::vector<Check> statement_checks() {
    return {
        {"application.center", "destination of the sequence", {}, {"center", "other"}, check_center},
        {"application.never_used", "number up to this one that is stated as never used", {}, {"number", "problem"}, check_never_used},
    };
}

} // namespace dossier::ectd
