#include "ectd/ctis/new_dossier.hpp"

#include "core/text.hpp"
#include "ectd/ctis/contents.hpp"
#include "ectd/ctis/plan_rows.hpp"

namespace dossier::ectd::ctis {

namespace {

using States = std::vector<const templates::CtisMemberState*>;

std::string application_yaml(const templates::CtisCatalogue& catalogue, const std::string& number, const States& states) {
    std::string yaml =
        fill("# What this application is, who sponsors the trial, and what each dossier is. Empty values have to be filled in before a\n"
             "# dossier can be built; `dossier ectd plan` says which are missing. docs/cta.md explains the keys.\n"
             "application: {{region: eu, type: cta, number: \"{}\"}}\n"
             "applicant:\n"
             "  name:            # the sponsor\n"
             "trial:\n"
             "  title:\n"
             "  protocol: {{number: , version: }}   # the version that every document is about\n"
             "  member_states:   # languages: each of them is needed; left out, one of the state's will do\n",
             number);
    if (states.empty()) yaml += "    # - {country: DE, languages: [de], sites: []}\n";
    for (const auto* state : states)
        yaml += fill("    - {{country: {}, {}sites: []}}\n", state->country,
                     state->languages.size() == 1 ? fill("languages: [{}], ", state->languages.front()) : std::string());
    yaml += "  conditions:      # yes or no; some documents depend on them\n";
    for (const auto& condition : catalogue.conditions) yaml += fill("    {}:  # {}\n", condition.name, condition.question);
    return yaml + "  # deferrals of publication:\n"
                  "  # deferrals:\n"
                  "  #   - {document: D1, until: 2031-01-31, reason: }\n"
                  "sequences:\n"
                  "  \"0001\":\n"
                  "    submission_type: initial\n"
                  "    description:\n";
}

std::string note_of(const templates::CtisCatalogue& catalogue, const templates::CtisDocument& kind) {
    std::vector<std::string> parts;
    if (const auto* condition = catalogue.condition(kind.when)) parts.push_back(fill("only if: {} ({})", condition->question, kind.when));
    if (!kind.note.empty()) parts.push_back(kind.note);
    if (kind.published)
        parts.push_back("published: what must stay confidential gets a row not-for-publication and a redacted twin, or a reason");
    if (kind.per == templates::CtisPer::site) parts.push_back("one row for each site");
    if (kind.confidence == "unverified") parts.push_back("to be verified");
    return join(parts, "; ");
}

class PlanDraft {
public:
    PlanDraft(const templates::CtisCatalogue& catalogue, const States& states) : catalogue_(catalogue), states_(states) {}

    Sheet run() {
        for (const templates::CtisDocument& kind : catalogue_.documents) {
            if (!kind.upload || kind.part == templates::CtisPart::modification) continue;
            const bool of_states = kind.per != templates::CtisPer::trial || kind.languages == templates::CtisLanguages::member_state;
            if (!of_states || states_.empty())
                add(kind, nullptr);
            else
                for (const auto* state : states_) add(kind, state);
        }
        return std::move(sheet_);
    }

private:
    void add(const templates::CtisDocument& kind, const templates::CtisMemberState* state) {
        const bool of_state = kind.languages == templates::CtisLanguages::member_state;
        const std::string language = kind.languages == templates::CtisLanguages::english ? "en"
                                     : of_state && state && state->languages.size() == 1 ? state->languages.front()
                                                                                         : "";
        std::map<std::string, std::string> cells{{"section", kind.code},
                                                 {"title", kind.title},
                                                 {"country", state ? state->country : ""},
                                                 {"language", language},
                                                 {"publication", kind.published ? for_publication : not_for_publication},
                                                 {"note", note_of(catalogue_, kind)}};
        std::vector<SheetCell> line;
        for (const std::string& column : sheet_.header) line.emplace_back(cells[column]);
        sheet_.rows.push_back(std::move(line));
    }

    const templates::CtisCatalogue& catalogue_;
    const States& states_;
    Sheet sheet_{"plan", row_columns(), {}};
};

} // namespace

Result<NewDossier> draft_dossier(const templates::CtisCatalogue& catalogue, const std::string& number,
                                 const std::vector<std::string>& countries) {
    States states;
    for (const std::string& country : countries) {
        const auto* state = catalogue.member_state(country);
        if (!state)
            return Error(ErrorKind::usage, fill("--country {} is no member state of the EU or EEA", country), {},
                         "write its code: DE or DEU");
        states.push_back(state);
    }
    return NewDossier{application_yaml(catalogue, number, states), PlanDraft(catalogue, states).run()};
}

} // namespace dossier::ectd::ctis
