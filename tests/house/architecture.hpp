// What the #include lines of the repository may say (docs/design.md, section 1), as a function of the files so that it can be tested
// itself.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace house {

using Sources = std::map<std::string, std::string>; // path in the repository -> content

// One line for each include that breaks a rule: "tmf/x.cpp:3: includes ectd/plan.hpp, which tmf may not know".
std::vector<std::string> check_includes(const Sources& sources);

} // namespace house
