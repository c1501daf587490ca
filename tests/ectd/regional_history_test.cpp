// Histories of the EU and of Canada, which are read and not built: what they hold follows from the sample written beside this file.
#include <catch2/catch.hpp>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"
#include "ectd/activity.hpp"
#include "ectd/application_view.hpp"
#include "ectd/envelope_reader.hpp"
#include "ectd/leaf_chain.hpp"
#include "ectd/section_name.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/ectd/regional_samples.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::ectd;
using Lines = std::vector<std::string>;

namespace {

struct Read {
    std::shared_ptr<FileSystem> fs = make_memory_file_system();
    templates::EctdCatalogue catalogue;
    Application application;
    Lifecycle lifecycle;
    ApplicationView view;

    explicit Read(void (*write)(FileSystem&, const std::string&), const std::string& lost = {}) {
        auto read = templates::read_ectd_catalogue(templates::Source());
        REQUIRE(read);
        catalogue = std::move(*read);
        write(*fs, "/app");
        if (!lost.empty()) REQUIRE(fs->remove_tree("/app/" + lost));
        auto found = read_application(*fs, "/app", catalogue);
        REQUIRE(found);
        application = std::move(*found);
        lifecycle = compute_lifecycle(application);
        auto made = make_application_view(*fs, application, lifecycle, catalogue);
        REQUIRE(made);
        view = std::move(*made);
    }
    Lines current() const {
        Lines list;
        for (const LeafHistory* item : lifecycle.current())
            list.push_back(section_number(*item->leaf, catalogue) + " " + item->leaf->title + " " + item->leaf->at.sequence.text());
        std::sort(list.begin(), list.end());
        return list;
    }
    Lines activities() const {
        Lines list;
        for (const Activity& activity : view.activities) {
            list.push_back(activity.number + " " + activity.type + ":");
            for (const SequenceNumber number : activity.sequences) list.back() += " " + number.text();
        }
        return list;
    }
    // The headings above a leaf, from the module down.
    std::string place(const std::string& id) const {
        for (const Sequence& sequence : application.sequences)
            for (const Leaf& leaf : sequence.leaves) {
                if (leaf.at.id != id) continue;
                std::string text;
                for (int at = static_cast<int>(view.tree.node_of.at(&leaf)); at >= 0;
                     at = view.tree.nodes[static_cast<std::size_t>(at)].parent) {
                    const ViewNode& node = view.tree.nodes[static_cast<std::size_t>(at)];
                    text = "/" + node.number + "|" + node.title + "|" + node.detail + text;
                }
                return text;
            }
        return "";
    }
    Lines findings() const {
        Lines list;
        for (const ReadingFinding& finding : view.findings) list.push_back(finding.kind + ": " + finding.message);
        return list;
    }
};

} // namespace

TEST_CASE("an EU history is read without application.yaml: languages are nodes of their own, activities follow the related sequence") {
    const Read read(test::write_eu_sample);
    CHECK(read.application.region == "eu");
    CHECK(read.lifecycle.problems.empty());
    CHECK(read.findings().empty());
    CHECK(read.current() == Lines{"1.0 Cover letter 0000 0000", "1.0 Cover letter 0001 0001", "1.0 Cover letter 0002 0002",
                                  "1.3.1 SmPC 0000", "1.3.1 SmPC 0001", "3.2.R The first specification 0002",
                                  "3.2.S.4.1 Specification 0002", "5.3.5.1 Study report INV-301 0000"});
    CHECK(read.activities() == Lines{"0000 maa: 0000 0001", "0002 var-type2: 0002"});
    CHECK(read.place("spc-fr") ==
          "/1|Administrative Information and Prescribing Information|/1.3|Product Information|/1.3.1|SPC, Labelling and "
          "Package Leaflet|/||country ema, type spc, language fr");
    const Envelope& first = read.application.sequences[0].envelope;
    CHECK(first.application_number == "0c27ff1e-6d2b-4f4e-9d5c-0b6a7c1c2f10");
    CHECK(first.submission_type + ", " + first.submission_sub_type + ", " + first.application_type == "maa, initial, centralised");
    REQUIRE(first.parts.size() == 1);
    CHECK(first.parts[0].name == "ema");
    REQUIRE(read.view.studies.size() == 1); // of its node extension
    CHECK(read.view.studies[0].id == "INV-301");
    CHECK(read.view.studies[0].leaves.size() == 1);
    // The German text was replaced, the French one beside it was not.
    const auto chains = find_chains(read.lifecycle, "0000#spc-de");
    REQUIRE(chains);
    CHECK((*chains)[0].size() == 2);
}

TEST_CASE("a German text that replaces the French one is found: they are not at the same place") {
    const Read read(+[](FileSystem& fs, const std::string& folder) {
        test::write_eu_sample(fs, folder);
        const std::string file = folder + "/0001/m1/eu/eu-regional.xml";
        auto bytes = read_file(fs, file);
        REQUIRE(bytes);
        const std::size_t at = bytes->find("#spc-de\"");
        REQUIRE(at != std::string::npos);
        REQUIRE(fs.remove(file));
        REQUIRE(write_new_file(fs, file, bytes->replace(at, 8, "#spc-fr\"")));
    });
    REQUIRE(read.lifecycle.problems.size() == 1);
    CHECK(read.lifecycle.problems[0].problem == TargetProblem::other_section);
}

TEST_CASE("a Canadian history is read: prefixed names, headings by their elements, elements that nobody knows by their names") {
    const Read read(test::write_ca_sample);
    CHECK(read.application.region == "ca");
    CHECK(read.lifecycle.problems.empty());
    CHECK(read.current() == Lines{"1.0.1 Cover letter 0000", "1.7.1 Protocol INV-301, amended 0001", "1.9.9 Something new 0001"});
    CHECK(read.activities() == Lines{"0000 CTA: 0000 0001"});
    CHECK(read.application.sequences[1].envelope.application_number == "e123456");
    CHECK(read.place("thing") == "/1|Administrative Information and Prescribing Information|/1.9.9|New things|");
}

// The grammar of 3.0.1 is not at hand.
TEST_CASE("a module 1 of another version is read, and which sequences it is in is said once") {
    const Read read([](FileSystem& fs, const std::string& folder) {
        test::write_eu_sample(fs, folder);
        for (const char* const number : {"0000", "0001"}) {
            const std::string file = folder + "/" + number + "/m1/eu/eu-regional.xml";
            const auto bytes = read_file(fs, file);
            REQUIRE(bytes);
            REQUIRE(write_file_durably(fs, file, replace_all(*bytes, "dtd-version=\"3.1\"", "dtd-version=\"3.0.1\"")));
        }
    });
    CHECK(read.application.sequences[0].regional.version == "3.0.1");
    CHECK(read.application.sequences[2].regional.version == "3.1");
    CHECK(read.findings() == Lines{"other-version: module 1 is of version 3.0.1 in 0000, 0001: its headings are named by the tables of "
                                   "version 3.1, and by the words in their elements where those do not have them"});
}

TEST_CASE("a sequence that is not there is named, with what follows from it, and nothing is guessed") {
    const Read read(test::write_eu_sample, "0000");
    CHECK(
        read.findings() ==
        Lines{
            "missing-sequence: sequence 0000 is not in the folder, and 0001/m1/eu/eu-regional.xml#spc-de-2 modifies a leaf of it: what the "
            "application contains is not known",
            "envelope: belongs to the regulatory activity that sequence 0000 opened, and that is not in the folder",
            "dead-target: modifies a leaf that is not there: ../../../0000/m1/eu/eu-regional.xml#spc-de",
            "dead-target: modifies a leaf that is not there: ../0000/index.xml#spec",
            "missing-file: the file lies in a sequence that is not there: 0000/m3/32-body-data/32s-drug-sub/inventolum-acme/"
            "32s4-contr-drug-sub/32s41-spec/specification.pdf"});
    const Read hole(test::write_eu_sample, "0001");
    CHECK(hole.findings() == Lines{"unused-number: 0001 is not in the folder: never sent, or missing here"});
    const Read file(test::write_eu_sample, "0001/m1/eu/10-cover");
    CHECK(file.findings() == Lines{"missing-file: the file is not there"});
}

TEST_CASE("the EU sample is valid by the official grammar, and its table has that grammar's headings") {
    test::tool_or_skip("xmllint");
    const std::string standards = test::standards_or_skip();
    const test::Scratch scratch;
    auto fs = make_disk_file_system();
    test::write_eu_sample(*fs, scratch / "app");
    for (const char* const number : {"0000", "0001", "0002"}) {
        const auto checked = test::run({"xmllint", "--noout", "--nonet", "--dtdvalid", standards + "/eu-3.1/eu-regional.dtd",
                                        scratch / "app/" + number + "/m1/eu/eu-regional.xml"});
        INFO(checked.err);
        CHECK(checked.code == 0);
    }
    // Every element of the official grammar that may hold leaves or headings, by name, in its order.
    const std::string dtd = test::read_bytes(standards + "/eu-3.1/eu-regional.dtd");
    const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    std::size_t found = 0;
    for (std::size_t at = dtd.find("<!ELEMENT m1-"); at != std::string::npos; at = dtd.find("<!ELEMENT m1-", at + 1)) {
        const std::string name = dtd.substr(at + 10, dtd.find_first_of(" \t\r\n(", at + 10) - at - 10);
        if (name == "m1-eu") continue;
        INFO(name);
        ++found;
        CHECK(catalogue->eu_module1.by_element(name) != nullptr);
    }
    CHECK(found + 2 == catalogue->eu_module1.all().size()); // specific and pi-doc
}

TEST_CASE(
    "envelopes of the United States: of a grouped submission the application that holds the files, of an older module 1 what it names") {
    const auto envelope = [](const std::string& admin) {
        const auto document = parse_xml("<fda-regional:fda-regional xmlns:fda-regional=\"http://www.ich.org/fda\"><admin>" + admin +
                                            "</admin></fda-regional:fda-regional>",
                                        "us-regional.xml");
        REQUIRE(document);
        return read_envelope(document->root, "us");
    };
    const auto application = [](const std::string& holds, const std::string& number) {
        return "<application application-containing-files=\"" + holds +
               "\"><application-information><application-number application-type=\"fdaat1\">" + number +
               "</application-number></application-information><submission-information><submission-id submission-type=\"fdast2\">0007"
               "</submission-id><sequence-number "
               "submission-sub-type=\"fdasst3\">0007</sequence-number></submission-information></application>";
    };
    const Envelope grouped =
        envelope("<application-set>" + application("false", "111111") + application("true", "222222") + "</application-set>");
    CHECK(grouped.application_number == "222222");
    CHECK(grouped.submission_id == "0007");
    REQUIRE(grouped.parts.size() == 2);
    CHECK(grouped.parts[0].name == "111111");
    const Envelope old =
        envelope("<product-description><application-number>333333</application-number></product-description>"
                 "<application-information application-type=\"nda\"><submission submission-type=\"original\"><sequence-number>0003"
                 "</sequence-number><related-sequence-number>0001</related-sequence-number></submission></application-information>");
    CHECK(old.application_number + old.application_type + old.submission_type + old.sequence_number == "333333ndaoriginal0003");
    CHECK(old.related_sequences == Lines{"0001"});
}

TEST_CASE("a name is read out of an element") {
    const auto name = [](const std::string& element) {
        const SectionName read = name_from_element(element);
        return read.number + "|" + read.title;
    };
    CHECK(name("m1-2-5-1-clinical-trial-site-information-form") == "1.2.5.1|Clinical trial site information form");
    CHECK(name("m3-2-s-4-1-specification") == "3.2.S.4.1|Specification");
    CHECK(name("m1-responses") == "|m1-responses");
    CHECK(name("admin") == "|admin");
    CHECK(name("m") == "|m");
    CHECK(name("m1-2-510k-things") == "1.2|510k things");
}
