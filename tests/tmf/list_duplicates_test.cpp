// `tmf list --duplicates`: documents whose bytes are those of another one, and nothing that the reader may not see.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

std::string listed(const Program& p, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"tmf", "list", "--duplicates"});
    const Json json = p.json(more);
    std::vector<std::string> ids;
    for (const Json& document : json.find("documents")->items()) ids.push_back(document.find("id")->text().substr(7));
    return join(ids, " ");
}

} // namespace

TEST_CASE("list duplicates: twins stand together behind the one filed first, versions of one document are no twins") {
    Program p;
    CHECK(listed(p).empty());
    p.import("file,artifact,title,site,document,version,status\n"
             "files/a.txt,02.01.02,One,,,,final\n"       // 1
             "files/b.txt,05.02.04,Two,701,,,final\n"    // 2
             "files/c.txt,01.01.01,Three,,V,1.0,final\n" // 3, first version
             "files/d.txt,01.01.01,Three,,V,2.0,final\n" // 3, second
             "files/b.txt,05.02.12,Four,701,,,final\n"   // 4: bytes of 2
             "files/a.txt,01.01.08,Five,,,,final\n"      // 5: bytes of 1
             "files/c.txt,05.02.18,Six,0702,,,final\n"); // 6: bytes of the first version of 3
    CHECK(listed(p) == "1 5 2 4 3 6");
    CHECK(listed(p, {"--study", "S", "--site", "701"}) == "2 4"); // both ends lie there
    CHECK(listed(p, {"--site", "0702"}).empty());                 // its twin lies elsewhere
    const std::string csv = p.require({"tmf", "list", "--duplicates", "--format", "csv"});
    CHECK(csv.find("D-000001,1,final,02.01.02") < csv.find("D-000005,1,final,01.01.08"));
    CHECK(p.require({"tmf", "list", "--duplicates"}).find("6 documents\n") != std::string::npos);
    // The same bytes as a new version of the document itself.
    Program q;
    q.import("file,artifact,document,version,status\nfiles/a.txt,02.01.02,P,1.0,final\nfiles/a.txt,02.01.02,P,2.0,final\n");
    CHECK(listed(q).empty());
}

TEST_CASE("list duplicates: a restricted twin is one for who holds the key only") {
    Program p;
    p.import("file,artifact,title,site,status,restricted\nfiles/a.txt,02.01.02,Open,,final,\n");
    p.import("file,artifact,title,site,status,restricted\nfiles/a.txt,01.03.03,Closed,,final,yes\n");
    CHECK(listed(p) == "1 2");
    p.require({"user", "add", "bob", "--role", "reviewer"});
    p.user = "bob";
    CHECK(listed(p).empty());
}
