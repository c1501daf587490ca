// Looks into the files of a submission: what is known from an earlier run, and for the rest worker processes. Inside ectd/*facts*.cpp and
// ectd/ctis/facts.cpp only.
#pragma once

#include "ectd/content_cache.hpp"
#include "ectd/content_facts.hpp"

#include <set>
#include <string>
#include <vector>

namespace dossier::ectd::content {

class Work {
public:
    // Forks: while the process has one thread.
    Work(const ContentOptions& options, int jobs);

    // Files below `root` that were hashed; those of types that nobody looks into get their type alone.
    void look_into(FileSystem& fs, const std::string& root, std::vector<const FileFact*> files, ContentFacts& facts);
    // What the schema says of a regional file, which messages call `name`; nothing of it is kept.
    SchemaFact judge(FileSystem& fs, const std::string& file, const std::string& name, const SchemaText& schema);
    void finish(ContentFacts& facts); // what the workers lack; keeps what was read

private:
    bool know(const FileFact& file, ContentFact& fact);
    void take(const FileFact& file, WorkOutcome outcome, ContentFact& fact);

    std::set<ContentType> leave_out_;
    WorkerPool pool_;
    Cache cache_;
};

} // namespace dossier::ectd::content
