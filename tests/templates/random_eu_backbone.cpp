// The random eu-regional.xml. What stands where is told from the official eu-regional.dtd 3.1 and its modules, not from our tables.
#include "tests/templates/random_backbone.hpp"

using namespace dossier;

namespace test {

namespace {

const std::string xlink = "http://www.w3c.org/1999/xlink";

enum class Fills { countries, languages, leaves }; // specific+, pi-doc+, (leaf | node-extension)*

struct Part {
    const char* parent; // "" of m1-eu
    const char* name;
    Fills fills;
};
// Without 1.6, where one of two stands. In the DTD's order.
const Part parts[] = {{"", "m1-0-cover", Fills::countries},
                      {"", "m1-2-form", Fills::countries},
                      {"m1-3-pi", "m1-3-1-spc-label-pl", Fills::languages},
                      {"m1-3-pi", "m1-3-2-mockup", Fills::countries},
                      {"m1-3-pi", "m1-3-5-approved", Fills::countries},
                      {"m1-3-pi", "m1-3-6-braille", Fills::leaves},
                      {"m1-4-expert", "m1-4-1-quality", Fills::leaves},
                      {"m1-4-expert", "m1-4-3-clinical", Fills::leaves},
                      {"m1-5-specific", "m1-5-1-bibliographic", Fills::leaves},
                      {"m1-5-specific", "m1-5-5-conditional-ma", Fills::leaves},
                      {"m1-6-environrisk", "m1-6-2-gmo", Fills::leaves},
                      {"m1-7-orphan", "m1-7-1-similarity", Fills::leaves},
                      {"m1-8-pharmacovigilance", "m1-8-2-risk-management-system", Fills::leaves},
                      {"", "m1-9-clinical-trials", Fills::leaves},
                      {"", "m1-10-paediatrics", Fills::leaves},
                      {"", "m1-responses", Fills::countries},
                      {"", "m1-additional-data", Fills::countries}};

} // namespace

XmlElement RandomBackbone::eu_envelope() {
    XmlElement made = element("envelope", {{"country", chance(50) ? "ema" : "xi"}});
    XmlElement submission = element("submission", {{"type", chance(50) ? "maa" : "var-type1ain"}}),
               tracking = element("procedure-tracking");
    if (chance(50)) submission.attributes.push_back({"mode", "grouping"});
    if (chance(50)) submission.children.push_back(element("number", {}, "EMEA/H/C/000000/IG/0001"));
    for (std::size_t i = 1 + below(2); i > 0; --i) tracking.children.push_back(element("number", {}, "EMEA/H/C/000000"));
    submission.children.push_back(tracking);
    made.children = {element("identifier", {}, "25635bb0-9a55-47d8-ae1a-2dbfd5d5f2b6"),
                     submission,
                     element("submission-unit", {{"type", "initial"}}),
                     element("applicant", {}, "Acme"),
                     element("agency", {{"code", "EU-EMA"}}),
                     element("procedure", {{"type", "centralised"}})};
    for (std::size_t i = 1 + below(2); i > 0; --i) made.children.push_back(element("invented-name", {}, "Acmol"));
    for (std::size_t i = below(3); i > 0; --i) made.children.push_back(element("inn", {}, "acmolum"));
    made.children.push_back(element("sequence", {}, "0001"));
    for (std::size_t i = 1 + below(2); i > 0; --i) made.children.push_back(element("related-sequence", {}, "0000"));
    made.children.push_back(element("submission-description", {}, "Words"));
    return made;
}

XmlElement RandomBackbone::eu_heading(const std::string& name, bool by_country, bool by_language) {
    XmlElement made = element(name);
    if (!by_country && !by_language) {
        add_content(made, true, true);
        return made;
    }
    for (std::size_t i = 1 + below(2); i > 0; --i) {
        XmlElement part = by_country ? element("specific", {{"country", chance(50) ? "common" : "at"}})
                                     : element("pi-doc", {{"xml:lang", "de"}, {"type", "combined"}, {"country", "ema"}});
        add_content(part, true, true);
        made.children.push_back(part);
    }
    return made;
}

XmlElement RandomBackbone::make_eu_regional() {
    XmlElement root = element("eu:eu-backbone", {{"xmlns:eu", "http://europa.eu.int"}, {"xmlns:xlink", xlink}, {"dtd-version", "3.1"}});
    XmlElement envelopes = element("eu-envelope"), module = element("m1-eu");
    for (std::size_t i = 1 + below(2); i > 0; --i) envelopes.children.push_back(eu_envelope());
    for (const Part& part : parts) {
        if (std::string(part.name) != "m1-0-cover" && chance(50)) continue;
        XmlElement heading = eu_heading(part.name, part.fills == Fills::countries, part.fills == Fills::languages);
        const std::string parent = part.parent;
        if (parent.empty()) {
            module.children.push_back(heading);
            continue;
        }
        if (module.children.back().name != parent) module.children.push_back(element(parent));
        module.children.back().children.push_back(heading);
    }
    root.children = {envelopes, module};
    return root;
}

} // namespace test
