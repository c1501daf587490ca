#include "cli/regional_verdict.hpp"

#include <map>
#include <memory>

#include "cli/ectd_session.hpp"
#include "ectd/region/region.hpp"
#include "ectd/regional_schema.hpp"
#include "templates/official_files.hpp"

namespace dossier::cli {

namespace {

using Schema = Result<std::optional<ectd::SchemaText>>;

Schema find(const Context& context, const templates::EctdCatalogue& catalogue, const std::string& region_name) {
    const auto region = ectd::make_region(region_name, catalogue);
    if (!region || (*region)->schema().empty()) return std::optional<ectd::SchemaText>();
    const templates::OfficialFiles official(*context.fs, standards_folders(context), catalogue.official_files);
    return ectd::find_schema(*context.fs, official, **region);
}

} // namespace

std::function<Schema(const std::string&)> schema_finder(const Context& context, const templates::EctdCatalogue& catalogue) {
    const auto known = std::make_shared<std::map<std::string, Schema>>();
    return [&context, &catalogue, known](const std::string& region) {
        const auto found = known->find(region);
        return found != known->end() ? found->second : known->emplace(region, find(context, catalogue, region)).first->second;
    };
}

void add_regional_verdict(const templates::EctdCatalogue& catalogue, const ectd::SequenceFacts& sequence, ectd::ValidationReport& report) {
    const auto region = ectd::make_region(sequence.region, catalogue);
    if (!region) return; // it is read, and not built
    for (const std::string& fact : (*region)->uncertain()) report.notes.push_back("not certain: " + fact);
    if (sequence.regional.well_formed) ectd::add_to(report, ectd::verdict_of(**region, sequence.schema));
}

} // namespace dossier::cli
