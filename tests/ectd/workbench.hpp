// An application in memory: write a plan, plan it, build it, look at what is current.
#pragma once

#include "ectd/build.hpp"
#include "ectd/lifecycle.hpp"
#include "ectd/plan.hpp"

#include <memory>
#include <string>
#include <vector>

namespace test {

class Workbench {
public:
    Workbench();
    void write(const std::string& path, const std::string& bytes); // below the application folder; replaces
    std::string read(const std::string& path) const;
    void bring(const std::string& source, const dossier::ectd::Content& content); // what a trial master file would answer
    void set_application(const std::string& yaml) { yaml_ = yaml; }

    dossier::Result<dossier::ectd::Plan> plan(const std::string& csv, int sequence, bool delta = false, std::int64_t allow_deletes = 5);
    dossier::Result<dossier::ectd::BuildResult> build(const std::string& csv, int sequence, bool delta = false, bool rebuild = false);
    dossier::ectd::Application history() const;
    // "operation section title" of every operation, in order.
    static std::vector<std::string> lines(const dossier::ectd::Plan& plan);
    // "section title path" of every current leaf of index.xml and the regional file (no STF, no regional leaf), sorted.
    std::vector<std::string> current() const;

    std::shared_ptr<dossier::FileSystem> fs;
    bool only_shows = false; // plans are made as ectd plan makes them, not as ectd build does
    dossier::templates::EctdCatalogue catalogue;

private:
    std::string yaml_;
    std::unique_ptr<dossier::ectd::Region> region_;
    std::unique_ptr<dossier::ectd::ContentSource> source_;
};

// What the tests look at: words in a text, a plan's error ("" where there is none), its notes, one in each line.
bool has(const std::string& text, const std::string& words);
std::string error_of(const dossier::Result<dossier::ectd::Plan>& plan);
std::string notes_of(const dossier::ectd::Plan& plan);
// With a.pdf to d.pdf, each of other bytes.
Workbench with_documents();

} // namespace test
