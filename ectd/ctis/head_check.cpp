#include "ectd/ctis/head_check.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"

namespace dossier::ectd::ctis {

namespace {

class HeadCheck {
public:
    HeadCheck(const templates::CtisCatalogue& catalogue, const ApplicationFile& file, SequenceNumber number, const Contents* before,
              std::vector<Error>& errors)
        : catalogue_(catalogue), file_(file), number_(number), before_(before), errors_(errors) {}

    Contents run() {
        head_.application = file_.number;
        head_.sponsor = file_.applicant_name;
        head_.dossier = number_.text();
        if (head_.sponsor.empty()) complain(file_.applicant_place, "applicant: name is missing", "it is the sponsor of the trial");
        if (before_ && before_->application != file_.number)
            complain(file_.application_place,
                     fill("number: {} here, but dossier {} says {}", file_.number, before_->dossier, before_->application),
                     "correct the number, or build in the folder of the right application");
        if (!file_.trial)
            complain(file_.application_place, "there is nothing about the trial",
                     "add trial: {title: …, protocol: {…}, member_states: […]}");
        else
            read_trial(*file_.trial);
        read_submission();
        return std::move(head_);
    }

private:
    void complain(const Place& place, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), place, std::move(remedy));
    }

    void read_trial(const Trial& trial) {
        head_.trial = trial;
        if (trial.title.empty()) complain(trial.place, "trial: title is missing");
        if (trial.protocol_version.empty())
            complain(trial.protocol_place, "protocol: version is missing", "every document that names the protocol is compared with it");
        if (trial.member_states.empty())
            complain(trial.place, "member_states: no member state is named", "add member_states: [{country: DE, languages: [de]}, …]");
        std::set<std::string> countries, sites;
        for (MemberStateEntry& state : head_.trial.member_states) read_member_state(state, countries, sites);
        for (const auto& [name, place] : trial.condition_places) check_condition(name, place);
        for (const Deferral& item : trial.deferrals) check_deferral(item);
    }

    void read_member_state(MemberStateEntry& state, std::set<std::string>& countries, std::set<std::string>& sites) {
        const templates::CtisMemberState* known = catalogue_.member_state(state.country);
        if (!known) {
            std::vector<std::string> codes;
            for (const auto& item : catalogue_.member_states) codes.push_back(item.country);
            return complain(state.place, fill("{} is no member state of the EU or EEA", state.country),
                            fill("one of {}, or its code of two letters", join(codes, ", ")));
        }
        state.country = known->country;
        if (!countries.insert(state.country).second) complain(state.place, fill("{} stands there twice", state.country));
        for (const std::string& site : state.sites)
            if (site.empty() || !sites.insert(site).second)
                complain(state.place, fill("site {} stands there twice, or without a name", site),
                         "sites are numbered over the whole trial");
        for (const std::string& language : state.languages)
            if (language.size() != 2) complain(state.place, fill("{} is no language code", language), "two letters of ISO 639-1: de");
    }

    void check_condition(const std::string& name, const Place& place) {
        if (catalogue_.condition(name)) return;
        std::vector<std::string> names;
        for (const auto& item : catalogue_.conditions) names.push_back(item.name);
        const std::string near = nearest(name, names);
        complain(place, fill("there is no question {}", name), near.empty() ? "one of " + join(names, ", ") : fill("is {} meant?", near));
    }

    void check_deferral(const Deferral& item) {
        const templates::CtisDocument* kind = catalogue_.document(item.document);
        if (!kind) return complain(item.place, fill("deferral: there is no document {}", item.document), "write its code: D1");
        if (!kind->published)
            complain(item.place, fill("deferral: {} {} is not published, so there is nothing to defer", kind->code, kind->title),
                     "remove the entry");
        if (item.reason.empty()) complain(item.place, fill("deferral of {}: reason is missing", kind->code));
    }

    void read_submission() {
        const auto entry = file_.sequences.find(number_);
        if (entry == file_.sequences.end())
            return complain({file_.path}, fill("there is no entry for dossier {}", number_.text()),
                            fill("add under sequences: \"{}\": {{submission_type: …, description: …}}", number_.text()));
        head_.submission_type = entry->second.submission_type;
        head_.description = entry->second.description;
        head_.answers = entry->second.answers;
        const templates::CtisSubmission* type = catalogue_.submission(head_.submission_type);
        if (!type) return unknown_type(entry->second.place);
        if (!before_ && !type->first)
            complain(entry->second.place, fill("submission_type: {} needs a dossier before it, and there is none", type->type),
                     "the first one is initial or initial-part-1");
        if (before_ && type->first)
            complain(entry->second.place,
                     fill("submission_type: {} is the first dossier, and {} is there already", type->type, before_->dossier));
        if (type->answers && head_.answers.empty())
            complain(entry->second.place, "answers is missing: which request for information is answered", "write the portal's reference");
        head_.part_one = type->as_before && before_ ? before_->part_one : true;
        head_.part_two = type->as_before && before_ ? before_->part_two : type->two;
        head_.modification = type->modification;
    }

    void unknown_type(const Place& place) {
        std::vector<std::string> types;
        for (const auto& item : catalogue_.submissions) types.push_back(item.type);
        const std::string near = nearest(head_.submission_type, types);
        complain(place,
                 head_.submission_type.empty() ? "submission_type is missing"
                                               : fill("submission_type: {} is no kind of submission", head_.submission_type),
                 near.empty() ? "one of " + join(types, ", ") : fill("is {} meant?", near));
    }

    const templates::CtisCatalogue& catalogue_;
    const ApplicationFile& file_;
    SequenceNumber number_;
    const Contents* before_;
    std::vector<Error>& errors_;
    Contents head_;
};

} // namespace

Contents read_head(const templates::CtisCatalogue& catalogue, const ApplicationFile& file, SequenceNumber number, const Contents* before,
                   std::vector<Error>& errors) {
    return HeadCheck(catalogue, file, number, before, errors).run();
}

} // namespace dossier::ectd::ctis
