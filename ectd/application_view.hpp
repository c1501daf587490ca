// Everything that `ectd view` shows of an application that was read: headings, studies, regulatory activities, findings of reading.
#pragma once

#include "ectd/activity.hpp"
#include "ectd/lifecycle.hpp"
#include "ectd/reading_findings.hpp"
#include "ectd/view_study.hpp"
#include "ectd/view_tree.hpp"

namespace dossier::ectd {

struct ApplicationView { // points into the application and its lifecycle
    ViewTree tree;
    std::vector<ViewStudy> studies;
    std::vector<Activity> activities;
    std::vector<ReadingFinding> findings;
    std::unordered_map<const Leaf*, std::string> files; // as stored, below the application folder; only of leaves whose file is there
};

// An error only when a sequence folder cannot be listed.
Result<ApplicationView> make_application_view(FileSystem& fs, const Application& application, const Lifecycle& lifecycle,
                                              const templates::EctdCatalogue& catalogue);

} // namespace dossier::ectd
