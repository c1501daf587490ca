#include "tests/ectd/regional_samples.hpp"

#include <stdexcept>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace test {

using namespace dossier;

namespace {

const char* const index_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE ectd:ectd SYSTEM \"util/dtd/ich-ectd-3-2.dtd\">\n"
                               "<?xml-stylesheet type=\"text/xsl\" href=\"util/style/ectd-2-0.xsl\"?>\n"
                               "<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3c.org/1999/xlink\" "
                               "dtd-version=\"3.2\">\n";

// Writes the files of one sequence and the leaves that name them.
class SampleSequence {
public:
    SampleSequence(FileSystem& fs, const std::string& folder, std::string regional)
        : fs_(fs), folder_(folder), regional_(std::move(regional)) {}

    void write(const std::string& name, const std::string& bytes) {
        const std::string file = path::join(folder_, name);
        if (!fs_.create_folders(path::parent(file)) || !write_new_file(fs_, file, bytes)) throw std::runtime_error("cannot write " + file);
    }

    // A leaf of index.xml or, with `module1`, of the regional file, for a new file with the text `content`.
    std::string leaf(const std::string& id, const std::string& operation, const std::string& title, const std::string& name,
                     const std::string& content, const std::string& modified = {}, const std::string& prefix = {}) {
        const std::string bytes = "%PDF-1.4\n" + content + "\n%%EOF\n";
        write(name, bytes);
        return leaf_of(id, operation, title, name, md5_of(bytes).hex(), modified, prefix);
    }

    std::string leaf_of(const std::string& id, const std::string& operation, const std::string& title, const std::string& name,
                        const std::string& md5, const std::string& modified = {}, const std::string& prefix = {}) const {
        const bool module1 = starts_with(name, "m1/") && !ends_with(name, "-regional.xml");
        const std::string from = module1 ? path::parent(regional_) : "";
        const std::string target = modified.empty() ? "" : " modified-file=\"" + modified + "\"";
        return "<" + prefix + "leaf ID=\"" + id + "\" operation=\"" + operation + "\" checksum-type=\"md5\" checksum=\"" + md5 +
               "\" xlink:href=\"" + path::relative(from, name) + "\"" + target + "><" + prefix + "title>" + title + "</" + prefix +
               "title></" + prefix + "leaf>";
    }

    void finish(const std::string& regional, const std::string& modules) {
        write(regional_, regional);
        const std::string index = index_head + std::string("<m1-administrative-information-and-prescribing-information>") +
                                  leaf_of("m1", "new", "Regional file", regional_, md5_of(regional).hex()) +
                                  "</m1-administrative-information-and-prescribing-information>\n" + modules + "</ectd:ectd>\n";
        write("index.xml", index);
        write("index-md5.txt", md5_of(index).hex());
    }

private:
    FileSystem& fs_;
    std::string folder_, regional_;
};

std::string eu_regional(const std::string& number, const std::string& related, const std::string& type, const std::string& unit,
                        const std::string& module1) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE eu:eu-backbone SYSTEM \"../../util/dtd/eu-regional.dtd\">\n"
           "<eu:eu-backbone xmlns:eu=\"http://europa.eu.int\" xmlns:xlink=\"http://www.w3c.org/1999/xlink\" dtd-version=\"3.1\">\n"
           "<eu-envelope><envelope country=\"ema\"><identifier>0c27ff1e-6d2b-4f4e-9d5c-0b6a7c1c2f10</identifier><submission type=\"" +
           type + "\"><procedure-tracking><number>EMEA/H/C/009999</number></procedure-tracking></submission><submission-unit type=\"" +
           unit +
           "\"/><applicant>Made-up Pharma</applicant><agency code=\"EU-EMA\"/><procedure type=\"centralised\"/>"
           "<invented-name>Inventol</invented-name><inn>inventolum</inn><sequence>" +
           number + "</sequence><related-sequence>" + related +
           "</related-sequence><submission-description>Made up</submission-description></envelope></eu-envelope>\n<m1-eu>" + module1 +
           "</m1-eu>\n</eu:eu-backbone>\n";
}

std::string cover(SampleSequence& sequence, const std::string& number) {
    return "<m1-0-cover><specific country=\"ema\">" +
           sequence.leaf("cover", "new", "Cover letter " + number, "m1/eu/10-cover/ema/ema-cover.pdf", "cover " + number) +
           "</specific></m1-0-cover>";
}

std::string pi_doc(const std::string& language, const std::string& leaf) {
    return "<pi-doc xml:lang=\"" + language + "\" type=\"spc\" country=\"ema\">" + leaf + "</pi-doc>";
}

const std::string specification = "m3/32-body-data/32s-drug-sub/inventolum-acme/32s4-contr-drug-sub/32s41-spec/specification.pdf";

std::string drug_substance(const std::string& leaf, const std::string& behind = {}) {
    return "<m3-quality><m3-2-body-of-data><m3-2-s-drug-substance substance=\"inventolum\" manufacturer=\"Acme\">"
           "<m3-2-s-4-control-of-drug-substance><m3-2-s-4-1-specification>" +
           leaf + "</m3-2-s-4-1-specification></m3-2-s-4-control-of-drug-substance></m3-2-s-drug-substance>" + behind +
           "</m3-2-body-of-data></m3-quality>\n";
}

std::string study(const std::string& leaf) {
    return "<m5-clinical-study-reports><m5-3-clinical-study-reports><m5-3-5-reports-of-efficacy-and-safety-studies indication=\"Pain\">"
           "<m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-indication><node-extension><title>INV-301</"
           "title>" +
           leaf +
           "</node-extension></m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-indication>"
           "</m5-3-5-reports-of-efficacy-and-safety-studies></m5-3-clinical-study-reports></m5-clinical-study-reports>\n";
}

std::string ca_regional(const std::string& prefix, const std::string& number, const std::string& related, const std::string& module1) {
    const auto tag = [&prefix](const std::string& name, const std::string& text) {
        return "<" + prefix + name + ">" + text + "</" + prefix + name + ">";
    };
    const std::string space = prefix.empty() ? " xmlns=\"hcsc_ectd\"" : "";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hcsc_ectd:hcsc_ectd xmlns:hcsc_ectd=\"hcsc_ectd\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" schema-version=\"2.2\"" +
           space + ">\n" +
           tag("ectd-regulatory-transaction-information",
               tag("applicant", "Made-up Pharma") + tag("product-name", "Inventol") + tag("dossier-identifier", "e123456") +
                   tag("dossier-type", "Pharmaceutical Dossier") + tag("regulatory-activity-type", "CTA") + tag("sequence-number", number) +
                   tag("sequence-description", "Made up") + (related.empty() ? "" : tag("related-sequence-number", related))) +
           tag("m1-administrative-and-product-information", module1) + "</hcsc_ectd:hcsc_ectd>\n";
}

} // namespace

void write_eu_sample(FileSystem& fs, const std::string& folder) {
    const std::string regional = "m1/eu/eu-regional.xml", in_regional = "../../../0000/m1/eu/eu-regional.xml#";
    const std::string german = "m1/eu/13-pi/131-spclabelpl/ema/de/ema-spc.pdf", french = "m1/eu/13-pi/131-spclabelpl/ema/fr/ema-spc.pdf";
    {
        SampleSequence s(fs, folder + "/0000", regional);
        const std::string pi = "<m1-3-pi><m1-3-1-spc-label-pl>" + pi_doc("de", s.leaf("spc-de", "new", "SmPC", german, "german")) +
                               pi_doc("fr", s.leaf("spc-fr", "new", "SmPC", french, "french")) + "</m1-3-1-spc-label-pl></m1-3-pi>";
        const std::string quality = drug_substance(s.leaf("spec", "new", "Specification", specification, "spec 1"));
        const std::string report =
            study(s.leaf("report", "new", "Study report INV-301",
                         "m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/inv-301/report.pdf", "report"));
        s.finish(eu_regional("0000", "0000", "maa", "initial", cover(s, "0000") + pi), quality + report);
    }
    {
        SampleSequence s(fs, folder + "/0001", regional);
        const std::string pi = "<m1-3-pi><m1-3-1-spc-label-pl>" +
                               pi_doc("de", s.leaf("spc-de-2", "replace", "SmPC", german, "better german", in_regional + "spc-de")) +
                               "</m1-3-1-spc-label-pl></m1-3-pi>";
        s.finish(eu_regional("0001", "0000", "maa", "validation-response", cover(s, "0001") + pi), "");
    }
    SampleSequence s(fs, folder + "/0002", regional);
    const std::string again =
        "<m3-2-r-regional-information>" +
        s.leaf_of("again", "new", "The first specification", "../0000/" + specification, md5_of("%PDF-1.4\nspec 1\n%%EOF\n").hex()) +
        "</m3-2-r-regional-information>";
    const std::string quality =
        drug_substance(s.leaf("spec-2", "replace", "Specification", specification, "spec 2", "../0000/index.xml#spec"), again);
    s.finish(eu_regional("0002", "0002", "var-type2", "initial", cover(s, "0002")), quality);
}

void write_ca_sample(FileSystem& fs, const std::string& folder) {
    const std::string regional = "m1/ca/ca-regional.xml", protocol = "m1/ca/1-7-1/protocol.pdf";
    {
        SampleSequence s(fs, folder + "/0000", regional);
        s.finish(ca_regional("", "0000", "",
                             "<m1-0-1-cover-letter>" + s.leaf("cover", "new", "Cover letter", "m1/ca/1-0-1/cover.pdf", "cover") +
                                 "</m1-0-1-cover-letter><m1-7-1-study-protocol>" +
                                 s.leaf("protocol", "new", "Protocol INV-301", protocol, "protocol 1") + "</m1-7-1-study-protocol>"),
                 "");
    }
    SampleSequence s(fs, folder + "/0001", regional);
    const std::string p = "hcsc_ectd:";
    s.finish(ca_regional(p, "0001", "0000",
                         "<hcsc_ectd:m1-7-1-study-protocol>" +
                             s.leaf("protocol-2", "replace", "Protocol INV-301, amended", protocol, "protocol 2",
                                    "../../../0000/m1/ca/ca-regional.xml#protocol", p) +
                             "</hcsc_ectd:m1-7-1-study-protocol><hcsc_ectd:m1-9-9-new-things>" +
                             s.leaf("thing", "new", "Something new", "m1/ca/1-9-9/thing.pdf", "thing", "", p) +
                             "</hcsc_ectd:m1-9-9-new-things>"),
             "");
}

} // namespace test
