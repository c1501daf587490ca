#include "ectd/check.hpp"

#include <stdexcept>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

using Registry = std::map<std::string, Check, std::less<>>;

const Registry& registry() {
    static const Registry checks = [] {
        Registry map;
        for (const auto make :
             {package_checks,       official_checks,    xml_checks,        leaf_checks,          file_checks,        content_checks,
              name_checks,          lifecycle_checks,   drift_checks,      heading_checks,       stf_checks,         study_checks,
              trial_summary_checks, identifier_checks,  envelope_checks,   activity_checks,      form_checks,        submission_checks,
              country_checks,       transaction_checks, document_checks,   pdf_checks,           pdf_content_checks, pdf_link_checks,
              pdf_history_checks,   statement_checks,   ctis::file_checks, ctis::contents_checks})
            for (const Check& check : make())
                if (!map.emplace(check.name, check).second) throw std::logic_error(fill("two checks are called {}", check.name));
        return map;
    }();
    return checks;
}

} // namespace

const Check* find_check(std::string_view name) {
    const auto found = registry().find(name);
    return found == registry().end() ? nullptr : &found->second;
}

std::vector<std::string> check_names() {
    std::vector<std::string> names;
    for (const auto& [name, check] : registry()) names.push_back(name);
    return names;
}

std::string xml_path(const Leaf& leaf) { return leaf.at.sequence.text() + "/" + leaf.at.file; }

std::string line_place(std::int64_t line, const std::string& what) { return line > 0 ? fill("line {}, {}", line, what) : what; }

std::string in_file(const Leaf& leaf) { return line_place(leaf.line, "leaf " + (leaf.at.id.empty() ? "without ID" : leaf.at.id)); }

std::string leaf_place(const Leaf& leaf) { return leaf.at.file + " " + in_file(leaf); }

} // namespace dossier::ectd
