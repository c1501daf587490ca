// Pictures and documents of Office of some hundred bytes, made byte by byte as the standards lay them out.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace test {

std::string png();                // 3 x 2 pixels, grey; checksums as Python's zlib gives them
std::string jpeg();               // 5 x 4; a thumbnail with an end of its own, an escaped FF and a restart in its data
std::string gif();                // 1 x 1, a table of two colours, a comment
std::string tiff(bool low_first); // 7 x 1 in one strip of 7 bytes

// A compound file ([MS-CFB]) of streams (name, start) of 4096 bytes each.
std::string compound(const std::vector<std::pair<std::string, std::string>>& streams);
std::string word(bool encrypted);  // how a stream WordDocument starts
std::string excel(bool encrypted); // how a stream Workbook starts

} // namespace test
