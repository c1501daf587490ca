#include "ectd/ctis/validation.hpp"

#include "core/text.hpp"

namespace dossier::ectd::ctis {

namespace {

class DossierSubject final : public RuleSubject {
public:
    explicit DossierSubject(const DossierFacts& facts) : facts_(facts) {}
    std::string target() const override { return facts_.folder; }
    std::string application() const override { return facts_.contents ? facts_.contents->application : ""; }
    std::string region() const override { return "eu"; }
    Date as_of() const override { return facts_.as_of; }
    std::string history_gap() const override { return facts_.history_gap; }
    // What an earlier dossier brings along is that dossier's; here it only says what was not looked at.
    std::vector<std::string> notes() const override {
        std::vector<std::string> notes;
        for (const auto& [number, faults] : facts_.earlier_faults) {
            std::vector<std::string> names;
            for (const ZipFault& fault : faults) names.push_back(fault.name);
            notes.push_back(fill("of the ZIP of dossier {} these entries were not read: {}", number, join(names, ", ")));
        }
        return notes;
    }
    std::string seen_from_target(const std::string& path) const override { return path; }

    std::string unmet_need(const std::string& need) const override {
        if (need != "manifest" || facts_.contents) return "";
        return fill("{} cannot be read", std::string_view(manifest_name));
    }

    void run(const Check& check, const Parameters& parameters, CheckOutput& out) const override {
        check.run_on_dossier(facts_, parameters, out);
    }

private:
    const DossierFacts& facts_;
};

} // namespace

ValidationReport run_rules(const RuleSet& rules, const DossierFacts& facts) { return ectd::run_rules(rules, DossierSubject(facts)); }

} // namespace dossier::ectd::ctis
