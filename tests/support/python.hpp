// Python as an oracle: an interpreter that has a module, or the test is skipped.
#pragma once

#include <catch2/catch.hpp>

#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

#include <string>

namespace test {

inline std::string python_with(const std::string& module) {
    for (const char* const candidate : {"python3", "/usr/bin/python3"}) // the first may be one without Debian's modules
        if (run({candidate, "-c", "import " + module}).code == 0) return candidate;
    skip("python3-" + module + " is not installed");
}

// Runs python with openpyxl as `o` and datetime as `d`; `name` is a path below the scratch folder.
inline void openpyxl(const Scratch& scratch, const std::string& script) {
    const auto ran = run({python_with("openpyxl"), "-c", "import openpyxl as o, datetime as d, sys\n" + script}, scratch.path());
    INFO(ran.err);
    REQUIRE(ran.code == 0);
}

} // namespace test
