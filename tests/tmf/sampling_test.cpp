// The sampling plan: drawn again with sha256sum and Python; tightened by the rule that docs/quality.md states.
#include <deque>
#include <map>

#include "templates/tmf_quality.hpp"
#include "tests/support/skip.hpp"
#include "tests/tmf/report_support.hpp"
#include "tests/tmf/study_support.hpp"
#include "tmf/sampling.hpp"

using namespace tmf_test;

namespace {

const templates::QualityCatalogue& quality() {
    static const auto loaded = *templates::read_quality_catalogue(templates::Source(), catalogue());
    return loaded;
}

enum class Fate { waiting, accepted, rejected };

StoredDocument filed(std::int64_t number, int unique_id, Fate fate) {
    StoredDocument stored;
    stored.document.number = number;
    stored.document.unique_id = unique_id;
    VersionRecord version;
    version.document = number;
    version.number = 1;
    version.received = version.final = day("2025-02-01");
    if (fate == Fate::accepted) version.accepted = day("2025-02-10");
    if (fate == Fate::rejected) version.rejected = day("2025-02-10");
    stored.versions.push_back(version);
    return stored;
}

Sample sample_of(const std::vector<StoredDocument>& documents, std::int64_t percent, const std::string& as_of = "2025-03-01",
                 const std::string& yaml = "study: {id: S}\n", std::int64_t target = 95) {
    static std::deque<std::vector<StoredDocument>> kept; // a sample points into its documents
    std::vector<const StoredDocument*> all;
    for (const StoredDocument& stored : kept.emplace_back(documents)) all.push_back(&stored);
    return draw_sample(all, study(yaml), quality(), {percent, target, "spring", *day(as_of)});
}

std::vector<std::int64_t> chosen(const Sample& sample) {
    std::vector<std::int64_t> numbers;
    for (const SampledVersion& member : sample.versions)
        if (member.is_chosen()) numbers.push_back(member.version().document);
    return numbers;
}
using Numbers = std::vector<std::int64_t>;

// Draws of documents 1 to 10 under the seed "spring", in percent; printf '%s' 'spring:D-000001@1' | sha256sum | cut -c1-8 and so on:
// 33e588cd 20.27   98103056 59.39   26283024 14.90   1921b02e 9.81   b9a196fd 72.51
// 53fc89ee 32.80   351a14db 20.74   9a0ef271 60.17   0c54997a 4.81   9ebe5052 62.00
std::vector<StoredDocument> ten(int unique_id, const std::map<int, Fate>& fates = {}) {
    std::vector<StoredDocument> documents;
    for (int i = 1; i <= 10; ++i) documents.push_back(filed(i, unique_id, fates.count(i) ? fates.at(i) : Fate::waiting));
    return documents;
}

constexpr int newsletter = 13, protocol = 32; // not critical, critical

} // namespace

TEST_CASE("sampling: a draw is the first eight digits of the hash as a share of 2^32") {
    CHECK(draw_of("spring", "D-000001@1") == 0x33e588cdU);
    CHECK(draw_of("spring", "D-000009@1") == 0x0c54997aU);
    CHECK(draw_text(0x33e588cdU) == "20.27");
    CHECK(draw_text(0xffffffffU) == "99.99");
    CHECK_FALSE(is_drawn(0x33e588cdU, 20)); // 20.27 is not below 20
    CHECK(is_drawn(0x33e588cdU, 21));
    CHECK(is_drawn(0xffffffffU, 100)); // 100 % is everything
    CHECK(is_drawn(0, 1));
    CHECK(is_drawn(0x7fffffffU, 50));
    CHECK_FALSE(is_drawn(0x80000000U, 50)); // exactly a half is not below 50 %
}

TEST_CASE("sampling: a percentage of the others, all of the critical, the study's own list instead of ours") {
    CHECK(chosen(sample_of(ten(newsletter), 20)) == Numbers{3, 4, 9});
    CHECK(chosen(sample_of(ten(newsletter), 33)) == Numbers{1, 3, 4, 6, 7, 9});
    CHECK(chosen(sample_of(ten(newsletter), 100)).size() == 10);
    const Sample critical = sample_of(ten(protocol), 20);
    CHECK(chosen(critical).size() == 10);
    CHECK(critical.versions[0].reason == "critical: what the trial is: every other record is read against it");
    CHECK(critical.artifacts[0].percent == 100);
    CHECK(chosen(sample_of(ten(protocol), 20, "2025-03-01", "study: {id: S, critical: []}\n")) == Numbers{3, 4, 9});
    const Sample own = sample_of(ten(newsletter), 20, "2025-03-01", "study: {id: S, critical: [01.01.13]}\n");
    CHECK(chosen(own).size() == 10);
    CHECK(own.versions[0].reason == "critical: named in the study's own list");
    const Sample drawn = sample_of(ten(newsletter), 20);
    CHECK(drawn.versions[2].reason == "drawn: 14.90 < 20");
    CHECK(drawn.versions[0].reason == "not drawn: 20.27 is not below 20");
}

TEST_CASE("sampling: drafts, withdrawn versions and what came later are not in the population") {
    auto documents = ten(newsletter);
    documents[2].versions[0].final.reset();
    documents[3].versions[0].withdrawn = day("2025-02-20");
    CHECK(chosen(sample_of(documents, 20)) == Numbers{9});
    CHECK(chosen(sample_of(documents, 20, "2025-02-19")) == Numbers{4, 9}); // not withdrawn yet
    CHECK(sample_of(documents, 20, "2025-01-31").versions.empty());
}

TEST_CASE("sampling: tightened by doubling while the first-pass yield of what was drawn is below the target") {
    // At 20 %: 3, 4, 9 are drawn. Two of them passed, one did not: 66.7 % is below 95 %, so 40 %: 1 (20.27), 6 (32.80), 7 (20.74) too.
    // Nothing is known of those, the yield stays 2 of 3, so 80 %: 2 (59.39), 5 (72.51), 8 (60.17), 10 (62.00), and then 100 %.
    const Sample failing = sample_of(ten(newsletter, {{3, Fate::accepted}, {4, Fate::rejected}, {9, Fate::accepted}}), 20);
    CHECK(chosen(failing).size() == 10);
    CHECK(failing.artifacts[0].percent == 100);
    CHECK(failing.versions[0].reason == "tightened to 100 % (first-pass yield 2 of 3 at 80 % is below 95 %): drawn 20.27 < 100");
    CHECK(failing.versions[2].why == SampledVersion::Why::drawn);
    // With a target of 80 %, and 1, 6, 7 accepted: 2 of 3 at 20 % is below, 5 of 6 = 83.3 % at 40 % is not, and there it stops.
    using enum Fate;
    const Sample recovered =
        sample_of(ten(newsletter, {{3, accepted}, {4, rejected}, {9, accepted}, {1, accepted}, {6, accepted}, {7, accepted}}), 20,
                  "2025-03-01", "study: {id: S}\n", 80);
    CHECK(recovered.artifacts[0].percent == 40);
    CHECK(chosen(recovered) == Numbers{1, 3, 4, 6, 7, 9});
    CHECK(recovered.artifacts[0].first_pass == 6);
    CHECK(recovered.artifacts[0].passed == 5);
    CHECK(recovered.versions[0].reason == "tightened to 40 % (first-pass yield 2 of 3 at 20 % is below 80 %): drawn 20.27 < 40");
    // Failures that were not drawn do not tighten: nobody would know of them from the sample.
    CHECK(chosen(sample_of(ten(newsletter, {{5, Fate::rejected}}), 20)) == Numbers{3, 4, 9});
    // Nor do failures of the day after, or nothing known at all.
    CHECK(chosen(sample_of(ten(newsletter, {{4, Fate::rejected}}), 20, "2025-02-09")) == Numbers{3, 4, 9});
    // All that was drawn passed.
    CHECK(chosen(sample_of(ten(newsletter, {{3, Fate::accepted}, {4, Fate::accepted}}), 20)) == Numbers{3, 4, 9});
}

TEST_CASE("sampling: only first passes count for tightening") {
    auto documents = ten(newsletter, {{4, Fate::accepted}});
    // Document 3: rejected, then filed again and rejected again; two failures of one document are one.
    documents[2].versions[0].rejected = day("2025-02-10");
    VersionRecord again = documents[2].versions[0];
    again.number = 2; // spring:D-000003@2 has its own draw
    documents[2].versions.push_back(again);
    const Sample sample = sample_of(documents, 100);
    CHECK(sample.artifacts[0].first_pass == 2);
    CHECK(sample.artifacts[0].passed == 1);
}

TEST_CASE("tmf sample: anybody can draw the sample again from the program's own list") {
    test::tool_or_skip("python3");
    const Program p;
    std::string list = "file,artifact,title,status,received,final,accepted,rejected,country\n";
    const char* artifacts[] = {"01.01.13", "01.02.01", "02.01.02", "01.05.04"};
    for (int i = 0; i < 60; ++i) {
        p.scratch.write(fill("files/n{}.txt", i), fill("number {}\n", i));
        // Every seventh was rejected, every third waits, the others were accepted.
        const char* decided = i % 7 == 0 ? ",2025-02-03" : i % 3 == 0 ? "," : "2025-02-03,";
        list += fill("files/n{}.txt,{},Title {},final,2025-02-01,2025-02-02,{},\n", i, std::string_view(artifacts[i % 4]), i,
                     std::string_view(decided));
    }
    p.import(list);
    const Json report = p.json({"tmf", "sample", "S", "--percent", "10", "--seed", "autumn"});
    const Json documents = p.json({"tmf", "list", "--study", "S"});
    p.scratch.write("documents.json", documents.dump());
    // The page's arithmetic, in another language: critical is 02.01.02 alone among these artifacts.
    p.scratch.write("draw.py", R"(
import hashlib, json
pool = {}
for d in json.load(open("documents.json"))["documents"]:
    for v in d["versions"]:
        name = "%s@%d" % (d["id"], v["number"])
        draw = int(hashlib.sha256(("autumn:" + name).encode()).hexdigest()[:8], 16)
        pool.setdefault(d["artifact"], []).append((name, draw, v))
chosen = []
for artifact, members in pool.items():
    percent = 100 if artifact == "02.01.02" else 10
    while percent < 100:
        known = [v for _, draw, v in members if draw * 100 < percent * 2**32 and ("accepted" in v or "rejected" in v)]
        passed = [v for v in known if "rejected" not in v]
        if not known or len(passed) * 100 >= 95 * len(known): break
        percent = min(100, percent * 2)
    chosen += [name for name, draw, _ in members if draw * 100 < percent * 2**32]
print("\n".join(sorted(chosen)))
)");
    const auto drawn = test::run({"python3", "draw.py"}, p.scratch.path());
    INFO(drawn.err);
    auto ours = column(report, "versions", "document");
    std::sort(ours.begin(), ours.end());
    CHECK(join(ours, "\n") + "\n" == drawn.out);
    CHECK(ours.size() > 15); // 15 of the 60 are protocols
    CHECK(ours.size() < 60);
    // Every figure is a count of rows.
    const auto why = column(report, "versions", "why"), outcome = column(report, "versions", "outcome");
    for (const char* key : {"critical", "drawn", "tightened"}) CHECK(figure(report, key) == std::count(why.begin(), why.end(), key));
    CHECK(figure(report, "critical") == 15);
    CHECK(figure(report, "chosen") == static_cast<std::int64_t>(ours.size()));
    CHECK(figure(report, "waiting") == std::count(outcome.begin(), outcome.end(), "waiting"));
    CHECK(figure(report, "population") == 60);
    CHECK(p.json({"tmf", "sample", "S", "--percent", "10", "--seed", "autumn"}).dump() == report.dump());
    CHECK(p.json({"tmf", "sample", "S", "--percent", "10", "--seed", "winter"}).dump() != report.dump());
    // One draw by hand, with the tool everybody has.
    const std::string first = column(report, "versions", "document").front();
    const auto sum = test::run({"sh", "-c", "printf %s autumn:" + first + " | sha256sum | cut -c1-8"}, p.scratch.path());
    CHECK(draw_text(draw_of("autumn", first)) == column(report, "versions", "draw").front());
    CHECK(fill("{:08x}", draw_of("autumn", first)) + "\n" == sum.out);
}

TEST_CASE("tmf sample: percentages and seeds that are none are refused") {
    const Program p;
    CHECK(p.refused({"tmf", "sample", "S", "--percent", "0", "--seed", "x"}, 2) ==
          "dossier: --percent 0 is no percentage. Mend: a whole number from 1 to 100\n");
    CHECK(p.refused({"tmf", "sample", "S", "--percent", "101", "--seed", "x"}, 2).find("--percent 101") != std::string::npos);
    CHECK(p.refused({"tmf", "sample", "S", "--seed", " "}, 2).find("the seed is empty") != std::string::npos);
    CHECK(p.run({"tmf", "sample", "S"}).code == 2);
}
