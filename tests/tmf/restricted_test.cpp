// Restricted documents: sealed on the disk, and not there for whoever is blinded.
#include <catch2/catch.hpp>

#include "core/digest.hpp"
#include "core/filesystem.hpp"
#include "core/path.hpp"
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// ann made the repository and holds its key; bob has the folder and no key.
struct Blinding : Program {
    Blinding() {
        scratch.write("files/canary-file.txt", "canary-content: kit 17 is active\n");
        require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final",
                 "--title", "Open protocol"});
    }
    std::string file_canary(const std::string& by, const std::string& file = "files/canary-file.txt") {
        return as(by, {"tmf", "file", file, "--study", "S", "--artifact", "10.03.01", "--date", "2025-02-01", "--status", "final",
                       "--restricted", "yes", "--title", "canary-title", "--document", "canary-word", "--version", "canary-label"});
    }
    std::string as(const std::string& who, std::vector<std::string> arguments, int code = 0, std::string* errors = nullptr) {
        user = who;
        const test::Run result = run(std::move(arguments));
        user = "ann";
        INFO(result.out + result.err);
        CHECK(result.code == code);
        if (errors) *errors = result.err;
        return result.out;
    }
    std::string refused_to(const std::string& who, std::vector<std::string> arguments) {
        std::string errors;
        CHECK(as(who, std::move(arguments), 3, &errors).empty());
        return errors;
    }
    // Every file of the repository that holds the text, its name included.
    std::vector<std::string> files_with(const std::string& text) const {
        const auto disk = make_disk_file_system();
        std::vector<std::string> found;
        const auto tree = list_tree(*disk, scratch / "repo");
        REQUIRE(tree);
        for (const TreeEntry& entry : *tree)
            if (has(entry.path, text) || (entry.kind == FileKind::file && has(scratch.read("repo/" + entry.path), text)))
                found.push_back(entry.path);
        return found;
    }
};

} // namespace

TEST_CASE("a document that is filed open is never taken for one that was to be sealed") {
    const Program p;
    const std::vector<std::string> file{"tmf",    "file",       "files/a.txt", "--study", "S",       "--artifact", "10.03.01",
                                        "--date", "2025-02-01", "--status",    "final",   "--title", "Output"};
    p.require(file);
    std::vector<std::string> sealed = file;
    sealed.insert(sealed.end(), {"--restricted", "yes"});
    CHECK(has(p.refused(sealed), "it is filed already as D-000001, open to all. Mend: dossier tmf reindex D-000001 --restricted yes"));
    p.scratch.write("LIST.csv", "file,artifact,date,status,restricted\nfiles/b.txt,10.03.01,2025-02-01,final,\n"
                                "files/b.txt,10.03.01,2025-02-01,final,yes\n");
    CHECK(has(p.refused({"tmf", "import", "LIST.csv", "--study", "S"}),
              "row 3, column restricted: row 2 files the same document open to all"));
    CHECK_FALSE(has(p.require({"tmf", "list"}), "D-000002")); // nothing of the list was filed
    p.require({"tmf", "reindex", "D-000001", "--restricted", "yes", "--reason", "names the arm"});
    CHECK(has(p.require(sealed), "was filed already"));
}

TEST_CASE("a restricted record that is kept elsewhere is filed once, although the ledger has its pointer sealed") {
    const Program p;
    const std::vector<std::string> file{
        "tmf",        "file",    "--study",  "S",        "--artifact", "11.02.03",  "--date",
        "2025-02-01", "--title", "The list", "--status", "final",      "--pointer", "safe 7 of the statistician"};
    CHECK(has(p.require(file), "filed D-000001@1"));
    CHECK(has(p.require(file), "was filed already"));
    std::vector<std::string> other = file;
    other.back() = "safe 8 of the statistician";
    CHECK(has(p.require(other), "filed D-000002@1"));
}

TEST_CASE("a document that is moved to an artifact for unblinded people is sealed, or somebody says that it need not be") {
    const Program p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "11.02.01", "--date", "2025-02-01", "--status", "final",
               "--title", "List"});
    const std::vector<std::string> move{"tmf", "reindex", "D-000001", "--artifact", "11.02.03", "--reason", "misfiled"};
    CHECK(has(p.refused(move), "are for unblinded people, and D-000001 is open to all. Mend: say restricted yes, or no where it unblinds"));
    std::vector<std::string> sealed = move;
    sealed.insert(sealed.end(), {"--restricted", "yes"});
    p.require(sealed);
    CHECK(p.json({"tmf", "show", "D-000001"}).find("restricted")->boolean());
    const test::Run open = p.run({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "11.02.03", "--date", "2025-02-01",
                                  "--status", "final", "--title", "Old list", "--restricted", "no"});
    CHECK(open.code == 0);
    CHECK(has(open.out + open.err, "documents of 11.02.03 are for unblinded people; it is filed open to all, because restricted says no"));
}

TEST_CASE("nothing of a restricted document lies open in the repository's folder") {
    Blinding p;
    REQUIRE(has(p.file_canary("ann"), "filed D-000002@1"));
    p.require({"tmf", "reindex", "D-000002", "--title", "canary-new-title", "--reason", "canary-reason"});
    p.require({"tmf", "review", "D-000002", "--reject", "other", "--comment", "canary-comment"});
    p.scratch.write("files/canary-second.txt", "canary-content of a second version\n");
    p.scratch.write("LIST.csv", "file,artifact,title,date,document,version,status,restricted\n"
                                "files/canary-second.txt,10.03.01,canary-title 2,2025-03-01,canary-word,2.0,final,yes\n"
                                "files/b.txt,02.01.02,Another open one,2025-03-01,,,final,\n");
    p.require({"tmf", "import", "LIST.csv", "--study", "S"});
    // A place the search would find it in: what is open lies open.
    CHECK(p.files_with("Open protocol") == std::vector<std::string>{"ledger.sqlite"});
    CHECK(p.files_with("content of a").size() == 1);
    CHECK(p.files_with("canary") == std::vector<std::string>());
    CHECK(p.files_with("kit 17") == std::vector<std::string>());
    CHECK(p.files_with(sha256_of("canary-content: kit 17 is active\n").hex()) == std::vector<std::string>()); // nor can a guess be proven
    CHECK(p.files_with("PRIVATE KEY") == std::vector<std::string>());

    // And who holds the key has it all.
    const Json shown = p.json({"tmf", "show", "D-000002"});
    CHECK(shown.find("external")->text() == "canary-word");
    const Json& first = shown.find("versions")->items()[0];
    CHECK(first.find("title")->text() == "canary-new-title");
    CHECK(first.find("file_name")->text() == "canary-file.txt");
    CHECK(first.find("label")->text() == "canary-label");
    CHECK(first.find("review_comment")->text() == "other: canary-comment");
    CHECK(first.find("sha256")->text() == sha256_of("canary-content: kit 17 is active\n").hex());
    CHECK(shown.find("versions")->items()[1].find("title")->text() == "canary-title 2");
    CHECK(p.require({"tmf", "get", "D-000002@1"}) == "canary-content: kit 17 is active\n");
    const std::string history = p.require({"tmf", "history", "D-000002"});
    CHECK(has(history, "canary-reason"));
    CHECK(has(history, "canary-new-title"));
    CHECK(has(history, "canary-comment"));
    CHECK(has(p.require({"tmf", "check", "--read-data"}), "3 documents"));
    CHECK(p.run({"tmf", "audit", "--verify"}).code == 0);
}

TEST_CASE("for the blinded a restricted document is not there, in no list, count, audit entry or error") {
    Blinding p;
    const std::string list = p.as("bob", {"tmf", "list"}), audit = p.as("bob", {"tmf", "audit"}),
                      study = p.as("bob", {"study", "show", "S"});
    const std::string report = p.as("bob", {"tmf", "completeness", "S", "--json"});
    p.file_canary("ann");
    p.require({"tmf", "review", "D-000002", "--accept"});
    CHECK(p.as("bob", {"tmf", "list"}) == list);
    CHECK(p.as("bob", {"tmf", "list", "--all-versions", "--format", "csv"}) == p.as("bob", {"tmf", "list", "--format", "csv"}));
    CHECK(p.as("bob", {"tmf", "audit"}) == audit);
    CHECK(p.as("bob", {"study", "show", "S"}) == study);
    CHECK(p.as("bob", {"tmf", "completeness", "S", "--json"}) == report);
    for (const char* command : {"show", "history", "get"})
        CHECK(p.refused_to("bob", {"tmf", command, "D-000002"}) ==
              replace_all(p.refused_to("bob", {"tmf", command, "D-000009"}), "D-000009", "D-000002"));
    CHECK(has(p.refused_to("bob", {"tmf", "review", "D-000002", "--reject", "other", "--comment", "x"}), "there is no document D-000002"));
    CHECK(has(p.refused_to("bob", {"tmf", "reindex", "D-000002", "--title", "x", "--reason", "x"}), "there is no document D-000002"));
    CHECK(has(p.refused_to("bob", {"tmf", "completeness", "S", "--audience", "unblinded"}), "bob may not read restricted documents"));
    // The whole is checked for everybody (what it counts is ann's), and ann sees one more of everything.
    CHECK(has(p.as("bob", {"tmf", "check", "--read-data"}), "sound: all of the repository was checked"));
    p.as("bob", {"tmf", "audit", "--verify"});
    CHECK(has(p.as("ann", {"tmf", "list"}), "canary-title"));
    CHECK(has(p.as("ann", {"tmf", "audit"}), "canary-title"));
}

TEST_CASE("the same bytes are noted only to those who may know of them") {
    Blinding p;
    p.file_canary("ann");
    std::string to_bob, to_ann;
    const std::vector<std::string> again{"tmf",    "file",      "files/canary-file.txt", "--study", "S", "--artifact", "02.01.02",
                                         "--date", "2025-02-02"};
    p.as("bob", again, 0, &to_bob);
    CHECK_FALSE(has(to_bob, "same bytes"));
    auto once_more = again;
    once_more.back() = "2025-02-03";
    p.as("ann", once_more, 3, &to_ann); // she knows of the one that bob could not be told of
    CHECK(has(to_ann, "the same bytes are filed as D-000002 (artifact 192), which is restricted; this would lay them open to all"));
    once_more.insert(once_more.end(), {"--restricted", "yes"});
    p.as("ann", once_more, 0, &to_ann);
    CHECK(has(to_ann, "the same bytes are filed as D-00000"));
}

TEST_CASE("a restricted document that a list brings again is not stored again, and what was lost comes back") {
    Blinding p;
    const std::string list = "file,artifact,date,status\nfiles/b.txt,06.03.01,2025-02-01,final\nfiles/c.txt,02.01.02,2025-02-01,final\n";
    p.import(list);
    const auto objects = [&p] { return p.json({"tmf", "check"}).find("objects")->integer(); };
    const std::int64_t before = objects();
    p.require({"tmf", "reindex", "D-000002", "--date", "2025-02-02", "--reason", "typing error"}); // the sealed one
    const std::size_t documents = p.documents();
    for (int again = 0; again < 2; ++again) p.import(list);
    CHECK(p.documents() == documents);
    p.import(list, {"--keep-going", "--rejects", "rejects.csv"});
    CHECK(objects() == before);
    const std::string open = sha256_of(p.scratch.read("files/c.txt")).hex();
    REQUIRE(test::run({"rm", "-f", "repo/objects/" + open.substr(0, 2) + "/" + open.substr(2)}, p.scratch.path()).code == 0);
    p.import(list);
    CHECK(objects() == before);
    CHECK(has(p.require({"tmf", "check", "--read-data"}), "sound"));
}

TEST_CASE("a blinded filer files what he cannot read back") {
    Blinding p;
    CHECK(has(p.file_canary("bob"), "filed D-000002@1"));
    CHECK_FALSE(has(p.as("bob", {"tmf", "list"}), "canary"));
    CHECK(has(p.refused_to("bob", {"tmf", "get", "D-000002"}), "there is no document D-000002"));
    CHECK(p.files_with("canary").empty());
    CHECK(p.require({"tmf", "get", "D-000002"}) == "canary-content: kit 17 is active\n");
    CHECK(has(p.require({"tmf", "show", "D-000002"}), "canary-title"));
    // Filed again by one who sees it, it is recognised.
    CHECK(has(p.file_canary("ann"), "was filed already as D-000002@1"));
}

TEST_CASE("what is restricted stays so, what becomes restricted is hidden at once, and its openness before is said") {
    Blinding p;
    p.file_canary("ann");
    CHECK(has(p.refused({"tmf", "reindex", "D-000002", "--restricted", "no", "--reason", "x"}), "D-000002 is restricted and stays so"));
    std::string errors;
    p.as("ann", {"tmf", "reindex", "D-000001", "--restricted", "yes", "--reason", "names the arms"}, 0, &errors);
    CHECK(has(errors, "what was stored of it before is not sealed"));
    CHECK(has(p.as("bob", {"tmf", "list"}), "0 documents"));
    CHECK_FALSE(has(p.as("bob", {"tmf", "audit"}), "D-000001"));
    CHECK(p.require({"tmf", "get", "D-000001"}) == "content of a\n");
    CHECK(p.run({"tmf", "check", "--read-data"}).code == 0);
    // A version for a restricted document is restricted, whatever its row leaves open.
    p.scratch.write("LIST.csv", "file,artifact,title,date,document,status\nfiles/d.txt,02.01.02,canary-later,2025-03-01,D-000001,final\n");
    p.require({"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(p.files_with("content of d").empty());
    CHECK(p.files_with("canary-later").empty());
    CHECK(p.require({"tmf", "get", "D-000001"}) == "content of d\n");
    p.scratch.write("LIST.csv",
                    "file,artifact,title,date,document,status,restricted\nfiles/d.txt,02.01.02,x,2025-04-01,D-000001,final,no\n");
    CHECK(has(p.refused({"tmf", "import", "LIST.csv", "--study", "S"}), "restricted is no here and yes in what is filed"));
}

TEST_CASE("completeness for two users: the restricted document counts for one") {
    Blinding p;
    const auto allocation = [&p](const std::string& who, const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{"tmf", "completeness", "S", "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto report = parse_json(p.as(who, arguments));
        REQUIRE(report);
        for (const Json& row : report->find("rows")->items())
            if (row.find("slot")->text() == "EDL-133-01/////") return report->find("audience")->text() + " " + row.find("state")->text();
        return report->find("audience")->text() + " -";
    };
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--status", "final"});
    CHECK(allocation("ann") == "unblinded in_review");
    p.require({"tmf", "review", "D-000002", "--accept"});
    CHECK(allocation("ann") == "unblinded satisfied");
    CHECK(allocation("ann", {"--audience", "blinded"}) == "blinded -");
    CHECK(allocation("bob") == "blinded -");
    // A document that may unblind does not count for the blinded in an open slot either.
    p.require({"tmf", "file", "files/c.txt", "--study", "S", "--artifact", "02.01.01", "--date", "2025-02-01", "--status", "final",
               "--restricted", "yes"});
    const auto documents_named = [&p](const std::string& who) {
        return has(p.as(who, {"tmf", "completeness", "S", "--json"}), "D-000003");
    };
    CHECK(documents_named("ann"));
    CHECK_FALSE(documents_named("bob"));
    // After unblinding it counts for all.
    p.require({"milestone", "set", "S", "S11", "2025-09-30"});
    CHECK(allocation("bob") == "blinded satisfied");
    CHECK(documents_named("bob"));
    CHECK(allocation("bob", {"--as-of", "2025-09-29"}) == "blinded -");
}

TEST_CASE("an unblinded person is added by one who is, and takes no later key along") {
    Blinding p;
    p.file_canary("ann");
    CHECK(has(p.refused({"user", "add", "bob", "--role", "unblinded"}, 2), "bob has no certificate yet"));
    p.scratch.write("bob.pem", p.as("bob", {"user", "key"}));
    CHECK(p.as("bob", {"user", "key"}) == p.scratch.read("bob.pem")); // the same one again
    CHECK(has(p.refused_to("eve", {"user", "add", "bob", "--role", "unblinded", "--cert", "bob.pem"}),
              "only who can read restricted documents can let somebody else read them"));
    p.require({"user", "add", "bob", "--role", "unblinded", "--study", "S", "--cert", "bob.pem"});
    p.require({"user", "add", "fay", "--role", "filer"});
    CHECK(p.as("bob", {"tmf", "get", "D-000002"}) == "canary-content: kit 17 is active\n");
    CHECK(has(p.as("bob", {"tmf", "completeness", "S"}), "audience unblinded"));
    CHECK_FALSE(has(p.as("fay", {"tmf", "list"}), "canary"));

    p.require({"user", "revoke", "bob", "--reason", "left the team"});
    p.scratch.write("files/later.txt", "canary-content of later\n");
    CHECK(has(p.as("fay", {"tmf", "file", "files/later.txt", "--study", "S", "--artifact", "10.03.01", "--date", "2025-05-01",
                           "--restricted", "yes", "--title", "canary-later"}),
              "D-000003@1"));
    CHECK(p.require({"tmf", "get", "D-000003"}) == "canary-content of later\n");
    CHECK(p.require({"tmf", "get", "D-000002"}) == "canary-content: kit 17 is active\n");
    const std::string keys = p.require({"tmf", "audit"});
    CHECK(has(keys, "K-2/ann"));
    CHECK_FALSE(has(keys, "K-2/bob"));
    // The last one who can read cannot go.
    CHECK(has(p.refused({"user", "revoke", "ann", "--role", "unblinded", "--reason", "x"}),
              "nobody could read restricted documents any more"));
    CHECK(p.run({"tmf", "check"}).code == 0);
}

TEST_CASE("role and key: neither is enough alone") {
    Blinding p;
    p.file_canary("ann");
    p.scratch.write("bob.pem", p.as("bob", {"user", "key"}));
    p.require({"user", "add", "bob", "--role", "unblinded", "--study", "S", "--site", "701", "--cert",
               "bob.pem"}); // the key, but not for the trial
    p.require({"user", "add", "bob", "--role", "auditor"});
    CHECK_FALSE(has(p.as("bob", {"tmf", "list"}), "canary"));
    CHECK_FALSE(has(p.as("bob", {"tmf", "audit", "S"}), "D-000002"));
    CHECK(has(p.as("bob", {"tmf", "completeness", "S"}), "audience blinded"));
    // ann's role on a machine without ann's key.
    const test::Run elsewhere = test::dossier({"tmf", "list", "--repo", "repo", "--as", "ann", "--now", p.now}, p.scratch.path(),
                                              {"XDG_DATA_HOME=" + (p.scratch / "elsewhere")});
    CHECK(elsewhere.code == 0);
    CHECK_FALSE(has(elsewhere.out, "canary"));
}

TEST_CASE("the first user's key: readable by him alone, under a passphrase where one was given") {
    const test::Scratch scratch;
    const auto data = std::string("XDG_DATA_HOME=") + (scratch / "data");
    const auto dossier = [&](std::vector<std::string> arguments, const std::string& passphrase = "") {
        arguments.insert(arguments.end(), {"--as", "ann lee"});
        std::vector<std::string> environment{data};
        if (!passphrase.empty()) environment.push_back("DOSSIER_PASSPHRASE=" + passphrase);
        return test::dossier(std::move(arguments), scratch.path(), environment);
    };
    scratch.write("STUDY.yaml", program_study);
    scratch.write("x.txt", "content\n");
    const test::Run made = dossier({"init", "repo"}, "correct horse");
    REQUIRE(made.code == 0);
    CHECK_FALSE(has(made.err, "not protected"));
    CHECK(has(dossier({"init", "other"}).err, "(not protected by a passphrase)"));
    const std::string marker = scratch.read("repo/dossier.yaml");
    const std::string id = marker.substr(marker.find("id: ") + 4, 32), key = "data/dossier/keys/" + id + "/ann%20lee.pem";
    CHECK(has(scratch.read(key), "BEGIN ENCRYPTED PRIVATE KEY"));
    CHECK(test::run({"stat", "-c", "%a", key}, scratch.path()).out == "600\n");
    REQUIRE(dossier({"study", "apply", "STUDY.yaml", "--repo", "repo"}).code == 0);
    REQUIRE(dossier({"tmf", "file", "x.txt", "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--title", "canary-title",
                     "--repo", "repo"})
                .code == 0); // sealing needs no secret
    CHECK(has(dossier({"tmf", "list", "--repo", "repo"}, "correct horse").out, "canary-title"));
    scratch.write("phrase", "correct horse\n"); // before the command's words as behind them
    CHECK(has(dossier({"tmf", "list", "--repo", "repo", "--passphrase-file", scratch / "phrase"}).out, "canary-title"));
    CHECK(dossier({"--passphrase-file", scratch / "phrase", "tmf", "get", "D-000001", "--repo", "repo"}, "wrong").out == "content\n");
    for (const char* repository : {"repo", "other"}) { // other's key has no passphrase
        const test::Run gone = dossier({"tmf", "list", "--repo", repository, "--passphrase-file", "gone"}, "correct horse");
        CHECK(gone.code == 2);
        CHECK(gone.out.empty());
        CHECK(has(gone.err, "gone: --passphrase-file: there is no such file; nothing was done"));
    }
    for (const char* wrong : {"", "wrong"}) {
        const test::Run closed = dossier({"tmf", "list", "--repo", "repo"}, wrong);
        CHECK(closed.code == 0);
        CHECK_FALSE(has(closed.out, "canary-title"));
        CHECK(has(closed.err, "your key for restricted documents stays closed"));
    }
}

TEST_CASE("where no key can be kept the repository is made, and takes nothing restricted") {
    const test::Scratch scratch;
    scratch.write("data", "a file where a folder should be");
    scratch.write("STUDY.yaml", program_study);
    scratch.write("x.txt", "content\n");
    const std::vector<std::string> nowhere{"XDG_DATA_HOME=" + (scratch / "data")}, somewhere{"XDG_DATA_HOME=" + (scratch / "home")};
    const test::Run made = test::dossier({"init", "repo", "--as", "ann"}, scratch.path(), nowhere);
    CHECK(made.code == 0);
    CHECK(has(made.err, "your key for restricted documents could not be kept"));
    REQUIRE(test::dossier({"study", "apply", "STUDY.yaml", "--repo", "repo", "--as", "ann"}, scratch.path(), nowhere).code == 0);
    const std::vector<std::string> filing{"tmf",    "file",       "x.txt",  "--study", "S",    "--artifact", "133",
                                          "--date", "2025-02-01", "--repo", "repo",    "--as", "ann"};
    const test::Run refused = test::dossier(filing, scratch.path(), somewhere);
    CHECK(refused.code == 3);
    CHECK(has(refused.err, "this repository has no key yet"));
    REQUIRE(test::dossier({"user", "add", "ann", "--role", "unblinded", "--study", "S", "--repo", "repo", "--as", "ann"}, scratch.path(),
                          somewhere)
                .code == 0);
    CHECK(test::dossier(filing, scratch.path(), somewhere).code == 0);
    const test::Run got = test::dossier({"tmf", "get", "D-000001", "--repo", "repo", "--as", "ann"}, scratch.path(), somewhere);
    CHECK(got.out == "content\n");
}

TEST_CASE("the described steps open a restricted document with nothing but sqlite3 and openssl") {
    for (const char* tool : {"sqlite3", "openssl", "base64"}) test::tool_or_skip(tool);
    const test::Scratch scratch;
    scratch.write("STUDY.yaml", program_study);
    scratch.write("open.txt", "open\n");
    scratch.write("allocation.txt", "kit 17: active\n");
    const auto dossier = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--repo", "etmf", "--as", "ann", "--now", "2025-10-01T12:00:00Z"});
        const test::Run run = test::dossier(std::move(arguments), scratch.path(), {"XDG_DATA_HOME=" + (scratch / "data")});
        INFO(run.err);
        REQUIRE(run.code == 0);
    };
    dossier({"init", "etmf"});
    dossier({"study", "apply", "STUDY.yaml"});
    dossier({"tmf", "file", "open.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05"});
    dossier({"tmf", "file", "allocation.txt", "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--title", "Kit list"});
    const std::string marker = scratch.read("etmf/dossier.yaml");
    scratch.write("ann.pem", scratch.read("data/dossier/keys/" + marker.substr(marker.find("id: ") + 4, 32) + "/ann.pem"));
    const std::string page = test::read_bytes(test::source_folder() + "/docs/repository_format.md"), start = "```sh\n";
    const std::size_t begin = page.find(start) + start.size();
    scratch.write("steps.sh", "set -eu\n" + page.substr(begin, page.find("```", begin) - begin));
    const test::Run steps = test::run({"sh", "steps.sh"}, scratch.path());
    INFO(steps.out + steps.err);
    REQUIRE(steps.code == 0);
    CHECK(scratch.read("document") == "kit 17: active\n");
    const auto words = parse_json(scratch.read("words.json"));
    REQUIRE(words);
    CHECK(words->find("title")->text() == "Kit list");
    CHECK(words->find("file_name")->text() == "allocation.txt");
    CHECK(has(steps.out, words->find("sha256")->text()));
    CHECK(scratch.read("words.json").size() == 512);
    // Without the key the same steps end at the first.
    const test::Run stranger = test::run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                                          "-subj", "/CN=ann", "-keyout", "ann.pem", "-out", "other.pem"},
                                         scratch.path());
    REQUIRE(stranger.code == 0);
    CHECK(test::run({"sh", "steps.sh"}, scratch.path()).code != 0);
}
