// Documents of made-up applications: as long as asked for, no two equal.
#pragma once

#include <cstdint>
#include <string>

namespace bench {

// What a plan and a validation that leaves PDFs out look at: a PDF's first and last lines, a whole SAS transport file of one data set, a
// well-formed XML document. By the ending of `name`. `filling`: any bytes, some of them, `at`: where to begin in them.
std::string document_bytes(const std::string& name, std::size_t size, const std::string& filling, std::size_t at);

} // namespace bench
