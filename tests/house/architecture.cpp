#include "tests/house/architecture.hpp"

#include <algorithm>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"

namespace house {

namespace {

using dossier::ends_with;
using dossier::fill;
using dossier::starts_with;

// Room -> rooms whose headers it may include, itself among them.
const std::map<std::string, std::set<std::string>> arrows = {
    {"core", {"core"}},
    {"templates", {"templates", "core"}},
    {"tmf", {"tmf", "templates", "core"}},
    {"ectd", {"ectd", "templates", "core"}},
    {"signing", {"signing", "core"}},
    {"cli", {"cli", "tmf", "ectd", "signing", "templates", "core"}},
    {"samples", {"samples", "tmf", "ectd", "signing", "templates", "core"}},
    {"bench", {"bench", "cli", "tmf", "ectd", "signing", "templates", "core"}},
    {"tests", {"tests", "samples", "cli", "tmf", "ectd", "signing", "templates", "core"}},
};

// A library's headers -> the files that are its door; '*' stands for any text without '/'.
struct Door {
    std::string prefix;
    std::vector<std::string> files;
};
const std::vector<Door> doors = {
    {"libxml/", {"core/xml*.cpp", "cli/xslt*.cpp"}}, // libxslt speaks in libxml2's documents
    {"libxslt/", {"cli/xslt*.cpp"}},
    {"zip.h", {"core/zip*.cpp"}},
    {"archive.h", {"core/archive*.cpp"}},
    {"archive_entry.h", {"core/archive*.cpp"}},
    {"yaml-cpp/", {"core/yaml*.cpp"}},
    {"nlohmann/", {"core/json*.cpp"}},
    {"fmt/", {"core/text*.cpp"}},
    {"boost/filesystem", {"core/filesystem*.cpp"}},
    {"qpdf/", {"core/pdf*.cpp"}},
    {"podofo/", {"core/pdf*.cpp"}},
    {"seccomp.h", {"core/sandbox*.cpp"}},
    {"xlsxwriter", {"core/table*.cpp"}},
    {"openssl/", {"core/digest*.cpp", "signing/*.cpp", "bench/*.cpp"}},
    {"sqlite3.h", {"tmf/ledger*.cpp", "tmf/sqlite*.cpp"}},
    {"CLI/", {"cli/parser.cpp", "cli/parser_errors.cpp"}},
    {"catch2/", {"tests/*/*.cpp", "tests/*/*.hpp"}},
};

const std::vector<std::string> system_headers = {"dirent.h", "fcntl.h", "grp.h",   "iconv.h",  "immintrin.h", "linux/",    "malloc.h",
                                                 "poll.h",   "pwd.h",   "sched.h", "signal.h", "sys/",        "termios.h", "unistd.h"};

bool matches(std::string_view pattern, std::string_view path) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == path;
    if (!starts_with(path, pattern.substr(0, star))) return false;
    for (std::size_t end = star; end <= path.size(); ++end) {
        if (matches(pattern.substr(star + 1), path.substr(end))) return true;
        if (end < path.size() && path[end] == '/') return false;
    }
    return false;
}

std::string room_of(const std::string& path) { return path.substr(0, path.find('/')); }

struct Include {
    std::string target;
    bool is_ours = false; // in quotes
};

bool read_include(std::string_view line, Include& include) {
    line = dossier::trim(line);
    if (!starts_with(line, "#")) return false;
    line = dossier::trim(line.substr(1));
    if (!starts_with(line, "include")) return false;
    line = dossier::trim(line.substr(7));
    if (line.empty() || (line.front() != '"' && line.front() != '<')) return false;
    include.is_ours = line.front() == '"';
    include.target = line.substr(1, line.find(include.is_ours ? '"' : '>', 1) - 1);
    return true;
}

std::string fault_of_ours(const std::string& path, const std::string& target, const Sources& sources) {
    if (sources.count(target) == 0) return fill("includes {}, which is no file of the repository (write its path from the root)", target);
    if (ends_with(target, ".cpp")) return fill("includes {}, a source file", target);
    const auto allowed = arrows.find(room_of(path));
    if (allowed == arrows.end()) return fill("lies in no known room");
    if (allowed->second.count(room_of(target)) > 0) return "";
    return fill("includes {}, which {} may not know", target, room_of(path));
}

std::string fault_of_theirs(const std::string& path, const std::string& target) {
    if (target.find_first_of("./") == std::string::npos) return ""; // the C++ library
    const bool is_header = !ends_with(path, ".cpp");
    for (const Door& door : doors) {
        if (!starts_with(target, door.prefix)) continue;
        for (const std::string& file : door.files)
            if (matches(file, path)) return "";
        return is_header ? fill("includes <{}>: outside headers belong in .cpp files", target)
                         : fill("includes <{}>, whose door is {}", target, dossier::join(door.files, " or "));
    }
    for (const std::string& header : system_headers)
        if (starts_with(target, header)) return is_header ? fill("includes <{}>: outside headers belong in .cpp files", target) : "";
    return fill("includes <{}>, a library without a door in tests/house/architecture.cpp", target);
}

} // namespace

std::vector<std::string> check_includes(const Sources& sources) {
    std::vector<std::string> faults;
    for (const auto& [path, content] : sources) {
        int number = 0;
        for (const std::string& line : dossier::split(content, '\n')) {
            ++number;
            Include include;
            if (!read_include(line, include)) continue;
            const std::string fault =
                include.is_ours ? fault_of_ours(path, include.target, sources) : fault_of_theirs(path, include.target);
            if (!fault.empty()) faults.push_back(fill("{}:{}: {}", path, number, fault));
        }
    }
    return faults;
}

} // namespace house
