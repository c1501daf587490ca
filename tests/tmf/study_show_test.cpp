// `study show`: everything that a study file may say is there to be read.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

TEST_CASE("study show names every entry of every list, the answers of places, and what the study promoted") {
    const Program p;
    p.scratch.write("STUDY.yaml", replace_all(program_study, "review: yes", "review: yes, dibd: 2024-12-31, promote: [EDL-002-01]") +
                                      R"(trainings: [{id: TR1, roles: [monitor], date: 2025-02-02}]
committees: [{id: DMC, name: Data monitoring, meetings: [{id: DMC-1, date: 2025-03-03}]}]
vendors: [{id: V1, name: Labs Ltd, obligations: yes, contracts: [{id: V1-C1, signed: 2025-01-20}]}]
laboratories: [{id: L1, accredited: no, certificates: [{id: L1-CAP}]}]
safety_notices: [{id: N1, type: susar, date: 2025-04-04, countries: [USA]}]
protocol_versions: [{id: PV2, date: 2025-05-05}]
ib_versions: [{id: IB2, date: 2025-05-06}]
icf_versions: [{id: ICF2, approved: 2025-05-07, sites: ["701"]}]
visits: [{id: MV1, site: "701", type: interim, date: 2025-05-08}]
batches: [{id: B1, released: 2025-05-09}]
shipments: [{id: SH1, site: "701", date: 2025-05-10}]
audits: [{id: AU1, date: 2025-05-11}]
systems: [{id: IRT1, kind: irt, releases: [{id: IRT1-R2, date: 2025-05-12}]}]
occurrences: [{id: O1, type: sae, site: "701", date: 2025-05-13}]
)");
    std::string yaml = p.scratch.read("STUDY.yaml");
    yaml = replace_all(yaml, "{code: DE}", "{code: DE, languages: [de, en], switches: {local_ec: no}}");
    p.scratch.write("STUDY.yaml", replace_all(yaml, "activated: 2025-09-01}", "activated: 2025-09-01, switches: {edc: no}}"));
    p.require({"study", "apply", "STUDY.yaml"});
    const std::string shown = p.require({"study", "show", "S"});
    for (const char* word : {"TR1",
                             "DMC",
                             "Data monitoring",
                             "DMC-1 (2025-03-03)",
                             "V1",
                             "Labs Ltd",
                             "V1-C1 (2025-01-20)",
                             "L1",
                             "L1-CAP",
                             "N1",
                             "susar",
                             "PV2",
                             "IB2",
                             "ICF2",
                             "MV1",
                             "interim",
                             "B1",
                             "2025-05-09",
                             "SH1",
                             "AU1",
                             "IRT1",
                             "IRT1-R2 (2025-05-12)",
                             "O1",
                             "sae",
                             "A1",
                             "2025-06-15",
                             "de, en",
                             "local_ec: no",
                             "edc: no",
                             "EDL-002-01",
                             "2024-12-31",
                             "P1",
                             "P2",
                             "EDL@1"}) {
        INFO(word);
        CHECK(shown.find(word) != std::string::npos);
    }
}
