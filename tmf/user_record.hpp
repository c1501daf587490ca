// A user's record against what the audit trail says of it: whose certificate is it that keys are handed to?
#pragma once

#include "tmf/ledger.hpp"

#include <string>

namespace dossier::tmf {

// SHA-256 of the certificate's DER, as openssl prints it: "AB:CD:..."; empty when the text holds none.
std::string certificate_fingerprint(const std::string& pem);

struct CertificateOnRecord {
    std::string fingerprint;
    std::string by, time; // who put it on record; UTC with microseconds
    bool clock_given = false;
};

// Reads the entries about this user. `ledger` is the stored one. Errors: conflict when the record is not as the last of them left it: it
// did not come through this program, and no key may go to it.
Result<CertificateOnRecord> certificate_on_record(Ledger& ledger, const UserRecord& user);

} // namespace dossier::tmf
