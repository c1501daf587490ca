// A key for restricted documents that is not there, is locked, or is another one: what is left out is said, and why.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

// ann made the repository, her key is under the passphrase "horse". D-000001 is open, D-000002 restricted at the trial.
struct Locked {
    test::Scratch scratch;
    std::string id, now = "2025-10-01T12:00:00Z";

    explicit Locked(const std::string& passphrase = "horse") {
        scratch.write("STUDY.yaml", program_study);
        scratch.write("a.txt", "content of a\n");
        scratch.write("b.txt", "content of b\n");
        REQUIRE(by("ann", {"init", "repo"}, passphrase).code == 0);
        const std::string marker = scratch.read("repo/dossier.yaml");
        id = marker.substr(marker.find("id: ") + 4, 32);
        REQUIRE(by("ann", {"study", "apply", "STUDY.yaml"}).code == 0);
        file("a.txt", "02.01.02", "Protocol");
        file("b.txt", "133", "Allocation");
    }
    void file(const std::string& name, const std::string& artifact, const std::string& title) const {
        REQUIRE(by("ann", {"tmf", "file", name, "--study", "S", "--artifact", artifact, "--date", "2025-02-01", "--title", title}).code ==
                0);
    }
    test::Run by(const std::string& who, Texts arguments, const std::string& passphrase = "", const std::string& data = "data") const {
        arguments.insert(arguments.end(), {"--as", who, "--now", now});
        if (arguments[0] != "init") arguments.insert(arguments.end(), {"--repo", "repo"});
        Texts environment{"XDG_DATA_HOME=" + (scratch / data)};
        if (!passphrase.empty()) environment.push_back("DOSSIER_PASSPHRASE=" + passphrase);
        return test::dossier(std::move(arguments), scratch.path(), environment);
    }
    // On another machine, where there is no key of hers, or the one that she made there.
    test::Run elsewhere(const std::string& who, const Texts& arguments) const { return by(who, arguments, "", "elsewhere"); }
    std::string path(const std::string& user, const std::string& data) const {
        return scratch / (data + "/dossier/keys/" + id + "/" + user + ".pem");
    }
};

const std::string stays = "note: your key for restricted documents stays closed, and they with it: ";

} // namespace

TEST_CASE("list and search say once what they leave out where the key of an unblinded user is not there") {
    const Locked p;
    const std::string note = stays + "there is no file " + p.path("ann", "elsewhere") + "; bring the key file back there\n";
    for (const Texts& form :
         {Texts{"tmf", "list"}, Texts{"tmf", "list", "--study", "S", "--format", "csv"}, Texts{"tmf", "list", "--artifact", "133"},
          Texts{"tmf", "list", "--duplicates"}, Texts{"tmf", "search", "allocation"}}) {
        const test::Run run = p.elsewhere("ann", form);
        CHECK(run.code == 0);
        CHECK_FALSE(has(run.out, "Allocation"));
        CHECK(run.err == note);
    }
    // Nothing is left out: another artifact, a site, somebody who is blinded, the key at hand.
    CHECK(p.elsewhere("ann", {"tmf", "list", "--artifact", "02.01.02"}).err.empty());
    CHECK(p.elsewhere("ann", {"tmf", "search", "protocol", "--study", "S", "--site", "701"}).err.empty());
    CHECK(p.elsewhere("bob", {"tmf", "list"}).err.empty());
    CHECK(p.elsewhere("bob", {"tmf", "search", "allocation"}).err.empty());
    const test::Run open = p.by("ann", {"tmf", "list"}, "horse");
    CHECK(has(open.out, "Allocation"));
    CHECK(open.err.empty());
    // Who is unblinded at a site would not see what is the trial's.
    p.scratch.write("bob.pem", p.by("bob", {"user", "key"}).out);
    REQUIRE(
        p.by("ann", {"user", "add", "bob", "--role", "unblinded", "--study", "S", "--site", "701", "--cert", "bob.pem"}, "horse").code ==
        0);
    CHECK(p.elsewhere("bob", {"tmf", "list"}).err.empty());
    CHECK(p.elsewhere("bob", {"tmf", "search", "allocation"}).err.empty());
}

TEST_CASE("list and search say once that the passphrase is missing or wrong, and reports say which of these it is") {
    const Locked p;
    const std::string
        missing = "its passphrase was not given; add --passphrase-file FILE, or set DOSSIER_PASSPHRASE to it",
        wrong = "the passphrase that was given does not open it; give the right one with --passphrase-file FILE or in DOSSIER_PASSPHRASE";
    const auto body = [](const std::string& text) { return text.substr(text.find(stays) == std::string::npos ? 0 : text.find(stays)); };
    for (const Texts& form : {Texts{"tmf", "list", "--no-input"}, Texts{"tmf", "search", "allocation", "--no-input"}}) {
        CHECK(body(p.by("ann", form).err) == stays + missing + "\n");
        CHECK(body(p.by("ann", form, "cow").err) == stays + wrong + "\n");
    }
    const Texts report{"tmf", "completeness", "S", "--totals", "--no-input"};
    const std::string note = "note: this is the answer for the blinded: ann's key for restricted documents ";
    CHECK(p.by("ann", report).err == note + "stays closed: " + missing + "\n");
    CHECK(p.by("ann", report, "cow").err == note + "stays closed: " + wrong + "\n");
    const std::string gone = "there is no file " + p.path("ann", "elsewhere");
    CHECK(p.elsewhere("ann", report).err == note + "is not at hand: " + gone + "; bring the key file back there\n");
    CHECK(has(p.by("ann", report, "horse").out, "unblinded"));
    Texts wish = report;
    wish.insert(wish.end(), {"--audience", "unblinded"});
    const std::string refused = "dossier: ann's key for restricted documents ";
    CHECK(p.by("ann", wish).err ==
          refused + "stays closed: its passphrase was not given. Mend: add --passphrase-file FILE, or set DOSSIER_PASSPHRASE "
                    "to it, or ask for --audience blinded\n");
    CHECK(has(p.by("ann", wish, "cow").err,
              refused + "stays closed: the passphrase that was given does not open it. Mend: give the right one"));
    CHECK(p.elsewhere("ann", wish).err ==
          refused + "is not at hand: " + gone + ". Mend: bring the key file back there, or ask for --audience blinded\n");
    // Who would hand the key over is told, too, why he cannot.
    p.scratch.write("bob.pem", p.by("bob", {"user", "key"}).out);
    const test::Run add = p.by("ann", {"user", "add", "bob", "--role", "unblinded", "--cert", "bob.pem"}, "cow");
    CHECK(add.code == 3);
    CHECK(has(add.err, stays + wrong + "\n"));
    p.scratch.write("data/dossier/keys/" + p.id + "/ann.pem", "-----BEGIN PRIVATE KEY-----\n");
    CHECK(has(p.by("ann", {"tmf", "list"}).err, p.path("ann", "data") + " is damaged"));
}

TEST_CASE(
    "user key says what the pair opens: nothing before the key is handed over, all afterwards, and no more what came after a revocation") {
    Locked p("");
    const std::string add = "'dossier user add bob --role unblinded --cert FILE' with this certificate",
                      by = ", by somebody who gives roles and reads restricted documents with a key of his own\n",
                      opens_all = "note: it opens the repository's restricted documents, wherever you are in an unblinded role\n";
    CHECK(p.by("ann", {"user", "key"}).err == opens_all);
    const test::Run made = p.by("bob", {"user", "key"});
    CHECK(has(made.err, "nothing else opens what is sealed for it"));
    CHECK(has(made.err, "note: it opens nothing yet: nothing is sealed for it in this repository; it takes " + add + by));
    p.scratch.write("bob.pem", made.out);
    REQUIRE(p.by("ann", {"user", "add", "bob", "--role", "unblinded", "--cert", "bob.pem"}).code == 0);
    CHECK(p.by("bob", {"user", "key"}).err == opens_all);
    CHECK(p.by("bob", {"user", "key"}).out == made.out);
    p.now = "2025-11-01T12:00:00Z";
    REQUIRE(p.by("ann", {"user", "revoke", "bob", "--reason", "left"}).code == 0);
    CHECK(p.by("bob", {"user", "key"}).err == "note: it opens what is sealed for K-1 (in use from 2025-10-01), not what is sealed for K-2 "
                                              "(in use from 2025-11-01); for that it takes " +
                                                  add + by);
}

TEST_CASE("user key: a pair beside a lost one opens nothing, and what is said to be done opens it again") {
    const Locked p("");
    const std::string path = p.path("ann", "elsewhere"),
                      before = "note: it opens nothing: the repository's key is sealed for another pair of yours; "
                               "bring that key file back, in the place of " +
                               path;
    const test::Run alone = p.elsewhere("ann", {"user", "key"});
    CHECK(alone.code == 0);
    CHECK(has(alone.err,
              before + "; nobody else can open restricted documents, so without it they stay closed for good, and so does what is filed "
                       "restricted from now on\n"));
    CHECK(has(p.elsewhere("ann", {"tmf", "list"}).err,
              stays + "nothing was sealed for the key pair in " + path + "; 'dossier user key' says what it takes\n"));
    // Somebody else has the key: he takes the role from her and gives it again, to the new pair.
    p.scratch.write("bob.pem", p.by("bob", {"user", "key"}).out);
    REQUIRE(p.by("ann", {"user", "add", "bob", "--role", "unblinded", "--cert", "bob.pem"}).code == 0);
    REQUIRE(p.by("ann", {"user", "add", "bob", "--role", "manager"}).code == 0);
    const test::Run beside = p.elsewhere("ann", {"user", "key"});
    CHECK(has(beside.err,
              before + "; where it is lost, it takes 'dossier user revoke ann --role unblinded --reason ...', then 'dossier user add "
                       "ann --role unblinded --cert FILE' with this certificate, by somebody who gives roles and reads restricted "
                       "documents with a key of his own\n"));
    p.scratch.write("ann.pem", beside.out);
    REQUIRE(p.by("bob", {"user", "revoke", "ann", "--role", "unblinded", "--reason", "lost the key"}).code == 0);
    REQUIRE(p.by("bob", {"user", "add", "ann", "--role", "unblinded", "--cert", "ann.pem"}).code == 0);
    const test::Run list = p.elsewhere("ann", {"tmf", "list"});
    CHECK(has(list.out, "Allocation"));
    CHECK(list.err.empty());
    CHECK(p.elsewhere("ann", {"tmf", "get", "D-000002"}).out == "content of b\n");
    CHECK(has(p.elsewhere("ann", {"user", "key"}).err, "it opens the repository's restricted documents"));
    CHECK(has(p.by("ann", {"user", "key"}).err, "it opens nothing")); // the old pair, found again
}

TEST_CASE("user key: a repository without a key for restricted documents says how it gets one") {
    const test::Scratch scratch;
    scratch.write("data", "a file where a folder should be");
    REQUIRE(test::dossier({"init", "repo", "--as", "ann"}, scratch.path(), {"XDG_DATA_HOME=" + (scratch / "data")}).code == 0);
    const Texts home{"XDG_DATA_HOME=" + (scratch / "home")};
    const test::Run key = test::dossier({"user", "key", "--repo", "repo", "--as", "ann"}, scratch.path(), home);
    CHECK(has(key.err,
              "note: it opens nothing yet: the repository has no key for restricted documents; 'dossier user add ann --role unblinded "
              "--cert FILE' with this certificate makes one\n"));
    scratch.write("ann.pem", key.out);
    CHECK(test::dossier({"user", "add", "ann", "--role", "unblinded", "--cert", "ann.pem", "--repo", "repo", "--as", "ann"}, scratch.path(),
                        home)
              .code == 0);
    CHECK(has(test::dossier({"user", "key", "--repo", "repo", "--as", "ann"}, scratch.path(), home).err,
              "it opens the repository's restricted documents"));
}

TEST_CASE("an empty passphrase file protects nothing: no key is made with it, nor a repository") {
    const test::Scratch scratch;
    const std::vector<std::string> data{"XDG_DATA_HOME=" + (scratch / "data")};
    const auto exists = [&scratch](const char* name) { return test::run({"test", "-e", name}, scratch.path()).code == 0; };
    for (const char* empty : {"", "\n", "\nsecond line\n"}) {
        scratch.write("phrase", empty);
        const test::Run made = test::dossier({"init", "repo", "--passphrase-file", "phrase", "--as", "ann"}, scratch.path(), data);
        CHECK(made.code == 2);
        CHECK(made.err ==
              "dossier: phrase: --passphrase-file: its first line is empty, which protects nothing; nothing was done. Mend: write "
              "the passphrase there, or leave the option out for a key without one\n");
        CHECK_FALSE(exists("repo"));
        CHECK_FALSE(exists("data/dossier/keys"));
    }
    REQUIRE(test::dossier({"init", "repo", "--as", "ann"}, scratch.path(), data).code == 0);
    const std::vector<std::string> key{"user", "key", "--repo", "repo", "--passphrase-file", "phrase", "--as", "bob"};
    CHECK(test::dossier(key, scratch.path(), data).code == 2);
    scratch.write("phrase", "horse\n");
    CHECK(test::dossier(key, scratch.path(), data).code == 0);
}
