#include "ectd/application_view.hpp"

#include "core/path.hpp"
#include "ectd/facts.hpp"

namespace dossier::ectd {

Result<ApplicationView> make_application_view(FileSystem& fs, const Application& application, const Lifecycle& lifecycle,
                                              const templates::EctdCatalogue& catalogue) {
    ApplicationView view;
    view.tree = make_view_tree(application, catalogue);
    view.studies = find_studies(application, lifecycle, catalogue);
    view.activities = find_activities(application);
    DOSSIER_TRY(const LeafFiles found, find_leaf_files(fs, application));
    const Statements stated = read_statements(fs, path::join(application.folder, "application.yaml"));
    view.findings = find_reading_findings(application, lifecycle, stated, view.activities, found.leaves);
    for (const LeafFact& fact : found.leaves)
        if (fact.state == HrefState::present) view.files.emplace(fact.leaf, fact.file());
    return view;
}

} // namespace dossier::ectd
