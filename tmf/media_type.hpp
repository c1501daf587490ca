#pragma once

#include <string>
#include <string_view>

namespace dossier::tmf {

// What a file is, from its first bytes (at least 16 where there are as many) and, among formats that share them, its name.
std::string media_type(std::string_view head, std::string_view file_name);

} // namespace dossier::tmf
