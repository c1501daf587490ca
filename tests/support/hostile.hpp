// Files made to hurt whoever reads them: PDFs, XML. Each one says what an honest reader makes of it.
#pragma once

#include <string>
#include <vector>

namespace test {

struct HostileFile {
    std::string name, bytes;
    std::string verdict; // "read": facts; "damaged": facts, with the damage; "refused": invalid; "beyond": more than is read; "stopped":
                         // time, memory or a crash; "any": one of these
};

std::vector<HostileFile> hostile_pdfs();
HostileFile hostile_pdf(const std::string& name); // one of them
std::vector<HostileFile> hostile_xml();

// zlib data that inflates to `pattern` again and again, `size` bytes of it; `layers` times, each the data of the one before.
std::string deflated(const std::string& pattern, std::size_t size);
std::string bomb(std::size_t size); // deflated twice

} // namespace test
