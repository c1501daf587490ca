// Small additions to application.yaml: every other byte of it stays, comments too.
#pragma once

#include "core/result.hpp"
#include "ectd/sequence_number.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

// `yaml` with `key: value` (YAML of one line) first in the group that `keys` lead to. Read again afterwards: it says what it said, and
// that. unsupported, naming `what`, where the group is not there or is written in a way that is better edited by hand.
Result<std::string> with_addition(std::string_view yaml, const std::string& path, const std::vector<std::string>& keys,
                                  const std::string& key, const std::string& value, const std::string& what);

bool has_group(std::string_view yaml, const std::string& path, const std::vector<std::string>& keys);

std::string quoted(const std::string& text); // as a YAML value or key, in quotes

} // namespace dossier::ectd
