// Paths as text: UTF-8, '/' between parts. Lexical only, nothing here touches the disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier::path {

std::string join(std::string_view folder, std::string_view name); // an absolute name wins
std::string parent(std::string_view path);                        // "a/b/c" -> "a/b", "a" -> ""
std::string file_name(std::string_view path);                     // last part
std::string extension(std::string_view path);                     // without the dot, as written; "" when none
bool is_absolute(std::string_view path);
std::vector<std::string> parts(std::string_view path); // without empty and "." parts; ".." is kept

// Resolves "." and ".." lexically. A path that climbs above its start keeps its leading "..".
std::string normalise(std::string_view path);

// Path of `target` seen from the folder `from`, both relative to the same start and normalised: ("m1/us", "m2/a.pdf") -> "../../m2/a.pdf".
std::string relative(std::string_view from, std::string_view target);

// True for what lies somewhere below the folder, both normalised; "" and "/" are the start itself.
bool is_below(std::string_view path, std::string_view folder);

// True for a relative path that stays inside its start and holds no NUL, backslash, drive letter or control character.
bool is_inside(std::string_view path);

} // namespace dossier::path
