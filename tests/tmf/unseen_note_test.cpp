// Reports that lack what their reader may not see say so, in words that hold whether there is any or not.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Reports : Program { // ann has every role and the key, bob none
    std::string by(const std::string& who, const char* kind, const Texts& more = {}) {
        Texts arguments{"tmf", "report", "S", kind};
        arguments.insert(arguments.end(), more.begin(), more.end());
        user = who;
        const std::string text = require(arguments);
        user = "ann";
        return text;
    }
};

const char* const kinds[] = {"queries", "timeliness", "duplicates", "quality", "submissions"};
const std::string blinded = "Documents that may unblind are not part of this report for bob.";

} // namespace

TEST_CASE("reports on documents say to whom has no unblinded role what they lack, and nothing of whether there is any") {
    Reports p;
    for (const char* kind : kinds) {
        INFO(kind);
        const std::string before = p.by("bob", kind);
        CHECK(has(before, blinded));
        CHECK(has(p.by("bob", kind, {"--format", "html"}), blinded));
        CHECK(has(p.by("bob", kind, {"--json"}), '"' + blinded + '"'));
        CHECK(has(p.by("bob", kind, {"--known-at", "2025-10-01"}), blinded));
        for (const Texts& form : {Texts{}, Texts{"--audience", "blinded"}}) CHECK_FALSE(has(p.by("ann", kind, form), "not part of"));
    }
    std::vector<std::string> before;
    for (const char* kind : kinds) before.push_back(p.by("bob", kind));
    for (const char* file : {"files/a.txt", "files/b.txt"})
        p.require({"tmf", "file", file, "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--status", "final"});
    p.require({"tmf", "query", "open", "D-000001", "--text", "canary"});
    p.require({"tmf", "review", "D-000002", "--accept", "--comment", "canary"});
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(p.by("bob", kinds[i]) == before[i]);
}

TEST_CASE("after unblinding reports on documents say what stays with the unblinded") {
    Reports p;
    p.require({"milestone", "set", "S", "S11", "2025-09-30"});
    const auto lacks = [&p](const char* kind) {
        const std::string text = p.by("bob", kind);
        CHECK_FALSE(has(text, blinded));
        CHECK_FALSE(has(p.by("ann", kind), "not part of"));
        const std::size_t end = text.find(" not part of this report for bob.");
        REQUIRE(end != std::string::npos);
        const std::size_t start = text.rfind('\n', end) + 1;
        return text.substr(start, end - start);
    };
    CHECK(lacks("queries") == "Queries about documents that may unblind are");
    CHECK(lacks("timeliness") == "Titles of documents that may unblind are");
    CHECK(lacks("duplicates") == "Copies of documents that may unblind, whose bytes are sealed, are");
    CHECK(lacks("quality") == "Titles and checks of documents that may unblind are");
    CHECK(lacks("submissions") == "Leaves of documents that may unblind are");
}

TEST_CASE("who is unblinded at a site only is told so in a report of the whole study, and not in one of his site") {
    Reports p;
    p.user = "bob";
    p.scratch.write("bob.pem", p.require({"user", "key"}));
    p.user = "ann";
    p.require({"user", "add", "bob", "--role", "unblinded", "--study", "S", "--site", "701", "--cert", "bob.pem"});
    p.require({"user", "add", "bob", "--role", "auditor"});
    CHECK(has(p.by("bob", "queries"), blinded));
    CHECK_FALSE(has(p.by("bob", "queries", {"--site", "701"}), "not part of"));
    CHECK(has(p.by("bob", "queries", {"--site", "0702"}), blinded));
}
