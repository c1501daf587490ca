#include "bench/workbench.hpp"

#include <cstdio>

#include "core/text.hpp"
#include "tmf/study_apply.hpp"

namespace bench {

using namespace dossier;
using namespace dossier::tmf;

Sizes Sizes::tiny() { return {"tiny", 6, 2, 200, 5, 1}; }
Sizes Sizes::fifth() { return {"a fifth", 1000, 40, 50'000, 500, 5}; }
Sizes Sizes::full() { return {"full", 5000, 199, 250'000, 500, 5}; }

Author author() { return {"bench", parse_time(std::string(present_day) + "T12:00:00Z").value(), false}; }

Change study_change(const Study& study) {
    Change change;
    change.action = "study_applied";
    change.study = change.object = study.id;
    change.study_record = StudyRecord{study.id, study.model, to_json(study).dump(-1)};
    return change;
}

std::vector<Change> filing_changes(const std::vector<MadeDocument>& documents, std::size_t first, std::size_t last) {
    std::vector<Change> changes;
    for (std::size_t i = first; i < std::min(last, documents.size()); ++i) {
        Change change;
        change.action = "document_filed";
        change.study = documents[i].document.study;
        change.object = document_id(documents[i].document.number) + "@1";
        change.document = documents[i].document;
        change.version = documents[i].version;
        changes.push_back(std::move(change));
    }
    return changes;
}

void make_repository(const Workbench& bench, const std::string& folder, int big_sites, int studies) {
    constexpr std::size_t batch = 5000;
    require(Repository::create(bench.disk, folder, author()));
    const auto repository = require(Repository::open(bench.disk, folder, Repository::Access::write));
    std::int64_t last = 0;
    for (int number = 0; number <= studies; ++number) {
        const Study study =
            make_study(bench.catalogue, number == 0 ? big_study : fill("S{:03}", number), number == 0 ? big_sites : small_sites);
        require(repository->ledger().commit(author(), {study_change(study)}));
        const auto documents = make_documents(bench.catalogue, study, 50, last);
        for (std::size_t at = 0; at < documents.size(); at += batch)
            require(repository->ledger().commit(author(), filing_changes(documents, at, at + batch)));
        last += static_cast<std::int64_t>(documents.size());
    }
    std::fprintf(stderr, "%s\n", fill("made {}: {} studies, {} documents", folder, studies + 1, last).c_str());
}

} // namespace bench
