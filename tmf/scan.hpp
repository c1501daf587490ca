// Proposals for a folder of files: what each might be in the trial master file, from its path alone. Nothing is filed. docs/scan.md says
// what counts as evidence, what the confidence means, and how often it is right.
#pragma once

#include "core/filesystem.hpp"
#include "templates/scan_words.hpp"
#include "tmf/study.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dossier::tmf {

struct Proposal {
    std::string file; // below the folder
    std::string artifact, sub_artifact, title, country, site, person, event, version, status, language;
    bool restricted = false; // the path says that it is for unblinded people, and the artifact alone does not
    OptionalDate date, expires;
    int confidence = 0;                    // 0 to 100, of artifact and place together; 0: nothing is proposed
    std::vector<std::string> why;          // the evidence, and what was left open
    std::vector<std::string> alternatives; // artifacts that it might be as well
    bool is_sure() const { return confidence >= 80; }
};

class Scanner {
public:
    // All three must outlive the scanner. `today`: later dates are not proposed.
    Scanner(const templates::TmfCatalogue& catalogue, const templates::ScanTables& tables, const Study& study, Date today);
    ~Scanner();
    Scanner(const Scanner&) = delete;
    Scanner& operator=(const Scanner&) = delete;

    Proposal propose(const std::string& path) const; // relative, '/' between folders

private:
    struct Known;
    std::unique_ptr<Known> known_;
};

// The files below `folder`, sorted bytewise by path, each as soon as its folder was read. Left out, with the reason: links, what is neither
// file nor folder, hidden files and folders, temporary and system files (~$x.docx, Thumbs.db), names that a list cannot hold.
struct LeftOut {
    std::string path, reason;
};
Result<void> each_file(FileSystem& fs, const std::string& folder, const std::function<Result<void>(const std::string&)>& use,
                       const std::function<void(const LeftOut&)>& left_out);

} // namespace dossier::tmf
