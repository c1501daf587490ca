// The recommended names of the EU: what of a path fits (EU module 1 guidance, file naming; examples from there).
#include <catch2/catch.hpp>

#include "core/path.hpp"
#include "templates/file_names.hpp"

using namespace dossier;
using templates::FileName;

namespace {

std::vector<FileName> names() {
    auto read = templates::read_file_names(templates::Source(), "eu");
    if (!read) FAIL(to_text(read.error()));
    return *read;
}

bool is_folder(const std::string& folder) {
    for (const FileName& name : names())
        if (name.is_folder(path::parts(folder))) return true;
    return false;
}

bool is_name(const std::string& path) {
    for (const FileName& name : names())
        if (name.is_folder(path::parts(path::parent(path))) && name.is_name(path::file_name(path))) return true;
    return false;
}

} // namespace

TEST_CASE("folders of the EU: countries, languages, substances, and where folders of one's own may be") {
    for (const char* const folder :
         {"m1/eu/10-cover/ema", "m1/eu/10-cover/common", "m1/eu/13-pi/131-spclabelpl/fr/fr",
          "m3/32-body-data/32s-drug-sub/acmol-acme/32s1-gen-info",
          "m3/32-body-data/32p-drug-prod/acmol/32p4-contr-excip/compendial-excipients", "m3/32-body-data/32a-app/32a3-excip-acmol/more",
          "m3/33-lit-ref", "m3/33-lit-ref/more", "m5/53-clin-stud-rep/531-rep-biopharm-stud/5311-ba-stud-rep/acm-1"}) {
        INFO(folder);
        CHECK(is_folder(folder));
    }
    for (const char* const folder :
         {"m1/eu/10-cover", "m1/eu/10-cover/germany", "m1/eu/10-cover/de/more", "m1/eu/13-pi/131-spclabelpl/fr",
          "m3/32-body-data/32s-drug-sub", "m5/52-tab-list/more", "m5/53-clin-stud-rep/531-rep-biopharm-stud/5311-ba-stud-rep"}) {
        INFO(folder);
        CHECK_FALSE(is_folder(folder));
    }
}

TEST_CASE("names of files of the EU: a fixed stem, more behind a hyphen, the extensions that are foreseen") {
    for (const char* const file :
         {"m1/eu/10-cover/fr/fr-cover.pdf", "m1/eu/12-form/be/be-form-eaf.pdf", "m1/eu/12-form/it/it-form-annex-01.pdf",
          "m1/eu/13-pi/131-spclabelpl/ema/en/ema-combined-tablet1-5mg.pdf", "m1/eu/responses/common/common-responses-maa-d106-clin.pdf",
          "m1/eu/13-pi/132-mockup/de/de-mockup.svg", "m3/32-body-data/32a-app/32a1-fac-equip/anything.docx"}) {
        INFO(file);
        CHECK(is_name(file));
    }
    for (const char* const file : {"m1/eu/10-cover/fr/cover.pdf", "m1/eu/10-cover/fr/france-cover.pdf", "m1/eu/10-cover/fr/fr-covers.pdf",
                                   "m1/eu/10-cover/fr/fr-cover-.pdf", "m1/eu/10-cover/fr/fr-cover.docx", "m2/22-intro/intro.pdf"}) {
        INFO(file);
        CHECK_FALSE(is_name(file));
    }
}
