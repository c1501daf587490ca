// Is the repository whole? Every object there with its size (and its bytes), every row as the audit trail says, the trail unbroken, what is
// filed for a site where the site is.
#pragma once

#include "core/finding.hpp"
#include "tmf/repository.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dossier::tmf {

struct CheckOptions {
    bool read_data = false; // read every object and compare its bytes with its name
    int jobs = 2;
    std::optional<UtcTime> machine; // its clock: entries of the audit trail that are dated ahead of it are told; none: they are not
    CatalogueReader catalogue;      // to count roll-ups anew; empty: they are not checked
    std::function<void(std::size_t done, std::size_t all)> progress;
};

struct CheckReport {
    std::size_t documents = 0, versions = 0, objects = 0, rollups = 0; // roll-ups: counted anew
    std::int64_t audit_entries = 0;
    std::uint64_t bytes_read = 0;
    bool read_data = false;
    bool counts_withheld = false;  // whoever asked may not see every document: how many there are is not told
    Checkpoint head;               // of the audit trail
    std::vector<Finding> findings; // error: something is lost or was altered; info: harmless leftovers of an interrupted run
    bool sound() const;
    void add(std::string rule, std::string severity, std::string path, std::string message, std::string remedy = {});
};

Result<CheckReport> check_repository(Repository& repository, const CheckOptions& options);

// The audit trail alone, against a checkpoint of this repository when one is given. Empty = it holds.
struct TrailReport {
    std::vector<std::string> problems;
    std::vector<std::string>
        notes; // entries dated before an earlier one or ahead of the machine's clock, as --now can; the chain holds with them
    Checkpoint head;
};
Result<TrailReport> check_trail(Repository& repository, const std::optional<Checkpoint>& checkpoint,
                                const std::optional<UtcTime>& machine = std::nullopt);

Json to_json(const CheckReport& report);

} // namespace dossier::tmf
