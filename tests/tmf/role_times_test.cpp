// The list of users against what access control does, where roles were given or taken with --now.
#include "tests/tmf/program.hpp"
#include "tmf/role_times.hpp"

using namespace tmf_test;

namespace {

using Texts = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// ann made the repository by the machine's clock, and gave fay and rob their roles so; what is done at another time says so with --now.
struct Clocks {
    test::Scratch scratch;
    Clocks() {
        scratch.write("STUDY.yaml", program_study);
        require("ann", {"init", "repo"});
        require("ann", {"study", "apply", "STUDY.yaml"});
        require("ann", {"user", "add", "fay", "--role", "filer", "--study", "S"});
        require("ann", {"user", "add", "rob", "--role", "filer", "--study", "S"});
    }
    test::Run run(const std::string& who, Texts arguments, const std::string& now = "") const {
        arguments.insert(arguments.end(), {"--repo", "repo", "--as", who});
        if (!now.empty()) arguments.insert(arguments.end(), {"--now", now});
        return test::dossier(std::move(arguments), scratch.path(), {"XDG_DATA_HOME=" + scratch / "data"});
    }
    std::string require(const std::string& who, const Texts& arguments, const std::string& now = "") const {
        const test::Run result = run(who, arguments, now);
        INFO(result.err);
        REQUIRE(result.code == 0);
        return result.out;
    }
    // The user's roles of the study as `user list` has them.
    std::vector<Json> roles(const std::string& who, const std::string& as_of = "") const {
        Texts arguments{"user", "list", "--json"};
        if (!as_of.empty()) arguments.insert(arguments.end(), {"--as-of", as_of});
        const auto list = parse_json(require("ann", arguments));
        REQUIRE(list);
        std::vector<Json> found;
        for (const Json& grant : list->find("grants")->items())
            if (grant.find("user")->text() == who) found.push_back(grant);
        return found;
    }
    std::string line(const std::string& who, const std::string& as_of = "") const {
        Texts arguments{"user", "list"};
        if (!as_of.empty()) arguments.insert(arguments.end(), {"--as-of", as_of});
        const std::string text = "\n" + require("ann", arguments);
        const std::size_t begin = text.find("\n" + who + " ");
        return begin == std::string::npos ? "" : text.substr(begin + 1, text.find('\n', begin + 1) - begin - 1);
    }
    bool may_act(const std::string& who) const { return run(who, {"tmf", "list"}).code == 0; }
    std::string today() const { return roles("fay").at(0).find("from")->text().substr(0, 10); } // of the machine's clock
};

const std::string ahead = "2095-01-01T00:00:00Z", back = "2026-01-01T00:00:00Z";

std::string text_of(const Json& grant, const char* name) {
    const Json* const value = grant.find(name);
    return value ? value->text() : "-";
}

} // namespace

TEST_CASE("a role that was given with a time ahead is listed, since it holds now, on each day from the one it was given on") {
    const Clocks p;
    p.require("ann", {"user", "add", "hid", "--role", "filer", "--study", "S"}, ahead);
    CHECK(p.may_act("hid"));
    REQUIRE(p.roles("hid").size() == 1);
    CHECK(text_of(p.roles("hid")[0], "from") == "2095-01-01T00:00:00.000000Z");
    CHECK(text_of(p.roles("hid")[0], "from_clock") == "given");
    CHECK(text_of(p.roles("hid")[0], "from_dated") == "ahead");
    CHECK(text_of(p.roles("hid")[0], "from_counted").substr(0, 10) == p.today());
    CHECK(has(p.line("hid"), "2095-01-01 (--now)  its beginning is dated ahead, counts from " + p.today()));
    CHECK(p.roles("hid", p.today()).size() == 1);
    CHECK(p.roles("hid", "2094-12-31").size() == 1);
    CHECK(p.roles("hid", "2026-01-01").empty());
    // The same once there is a later entry of the system's clock.
    p.require("ann", {"user", "add", "kim", "--role", "filer", "--study", "S"});
    CHECK(text_of(p.roles("hid")[0], "from_counted").substr(0, 10) == p.today());
    CHECK(text_of(p.roles("kim")[0], "from_clock") == "system");
    CHECK(text_of(p.roles("kim")[0], "from_dated") == "-"); // after an entry of 2095, which nobody believes
    CHECK(has(p.require("ann", {"user", "list", "--format", "csv"}), ",given,ahead," + p.today()));
}

TEST_CASE("the first role of all, given with a time ahead, closes the repository, and the list says so") {
    Program p; // by --now throughout: 2025-10-01
    p.now = "2095-01-01T00:00:00Z";
    p.require({"user", "add", "fay", "--role", "filer"});
    p.now = "2025-10-01T12:00:00Z";
    CHECK(p.json({"user", "list"}).find("enforced")->boolean());
    CHECK(has(p.require({"user", "list"}), "last days of roles are judged on 2095-01-01, the day of the newest entry of the audit trail"));
}

TEST_CASE("a role that was taken is not listed as holding, whatever time the taking says") {
    const Clocks p;
    CHECK(p.may_act("rob"));
    p.require("ann", {"user", "revoke", "rob", "--reason", "x"}, ahead);
    p.require("ann", {"user", "revoke", "fay", "--reason", "x"}, back);
    for (const char* who : {"rob", "fay"}) {
        CHECK_FALSE(p.may_act(who));
        CHECK(p.roles(who).empty());
        CHECK(p.roles(who, "2094-01-01").empty());
        CHECK(p.roles(who, "2026-02-01").empty());
    }
    const std::string today = p.roles("ann").at(0).find("from")->text().substr(0, 10);
    // Both held on the day that they were given and taken on.
    CHECK(has(p.line("rob", today), today + "  ended 2095-01-01 (--now); its end is dated ahead, counts from " + today));
    CHECK(has(p.line("fay", today), today + "  ended 2026-01-01 (--now); its end is dated back, counts from " + today));
    CHECK(text_of(p.roles("fay", today).at(0), "ended_dated") == "back");
    CHECK(text_of(p.roles("fay", today).at(0), "ended_clock") == "given");
    CHECK(text_of(p.roles("fay", today).at(0), "from_clock") == "system");
}

TEST_CASE("a role that was given with an earlier time did not hold then") {
    const Clocks p;
    p.require("ann", {"user", "add", "bob", "--role", "reviewer"}, back);
    CHECK(p.roles("bob", "2026-02-01").empty());
    CHECK(has(p.line("bob"), "2026-01-01 (--now)  its beginning is dated back, counts from " + p.today()));
    CHECK(p.roles("bob", p.today()).size() == 1);
}

TEST_CASE("a time given with --now is counted where the entries around it let it be true, and marked") {
    tmf::RoleTimesReader reader;
    const auto feed = [&reader](const char* time, const char* clock, const char* action, const char* object) {
        tmf::AuditEntry entry;
        entry.time = time;
        entry.clock = clock;
        entry.action = action;
        entry.object = object;
        reader.feed(entry);
    };
    feed("2025-01-01", "system", "repository_created", "");
    feed("2025-02-01", "given", "role_given", "G-000001"); // between its neighbours
    feed("2024-02-01", "given", "role_given", "G-000002"); // before the one before
    feed("2025-09-01", "given", "role_taken", "G-000001"); // after the one behind
    feed("2025-06-01", "system", "document_filed", "D-000001");
    feed("2025-03-01", "system", "role_given", "G-000003"); // the machine's clock was set back
    feed("2025-12-01", "given", "role_given", "G-000004");  // nothing behind it but the machine's clock
    auto times = reader.finish("2025-07-01");
    CHECK(times.at(1).given.counted == "2025-02-01");
    CHECK(times.at(1).given.clock_given);
    CHECK_FALSE((times.at(1).given.is_back || times.at(1).given.is_ahead()));
    CHECK(times.at(2).given.counted == "2025-01-01");
    CHECK(times.at(2).given.is_back);
    CHECK(times.at(2).taken.said.empty());
    CHECK(times.at(1).taken.counted == "2025-06-01");
    CHECK(times.at(1).taken.is_ahead());
    CHECK(times.at(3).given.counted == "2025-03-01");
    CHECK(times.at(3).given.is_back);
    CHECK_FALSE(times.at(3).given.clock_given);
    CHECK(times.at(4).given.counted == "2025-07-01");
}
