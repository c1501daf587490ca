// Python as an oracle: an interpreter that has a module, or the test is skipped.
#pragma once

#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

#include <string>

namespace test {

inline std::string python_with(const std::string& module) {
    for (const char* const candidate : {"python3", "/usr/bin/python3"}) // the first may be one without Debian's modules
        if (run({candidate, "-c", "import " + module}).code == 0) return candidate;
    skip("python3-" + module + " is not installed");
}

} // namespace test
