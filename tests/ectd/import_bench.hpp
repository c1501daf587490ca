// Two sequences of a US application to be taken over, and the program that does it.
#pragma once

#include <catch2/catch.hpp>

#include "core/time.hpp"
#include "tests/support/run.hpp"

#include <string>
#include <vector>

namespace test {

inline const dossier::Date today = *dossier::parse_date("2026-06-01");

// Two sequences of a US application, built by the program; below `scratch`/from/123456.
struct ImportBench {
    Scratch scratch;
    ImportBench() {
        scratch.write(
            "from/123456/application.yaml",
            "application: {region: us, type: ind, number: \"123456\"}\n"
            "applicant: {id: \"999999999\", name: \"M: \\\"quoted\\\"\", contacts: [{type: regulatory, name: R. Person, phones: [{type: "
            "business, number: \"+1 202\"}, {type: fax, number: \"2\"}], emails: [r@example.org]}]}\n"
            "sequences:\n  \"0001\": {submission_id: \"0001\", submission_type: original-application, sub_type: application}\n"
            "  \"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment, description: "
            "Answers}\n");
        build("a", "section,title,source\n2.2,A,a.pdf\n2.5,B,b.pdf\n");
        build("better a", "section,title,source\n2.2,A,a.pdf\n2.5,B,b.pdf\n");
        REQUIRE(run({"rm", scratch / "from/123456/application.yaml", scratch / "from/123456/plan.csv", scratch / "from/123456/a.pdf",
                     scratch / "from/123456/b.pdf"})
                    .code == 0);
    }
    void build(const std::string& text, const std::string& plan) const {
        scratch.write("from/123456/a.pdf", "%PDF-1.4\n" + text + "\nstartxref\n0\n%%EOF\n");
        scratch.write("from/123456/b.pdf", "%PDF-1.4\nb\nstartxref\n0\n%%EOF\n");
        scratch.write("from/123456/plan.csv", plan);
        const Run built = dossier({"ectd", "build", "from/123456"});
        INFO(built.err);
        REQUIRE(built.code == 0);
    }
    Run dossier(std::vector<std::string> words) const {
        words.insert(words.begin(), {"--now", "2026-06-01T12:00:00Z"});
        return test::dossier(words, scratch.path());
    }
    Run import(const std::string& path, const std::string& to = "app") const { return dossier({"ectd", "import", path, "--to", to}); }
    bool same(const std::string& a, const std::string& b) const { return run({"diff", "-r", scratch / a, scratch / b}).code == 0; }
    // Packs with Python, independent of ours: `code` adds to the archive z.
    void zip(const std::string& name, const std::string& code) const {
        const Run run = test::run({"python3", "-B", "-c",
                                   "import zipfile, os\n"
                                   "def tree(z, folder, under):\n"
                                   "    for at, _, files in os.walk(folder):\n"
                                   "        for f in files:\n"
                                   "            p = os.path.join(at, f)\n"
                                   "            z.write(p, under + os.path.relpath(p, folder))\n"
                                   "z = zipfile.ZipFile('" +
                                       name + "', 'w', zipfile.ZIP_DEFLATED)\n" + code + "\nz.close()\n"},
                                  scratch.path());
        INFO(run.err);
        REQUIRE(run.code == 0);
    }
    bool app_is_empty() const { return run({"sh", "-c", "test -z \"$(ls -A app 2>/dev/null)\""}, scratch.path()).code == 0; }
};

} // namespace test
