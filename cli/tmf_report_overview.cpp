// tmf report overview: what the user may see of each study. Whoever has a role in a country or at a site only has a line for that part.
#include "cli/tmf_report.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

class Overview {
public:
    Overview(Context& context, const tmf::ReportKind& kind, const ReportCommandOptions& options)
        : context_(context), kind_(kind), options_(options) {}

    Result<tmf::Report> run() {
        std::vector<std::string> studies;
        {
            DOSSIER_TRY(const auto repository, open_repository(context_, tmf::Repository::Access::read));
            DOSSIER_TRY(const auto records, repository->ledger().studies());
            for (const tmf::StudyRecord& study : records)
                if (options_.question.study.empty() || study.id == options_.question.study) studies.push_back(study.id);
            control_.emplace(*repository->control());
            is_limited_ = options_.question.study.empty() && !control_->may(context_.right, {});
        }
        if (!options_.question.study.empty() && studies.empty())
            studies.push_back(options_.question.study); // opening it says what is wrong
        DOSSIER_TRY(question_.known_at, date_option("--known-at", options_.question.days.known_at));
        DOSSIER_TRY(const auto as_of, date_option("--as-of", options_.question.days.as_of));
        question_.as_of = as_of.value_or(question_.known_at.value_or(context_.clock->now().date()));
        question_.audience = tmf::Audience::blinded;                              // of a report without lines
        for (const std::string& study : studies) DOSSIER_CHECK(add_study(study)); // one is in memory at a time
        if (reports_.size() == 1 && !options_.question.study.empty() && !is_limited_) return std::move(reports_.front());
        tmf::Report report = joined();
        if (is_limited_) report.notes.push_back(fill("Limited to what {} may see: {}.", context_.user, join(seen_, "; ")));
        return report;
    }

private:
    // Of parts of the one study that was asked for, or of all.
    tmf::Report joined() {
        const std::string& study = options_.question.study;
        if (study.empty()) return tmf::joined_overview(std::move(reports_), question_);
        tmf::Report report; // its parts have the same model and list of expected documents
        if (!reports_.empty()) report = reports_.front();
        tmf::Report rows = tmf::joined_overview(std::move(reports_), question_);
        report.kind = rows.kind;
        report.title = "Overview";
        report.study = study;
        report.question = rows.question;
        report.tables = std::move(rows.tables);
        report.figures = std::move(rows.figures);
        report.notes = std::move(rows.notes);
        return report;
    }

    Result<void> add_study(const std::string& study) {
        const std::vector<tmf::Scope> parts = control_->parts_of(context_.right, study);
        if (parts.empty() && options_.question.study.empty()) { // some role in it, none that reads reports
            is_limited_ = true;
            seen_.push_back(fill("nothing of study {}", study));
            return {};
        }
        ReportCommandOptions options = options_;
        options.question.study = study;
        auto opened = open_facts(context_, options);
        if (!opened && options_.question.study.empty() && tmf::is_not_known_then(opened.error())) {
            reports_.push_back(tmf::unknown_overview(study, question_));
            return {};
        }
        if (!opened) return opened.error();
        if (parts.empty()) return opened->session.study->require("", ""); // says what it takes
        for (const tmf::Scope& part : parts) {
            options.question.country = part.site.empty() ? part.country : "";
            options.question.site = part.site;
            is_limited_ = is_limited_ || part != tmf::Scope{study, "", ""};
            const tmf::Study& facts = opened->session.study->study;
            if ((!part.site.empty() && !facts.site(part.site)) || (!part.country.empty() && !facts.country(part.country))) {
                seen_.push_back(part.text() + ", which the study does not have"); // or did not have then
                continue;
            }
            DOSSIER_TRY(const auto question, completeness_question(context_, opened->session, options.question));
            opened->question = question_ = question;
            question_.country.clear();
            question_.site.clear();
            reports_.push_back(kind_.make(opened->facts(options)));
            seen_.push_back(part.country.empty() && part.site.empty() ? "study " + study : part.text());
        }
        return {};
    }

    Context& context_;
    const tmf::ReportKind& kind_;
    const ReportCommandOptions& options_;
    std::optional<tmf::AccessControl> control_;
    tmf::CompletenessQuestion question_; // of the report as a whole
    std::vector<tmf::Report> reports_;
    std::vector<std::string> seen_;
    bool is_limited_ = false;
};

} // namespace

Result<tmf::Report> overview_of(Context& context, const tmf::ReportKind& kind, const ReportCommandOptions& options) {
    return Overview(context, kind, options).run();
}

} // namespace dossier::cli
