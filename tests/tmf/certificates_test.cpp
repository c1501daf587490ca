// Whose certificate the keys for restricted documents are handed to: who may put one on record, and who a name.
#include "tests/support/skip.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// ann made the repository and has its key. una and bea are unblinded for the study; mia manages the study, may the site 701, both blinded.
struct Certificates : Program {
    Certificates() {
        for (const char* name : {"una", "bea", "mia", "may"}) scratch.write(name + std::string(".pem"), by(name, {"user", "key"}).out);
        for (const char* name : {"una", "bea"})
            require({"user", "add", name, "--role", "unblinded", "--study", "S", "--cert", name + std::string(".pem")});
        require({"user", "add", "mia", "--role", "manager", "--study", "S"});
        require({"user", "add", "may", "--role", "manager", "--study", "S", "--site", "701"});
    }
    test::Run by(const std::string& who, Texts arguments) {
        user = who;
        const test::Run result = run(std::move(arguments));
        user = "ann";
        return result;
    }
    std::string id() const {
        const std::string marker = scratch.read("repo/dossier.yaml");
        return marker.substr(marker.find("id: ") + 4, 32);
    }
    void refuse(const std::string& who, Texts arguments, const std::string& why) {
        const auto entries = trail().size();
        const test::Run result = by(who, std::move(arguments));
        INFO(result.out + result.err);
        CHECK(result.code == 3);
        CHECK(result.out.empty());
        CHECK(has(result.err, why));
        CHECK(trail().size() == entries); // nothing was written
    }
    Json::Array trail() const { return json({"tmf", "audit"}).find("entries")->items(); }
    void add(const std::string& who, const std::string& name, const std::string& role, Texts more) {
        Texts arguments{"user", "add", name, "--role", role, "--study", "S"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const test::Run result = by(who, arguments);
        INFO(result.err);
        CHECK(result.code == 0);
    }
    // As openssl prints it: AB:CD:...
    std::string fingerprint(const std::string& file) const {
        const std::string text = test::run({"openssl", "x509", "-in", file, "-noout", "-fingerprint", "-sha256"}, scratch.path()).out;
        return text.substr(text.find('=') + 1, 95);
    }
};

const std::string only = "only who can read restricted documents can let somebody else read them";

} // namespace

TEST_CASE("a certificate is put on record by who reads restricted documents, and by nobody else") {
    Certificates p;
    const std::string mia = "mia may not put a certificate of una on record: " + only +
                            ". Mend: certificates are of use to unblinded users only: leave --cert out for others; who gives one is in an "
                            "unblinded role and has his key at hand";
    // In the place of another, of one who has none, for a new user, the same one again, with any role, for herself.
    p.refuse("mia", {"user", "add", "una", "--role", "auditor", "--study", "S", "--cert", "mia.pem"}, mia);
    p.refuse("mia", {"user", "add", "una", "--role", "auditor", "--study", "S", "--cert", "una.pem"}, mia);
    p.refuse("may", {"user", "add", "mia", "--role", "filer", "--study", "S", "--site", "701", "--cert", "may.pem"}, only);
    p.refuse("may", {"user", "add", "zoe", "--role", "filer", "--study", "S", "--site", "701", "--cert", "may.pem"}, only);
    p.refuse("mia", {"user", "add", "zoe", "--role", "unblinded", "--study", "S", "--cert", "mia.pem"}, only);
    p.refuse("mia", {"user", "add", "mia", "--role", "unblinded", "--study", "S"}, only);
    // The role without the key, and the key without the role.
    p.add("ann", "una", "manager", {});
    const std::string key = p.scratch.read("data/dossier/keys/" + p.id() + "/una.pem");
    p.scratch.write("data/dossier/keys/" + p.id() + "/una.pem", p.scratch.read("data/dossier/keys/" + p.id() + "/may.pem"));
    p.refuse("una", {"user", "add", "zoe", "--role", "filer", "--study", "S", "--cert", "may.pem"}, only);
    p.scratch.write("data/dossier/keys/" + p.id() + "/una.pem", key);
    p.require({"user", "revoke", "bea", "--role", "unblinded", "--reason", "left"});
    p.add("ann", "bea", "manager", {});
    p.refuse("bea", {"user", "add", "zoe", "--role", "filer", "--study", "S", "--cert", "may.pem"}, only);
    // Both: a new pair of somebody who has another on record.
    p.add("una", "mia", "unblinded", {"--cert", "mia.pem"});
    CHECK(has(p.by("mia", {"user", "key"}).err, "it opens the repository's restricted documents"));
}

TEST_CASE("nobody makes a key pair for a role that he cannot give himself") {
    Certificates p;
    p.require({"user", "add", "kim", "--role", "manager", "--study", "S"});
    p.refuse("kim", {"user", "add", "kim", "--role", "unblinded", "--study", "S"}, only);
    CHECK(test::run({"test", "-e", "data/dossier/keys/" + p.id() + "/kim.pem"}, p.scratch.path()).code != 0);
}

TEST_CASE("a name on record is changed by who gives roles wherever that user has one") {
    Certificates p;
    p.require({"user", "add", "una", "--role", "auditor", "--study", "S", "--name", "Una Good"});
    const std::string why =
        "may not change what is on record of una, who has roles where may does not give any. Mend: leave --name out, or "
        "let somebody do it who gives roles in all these places";
    p.refuse("may", {"user", "add", "una", "--role", "filer", "--study", "S", "--site", "701", "--name", "Not Una"}, "may " + why);
    p.refuse("may", {"user", "add", "ann", "--role", "filer", "--study", "S", "--site", "701", "--name", "Not Ann"}, "who has roles where");
    p.refuse("mia", {"user", "add", "ann", "--role", "filer", "--study", "S", "--name", "Not Ann"}, "who has roles where");
    // The name that she has changes nothing; without a name the role is given as ever.
    p.user = "may";
    p.require({"user", "add", "una", "--role", "filer", "--study", "S", "--site", "701", "--name", "Una Good"});
    p.require({"user", "add", "una", "--role", "reviewer", "--study", "S", "--site", "701"});
    // One who has roles there only.
    p.require({"user", "add", "zoe", "--role", "filer", "--study", "S", "--site", "701", "--name", "Zoe"});
    p.require({"user", "add", "zoe", "--role", "reviewer", "--study", "S", "--site", "701", "--name", "Zoe Ro"});
    p.user = "mia";
    p.require({"user", "add", "una", "--role", "filer", "--study", "S", "--name", "Una Better"});
    CHECK(has(p.require({"user", "list", "--format", "csv"}), "una,Una Better,auditor"));
}

TEST_CASE("a certificate on record is replaced by who gives roles wherever that user has one") {
    Certificates p;
    p.require({"user", "add", "may", "--role", "unblinded", "--study", "S", "--site", "701", "--cert", "may.pem"});
    p.refuse("may", {"user", "add", "una", "--role", "filer", "--study", "S", "--site", "701", "--cert", "may.pem"}, "who has roles where");
    p.add("may", "zoe", "filer", {"--site", "701", "--cert", "mia.pem"}); // hers to give: a new user
    p.add("may", "zoe", "auditor", {"--site", "701", "--cert", "may.pem"});
}

TEST_CASE("a certificate that is on record already is named when the keys are handed to it") {
    Certificates p;
    p.require({"user", "add", "zoe", "--role", "auditor", "--study", "S", "--cert", "may.pem"});
    p.now = "2025-10-02T12:00:00Z";
    p.require({"user", "add", "zoe", "--role", "reviewer", "--study", "S", "--name", "Zoe Ro"}); // changes the record, not the certificate
    const std::string print = p.fingerprint("may.pem");
    REQUIRE(print.size() == 95);
    const std::string text = p.require({"user", "add", "zoe", "--role", "unblinded", "--study", "S"});
    CHECK(has(text, "zoe is unblinded of study S\nfor the certificate of zoe that is on record: SHA-256 " + print.substr(0, 23) +
                        "..., put there by ann on 2025-10-01 (time given with --now)\n"));
    const Json json = p.json({"user", "add", "zoe", "--role", "unblinded", "--study", "S", "--site", "701"});
    CHECK(json.find("certificate")->find("sha256")->text() == print);
    CHECK(json.find("certificate")->find("by")->text() == "ann");
    // One that is given now was looked at by who gives it.
    CHECK_FALSE(has(p.require({"user", "add", "mia", "--role", "unblinded", "--study", "S", "--cert", "mia.pem"}), "on record"));
    CHECK_FALSE(has(p.require({"user", "add", "zoe", "--role", "filer", "--study", "S"}), "on record"));
}

TEST_CASE("no key is handed to a record of a user that is not as its audit entry left it") {
    test::tool_or_skip("sqlite3");
    Certificates p;
    const auto put = [&](const std::string& pem) {
        const std::string sql = "UPDATE user_account SET certificate = '" + pem + "' WHERE name = 'una'";
        REQUIRE(test::run({"sqlite3", "repo/ledger.sqlite", sql}, p.scratch.path()).code == 0);
    };
    put(p.scratch.read("mia.pem"));
    const std::string why =
        "the record of una is not as its last audit entry left it. Mend: 'dossier tmf check' says what else was changed; "
        "a key that is handed to it might be somebody else's";
    p.refuse("ann", {"user", "revoke", "bea", "--role", "unblinded", "--reason", "left"}, why);
    p.refuse("ann", {"user", "add", "una", "--role", "unblinded", "--study", "S", "--site", "701"}, why);
    put(p.scratch.read("una.pem"));
    p.require({"user", "revoke", "bea", "--role", "unblinded", "--reason", "left"});
}
