#include "templates/us_submissions.hpp"

#include <algorithm>

#include "templates/row_reader.hpp"

namespace dossier::templates {

const SubmissionUse* find_use(const std::vector<SubmissionUse>& uses, const std::string& code, SubmissionUse::Says says) {
    const auto found =
        std::find_if(uses.begin(), uses.end(), [&](const SubmissionUse& use) { return use.code == code && use.says == says; });
    return found == uses.end() ? nullptr : &*found;
}

const SubmissionUse* find_refusal(const std::vector<SubmissionUse>& uses, const std::string& submission_type,
                                  const std::string& application_type) {
    const SubmissionUse* use = find_use(uses, submission_type, SubmissionUse::Says::not_with);
    if (!use) return nullptr;
    const auto& refused = use->application_types;
    return std::find(refused.begin(), refused.end(), application_type) == refused.end() ? nullptr : use;
}

Result<std::vector<SubmissionUse>> read_submission_uses(const Source& source) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("ectd/us-submissions.tsv", {"code", "says", "application_types", "basis", "confidence"}));
    std::vector<SubmissionUse> uses;
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        SubmissionUse use;
        use.code = row.text("code");
        const std::string says = row.one_of("says", {"not_with", "opens", "continues"});
        use.says = says == "opens"       ? SubmissionUse::Says::opens
                   : says == "continues" ? SubmissionUse::Says::continues
                                         : SubmissionUse::Says::not_with;
        use.application_types = row.list("application_types");
        use.basis = row.text("basis");
        use.confidence = row.one_of("confidence", {"official", "secondary", "unverified"});
        if (use.application_types.empty() == (use.says == SubmissionUse::Says::not_with))
            row.fail("application_types", "not_with names application types, nothing else does");
        if (row.error()) return *row.error();
        uses.push_back(std::move(use));
    }
    return uses;
}

} // namespace dossier::templates
