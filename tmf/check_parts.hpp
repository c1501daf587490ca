// Parts of checking a repository; for check*.cpp only.
#pragma once

#include "tmf/check.hpp"

#include <map>
#include <set>
#include <string>

namespace dossier::tmf::checking {

constexpr const char* restore = "bring it back from a backup: the name is the SHA-256 of the right bytes";

// How what is wrong is called to who asked: whoever may not see every document learns that something is damaged, and not which of those it
// is about.
class Naming {
public:
    static Result<Naming> of(Repository& repository);

    bool withholds() const { return withholds_; }
    bool shows(std::int64_t document) const { return !withholds_ || visible_.count(document) > 0; }
    std::string row(const std::string& kind, const std::string& key, const std::string& document) const;
    std::string version(const std::string& id) const;
    // "document D-000099 has no version", "decision W-000001: until is ..."
    std::string problem(const std::string& text) const;

private:
    bool may_name(const std::string& kind, const std::string& id) const;
    bool withholds_ = false;
    std::set<std::int64_t> visible_; // where some are withheld
};

struct NamedObjects {                    // by the rows of versions
    std::map<Sha256, std::string> names; // one version that holds the object
    std::map<Sha256, std::uint64_t> sizes;
};

// The chain, and each row against what its last entry in the audit trail says; the objects that the rows name.
Result<NamedObjects> check_rows(Repository& repository, const CheckOptions& options, const Naming& naming, CheckReport& report);
// Labels that stand for several of the documents that the reader sees.
Result<void> check_labels(Repository& repository, CheckReport& report);
// Documents that the reader sees and that were made restricted when they had been rejected, or asked about: no damage, and told.
Result<void> check_restrictions(Repository& repository, const Naming& naming, CheckReport& report);
// Every object there, of the size that was filed; with `read_data` of the bytes that its name says.
Result<void> check_objects(Repository& repository, const CheckOptions& options, const Naming& naming, const NamedObjects& named,
                           CheckReport& report);
// What follows from a study's facts: its roll-ups counted anew; documents and decisions of a site that lie in a country where it is not.
Result<void> check_studies(Repository& repository, const CheckOptions& options, const Naming& naming, CheckReport& report);

} // namespace dossier::tmf::checking
