#include "cli/regional_verdict.hpp"

#include "cli/ectd_session.hpp"
#include "core/link_free.hpp"
#include "core/path.hpp"
#include "ectd/region/region.hpp"
#include "ectd/regional_schema.hpp"
#include "templates/official_files.hpp"

namespace dossier::cli {

Result<void> add_regional_verdict(Context& context, const templates::EctdCatalogue& catalogue, const ectd::SequenceFacts& sequence,
                                  FileSystem& package, const std::string& application_folder, ectd::ValidationReport& report) {
    const auto region = ectd::make_region(sequence.region, catalogue);
    if (!region) return {}; // it is read, and not built
    for (const std::string& fact : (*region)->uncertain()) report.notes.push_back("not certain: " + fact);
    if ((*region)->schema().empty() || !sequence.regional.well_formed) return {};
    const templates::OfficialFiles official(*context.fs, standards_folders(context), catalogue.official_files);
    DOSSIER_TRY(const std::string bytes,
                read_file(*without_links(package, application_folder), path::join(application_folder, sequence.regional.path)));
    DOSSIER_TRY(const auto verdict, ectd::judge_by_schema(*context.fs, official, **region, bytes));
    ectd::add_to(report, verdict);
    return {};
}

} // namespace dossier::cli
