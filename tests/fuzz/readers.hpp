// What reads bytes that strangers wrote, one function a format: for coverage-guided fuzzing (fuzzer.cpp, the preset `fuzz`) and for the
// inputs it found once, which the ordinary suite reads again (replay_test.cpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

struct Reader {
    std::string name;
    void (*read)(std::string_view bytes); // ends the process where the program promises something and does not keep it
};

const std::vector<Reader>& readers();

} // namespace fuzz
