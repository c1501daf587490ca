#include "ectd/new_application.hpp"

#include "core/path.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "ectd/ctis/new_dossier.hpp"
#include "ectd/plan_rows.hpp"
#include "templates/application_numbers.hpp"
#include "templates/ctis.hpp"

namespace dossier::ectd {

namespace {

std::string application_yaml(const NewApplication& wanted, const Region& region) {
    const std::string first = region.first_sequence().text();
    return fill("# What this application is, who submits it, and what each sequence is. Empty values have to be filled in before a "
                "sequence can be built;\n"
                "# `dossier ectd plan` says which are missing.\n"
                "application:\n"
                "  region: {}\n"
                "  type: {}\n"
                "  number: \"{}\"\n"
                "  # center: cder   # or cber: the centre that writes FDA's letters on this application; validation compares where its\n"
                "                   # sequences go (dossier ectd sent --center)\n"
                "applicant:\n"
                "  id:            # DUNS number, nine digits in quotes; \"999999999\" where there is none\n"
                "  name:\n"
                "  contacts:\n"
                "    - {{type: regulatory, name: , phones: [{{type: business, number: }}], emails: []}}\n"
                "    - {{type: technical, name: , phones: [{{type: business, number: }}], emails: []}}\n"
                "sequences:\n"
                "  \"{}\":\n"
                "    submission_id: \"{}\"\n"
                "    submission_type: original-application\n"
                "    sub_type: application\n"
                "    description:\n"
                "    # form: {{type: {}, source: form-{}.pdf}}\n"
                "# studies, by the identifier that the documents use:\n"
                "# studies:\n"
                "#   STUDY-01: {{title: , categories: {{type-of-control: placebo}}}}\n",
                wanted.region, wanted.type, wanted.number, first, first, region.submission_form(wanted.type),
                region.submission_form(wanted.type));
}

std::string canadian_yaml(const NewApplication& wanted) {
    return fill("# What this application is, who submits it, and what each sequence is. Empty values have to be filled in before a "
                "sequence can be\n"
                "# built; `dossier ectd plan` says which are missing, and what of the Canadian module 1 is not certain. docs/cta.md "
                "explains the keys.\n"
                "application:\n"
                "  region: ca\n"
                "  type: cta\n"
                "  number: \"{}\"      # the dossier identifier\n"
                "  product_name:\n"
                "  dossier_type: pharmaceutical   # or biologic\n"
                "  activity_lead:        # the directorate that reviews\n"
                "applicant:\n"
                "  name:\n"
                "sequences:\n"
                "  \"0000\":\n"
                "    submission_type: cta   # cta, cta-a (amendment), cta-n (notification), pre-cta\n"
                "    submission_id: \"0000\"\n"
                "    description:\n",
                wanted.number);
}

std::string form_word(const std::string& form) { return starts_with(form, "FDA ") ? to_lower(form.substr(4)) : to_lower(form); }

// Of a section that takes no documents itself: where they go.
std::string sections_below(const std::string& number, const templates::HeadingTree& tree, bool lowest_level_only) {
    const templates::Heading* heading = tree.by_number(number);
    const bool container =
        heading && !heading->children.empty() &&
        (heading->holds == templates::Holds::nothing || (lowest_level_only && heading->holds == templates::Holds::leaves));
    if (!container) return "";
    std::vector<std::string> below;
    for (const std::size_t child : heading->children) below.push_back(tree.all()[child].number);
    return fill("write the section that fits: {} …", join(below, ", "));
}

Sheet plan_sheet(const std::vector<templates::ChecklistRow>& checklist, const std::string& type, const Region& region,
                 const templates::EctdCatalogue& catalogue) {
    Sheet sheet{"plan", {}, {}};
    for (const std::string& column : plan_columns())
        if (!is_rare_column(column)) sheet.header.push_back(column);
    for (const auto& row : checklist) {
        const std::string form = row.form.empty() ? "" : form_word(row.form);
        if (!row.original || row.section.empty() || (row.section == "1.1" && form == region.submission_form(type))) continue;
        std::map<std::string, std::string> cells{{"section", row.section}, {"title", row.item}};
        if (row.section == "1.1") cells["form_type"] = form;
        if (row.file_tags.size() == 1) cells["file_tag"] = row.file_tags.front();
        std::vector<std::string> note;
        for (const std::string& part : {row.cfr, row.check}) // what belongs there, and where that is written
            if (!part.empty()) note.push_back(part);
        if (!form.empty() && row.section != "1.1") note.push_back(row.form);
        const auto& tree = starts_with(row.section, "1.") ? region.module1() : catalogue.ctd;
        const std::string below = sections_below(row.section, tree, region.lowest_level_only());
        cells["note"] = join(note, ": ") + (below.empty() || note.empty() ? "" : "; ") + below;
        std::vector<SheetCell> line;
        for (const std::string& column : sheet.header) line.emplace_back(cells[column]);
        sheet.rows.push_back(std::move(line));
    }
    return sheet;
}

struct Draft {
    std::string yaml;
    Sheet plan;
};

Result<Draft> draft_of(const templates::Source& source, const templates::EctdCatalogue& catalogue, const NewApplication& wanted) {
    if (wanted.region == "eu" && wanted.type == "cta") {
        DOSSIER_TRY(const auto ctis, templates::read_ctis_catalogue(source));
        DOSSIER_TRY(auto draft, ctis::draft_dossier(ctis, wanted.number, wanted.countries));
        return Draft{std::move(draft.yaml), std::move(draft.plan)};
    }
    if (!wanted.countries.empty())
        return Error(ErrorKind::usage, "--country is for clinical trial applications in the EU", {}, "leave it out");
    DOSSIER_TRY(const auto region, make_region(wanted.region, catalogue));
    const bool canadian = wanted.region == "ca" && wanted.type == "cta";
    if (!canadian && (wanted.region != "us" || (wanted.type != "ind" && wanted.type != "nda")))
        return Error(wanted.region == "us" ? ErrorKind::usage : ErrorKind::unsupported,
                     fill("there is no check list for type {} of region {}", wanted.type, wanted.region), {},
                     "us: ind, nda; ca: cta; eu: cta");
    DOSSIER_TRY(const auto checklist, templates::read_checklist(source, canadian ? "ca-cta" : wanted.type));
    if (canadian) return Draft{canadian_yaml(wanted), plan_sheet(checklist, wanted.type, *region, catalogue)};
    return Draft{application_yaml(wanted, *region), plan_sheet(checklist, wanted.type, *region, catalogue)};
}

} // namespace

Result<NewApplicationResult> write_new_application(FileSystem& fs, const templates::Source& source,
                                                   const templates::EctdCatalogue& catalogue, const NewApplication& wanted) {
    DOSSIER_TRY(const auto forms, templates::read_number_forms(source));
    if (const auto fits = templates::check_number_form(forms, wanted.region, wanted.type, wanted.number); !fits)
        return Error(ErrorKind::usage, "--number " + fits.error().message, {}, fits.error().remedy);
    DOSSIER_TRY(const Draft draft, draft_of(source, catalogue, wanted));
    NewApplicationResult result;
    result.application_file = path::join(wanted.folder, "application.yaml");
    result.plan_file = path::join(wanted.folder, "plan.csv");
    for (const std::string& name : {result.application_file, result.plan_file, path::join(wanted.folder, "plan.xlsx")})
        if (exists(fs, name))
            return Error(ErrorKind::conflict, "it is there already; nothing was changed", {name}, "choose another folder");
    result.rows = static_cast<std::int64_t>(draft.plan.rows.size());
    DOSSIER_CHECK(fs.create_folders(wanted.folder));
    DOSSIER_CHECK(write_file_durably(fs, result.application_file, draft.yaml));
    DOSSIER_CHECK(write_file_durably(fs, result.plan_file, to_csv(draft.plan)));
    return result;
}

} // namespace dossier::ectd
