// Tests that need what may not be there: they end the process with code 77, which ctest reports as "Skipped".
#pragma once

#include <string>

namespace test {

[[noreturn]] void skip(const std::string& reason);

std::string source_folder();                          // of the repository
std::string fonts_folder();                           // of the fonts that the build found
std::string shared_or_skip(const std::string& below); // ../shared/<below> beside the repository, or skip
std::string standards_or_skip();                      // DOSSIER_STANDARDS, or ../shared/standards, or skip
void tool_or_skip(const std::string& program);        // a program on PATH, or skip

} // namespace test
