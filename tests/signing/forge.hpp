// Signed PDFs that our program would not make: other people's, broken ones, attacks.
#pragma once

#include <string>
#include <vector>

namespace test {

struct Forgery {
    std::string name = "Carl Ångström", reason = "Approval"; // of the dictionary
    std::vector<std::string> shown;                          // of the appearance; empty: invisible
    std::string replaced, by;                                // in the document before it is signed: equally long
    std::string sub_filter = "ETSI.CAdES.detached";
    std::vector<std::string> cms = {"-cades",   "-signer",   "carl.crt",   "-inkey",
                                    "carl.key", "-certfile", "issuing.crt"}; // options of `openssl cms -sign`
};

// Our increment, with a CMS that the openssl program makes over the signed bytes.
std::string forge(const std::string& pdf, const Forgery& forgery = {});

// The place of the first /Contents string: positions of '<' and after '>'.
struct Gap {
    std::size_t start = 0, end = 0;
};
Gap gap_of(const std::string& pdf, std::size_t index = 0);

// Appends a revision in the classic style with these objects; the trailer of the source's form goes on.
std::string tamper(const std::string& pdf, const std::vector<std::pair<int, std::string>>& objects);

} // namespace test
