#include "tests/support/skip.hpp"

#include <cstdio>
#include <cstdlib>

#include "core/filesystem.hpp"

namespace test {

void skip(const std::string& reason) {
    std::printf("SKIPPED: %s\n", reason.c_str());
    std::fflush(stdout);
    std::_Exit(77);
}

std::string source_folder() { return DOSSIER_SOURCE; }

std::string fonts_folder() { return DOSSIER_FONTS; }

std::string shared_or_skip(const std::string& below) {
    const std::string path = source_folder() + "/../shared/" + below;
    if (!dossier::exists(*dossier::make_disk_file_system(), path)) skip("../shared/" + below + " is not beside the repository");
    return path;
}

std::string standards_or_skip() {
    const char* folder = std::getenv("DOSSIER_STANDARDS");
    return folder && *folder ? folder : shared_or_skip("standards");
}

void tool_or_skip(const std::string& program) {
    const std::string command = "command -v " + program + " >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) skip(program + " is not installed");
}

} // namespace test
