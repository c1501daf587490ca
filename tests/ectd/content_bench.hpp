// Files in memory, looked into by worker processes.
#pragma once

#include "ectd/content_facts.hpp"

#include <map>
#include <string>

namespace test {

using Files = std::map<std::string, std::string>; // path -> bytes

struct LookOptions {
    int jobs = 2;
    dossier::ectd::ContentOptions content;
};

dossier::ectd::ContentFacts look_into(const Files& files, const LookOptions& options = {});

// One line about each file: its path, and every fact of it as bytes.
std::map<std::string, std::string> as_bytes(const dossier::ectd::ContentFacts& facts);

} // namespace test
