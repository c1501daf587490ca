// What one filing by an unblinded user opens of what is sealed: no more than it has to, and never something that is not so any more.
#include "tests/tmf/ledger_support.hpp"
#include "tmf/ledger_sealed.hpp"
#include "tmf/restricted_index.hpp"

using namespace dossier;
using namespace dossier::tmf;
using namespace tmf_test;

namespace {

class CountingSealer final : public Sealer { // turns each byte around; opens what it turned
public:
    Result<std::string> seal(std::string_view bytes) override { return "!" + turned(bytes); }
    bool can_open() override { return true; }
    Result<void> require_open() override { return {}; }
    Result<std::string> open(std::string_view sealed) override {
        ++opened;
        if (sealed.substr(0, 1) != "!") return Error(ErrorKind::denied, "not sealed by this one");
        return turned(sealed.substr(1));
    }
    Result<UnblindingKey> make_key(int) override { return UnblindingKey(); }
    Result<UnblindingKey> key(int) override { return UnblindingKey(); }
    Result<std::string> seal_for(std::string_view bytes, const std::string&) override { return std::string(bytes); }
    int opened = 0;

private:
    static std::string turned(std::string_view bytes) {
        std::string text(bytes);
        for (char& c : text) c = static_cast<char>(~c);
        return text;
    }
};

std::string bytes_of(std::int64_t number) { return fill("bytes of {}", number); }

// Document n holds n * 100,000 bytes, and its envelope 600 more.
Change sealed_filing(std::int64_t number, const std::string& label) {
    Change change = filing(number, 1, bytes_of(number), label);
    change.document->sealed.clear();
    change.version->size = static_cast<std::uint64_t>(number) * 100'000;
    change.version->stored_as = StoredAs{sha256_of("envelope of " + bytes_of(number)), change.version->size + 600};
    return change;
}

struct Sealed {
    Fresh place;
    std::shared_ptr<CountingSealer> sealer = std::make_shared<CountingSealer>();
    std::unique_ptr<Ledger> ledger = make_sealed_ledger(*place.ledger, sealer);
    Sealed() {
        std::vector<Change> changes{study_change()};
        for (std::int64_t number = 1; number <= 40; ++number) changes.push_back(sealed_filing(number, fill("L{}", number)));
        REQUIRE(ledger->commit(ann, changes));
        sealer->opened = 0;
    }
    std::vector<std::int64_t> with(std::int64_t number) const {
        std::vector<std::int64_t> found;
        const auto versions = ledger->sealed_versions_with(sha256_of(bytes_of(number)), static_cast<std::uint64_t>(number) * 100'000);
        REQUIRE(versions);
        for (const VersionRecord& version : *versions) {
            CHECK(version.title == "Curriculum \"vitae\" of Zoë"); // opened
            found.push_back(version.document);
        }
        return found;
    }
    std::vector<std::int64_t> called(const std::string& label) const { return *ledger->documents_by_external("S", label); }
};

using Numbers = std::vector<std::int64_t>;

} // namespace

TEST_CASE("restricted index: the same bytes are looked for among what is about as long, each opened once") {
    Sealed s;
    CHECK(s.with(7) == Numbers{7});
    // 700,000 bytes sealed are at most 719,129 (700,000 + 700,000 / 64 + 8192): of lengths 100,600 to 4,000,600 by 100,000 that is one
    CHECK(s.sealer->opened == 1);
    CHECK(s.with(7) == Numbers{7});
    CHECK(s.sealer->opened == 1);
    CHECK(s.with(41).empty());
    CHECK(s.sealer->opened == 1); // nothing is so long
    CHECK(s.ledger->sealed_versions_with(sha256_of("others"), 700'000)->empty());
    CHECK(s.sealer->opened == 1);
}

TEST_CASE("restricted index: labels are opened when one is asked for, each once") {
    Sealed s;
    CHECK(s.called("L12") == Numbers{12});
    CHECK(s.sealer->opened == 40); // the documents' own words, not those of their versions
    CHECK(s.called("L13") == Numbers{13});
    CHECK(s.called("L41").empty());
    CHECK(s.ledger->documents_by_external("T", "L12")->empty());
    CHECK(s.sealer->opened == 40);
}

TEST_CASE("restricted index: what is committed shows, and only that is opened anew") {
    Sealed s;
    CHECK(s.called("L12") == Numbers{12});
    CHECK(s.with(12) == Numbers{12});
    s.sealer->opened = 0;
    REQUIRE(s.ledger->commit(ann, {sealed_filing(41, "L41")}));
    Change renamed = sealed_filing(12, "other");
    renamed.version.reset();
    REQUIRE(s.ledger->commit(ann, {renamed}));
    s.sealer->opened = 0;
    CHECK(s.called("L12").empty());
    CHECK(s.called("other") == Numbers{12});
    CHECK(s.called("L41") == Numbers{41});
    CHECK(s.with(41) == Numbers{41});
    CHECK(s.sealer->opened == 3); // two labels, one version
    Change again = sealed_filing(41, "");
    again.document.reset();
    again.version->number = 2;
    REQUIRE(s.ledger->commit(ann, {again}));
    CHECK(s.with(41) == Numbers{41, 41});
}

TEST_CASE("restricted index: what others commit shows too") {
    Sealed s;
    CHECK(s.called("L41").empty());
    CHECK(s.with(41).empty());
    const auto other_program = s.place.make(false);
    const auto other_ledger = make_sealed_ledger(*other_program, s.sealer);
    REQUIRE(other_ledger->commit(ann, {sealed_filing(41, "L41")}));
    CHECK(s.called("L41") == Numbers{41});
    CHECK(s.with(41) == Numbers{41});
    REQUIRE(s.ledger->commit(ann, {sealed_filing(42, "L42")}));
    REQUIRE(other_ledger->commit(ann, {sealed_filing(43, "L43")}));
    REQUIRE(s.ledger->commit(ann, {sealed_filing(44, "L44")})); // one of ours, one of theirs, one of ours
    for (const std::int64_t number : {42, 43, 44}) {
        CHECK(s.called(fill("L{}", number)) == Numbers{number});
        CHECK(s.with(number) == Numbers{number});
    }
}
