// What a signature shows and says (21 CFR 11.50): printed name, date and time with zone, meaning. The same three stand in the signature
// dictionary, under the signature, and are compared when it is verified.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <string>
#include <vector>

namespace dossier::signing {

// White space made single. Errors: usage for an empty meaning, one over 300 characters, control characters, no UTF-8.
Result<std::string> clean_meaning(const std::string& meaning);

// "Signed by: ...", "Date: 2026-11-23 07:30:00 UTC", "Meaning: ..."
std::vector<std::string> manifestation(const std::string& name, UtcTime time, const std::string& meaning);

enum class Agreement { agrees, differs, not_ours }; // not_ours: an appearance of another make, or none; nothing is said of it

// Compares what an appearance shows with the signed entries; line breaks and white space do not count.
Agreement compare_manifestation(const std::string& shown, const std::string& name, UtcTime time, const std::string& meaning);

} // namespace dossier::signing
