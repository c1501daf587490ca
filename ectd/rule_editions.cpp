#include "ectd/rule_editions.hpp"

#include "core/text.hpp"
#include "core/yaml.hpp"
#include "ectd/rules.hpp"

#include <optional>

namespace dossier::ectd {

namespace {

struct Edition {
    std::string set;
    std::optional<Date> from, until; // empty: always
};

// What stands before the rules: a set has hundreds of lines, and only one of the sets will be used.
Result<Yaml> read_head(const templates::Source& source, const std::string& name) {
    const std::string file = "rules/" + name + ".yaml";
    DOSSIER_TRY(const std::string bytes, source.read(file));
    return parse_yaml(bytes.substr(0, bytes.find("\nrules:") + 1), source.place_of(file));
}

Result<std::vector<Edition>> editions_of(const templates::Source& source, const std::string& region) {
    std::vector<Edition> editions;
    for (const std::string& name : rule_set_names(source)) {
        DOSSIER_TRY(const Yaml head, read_head(source, name));
        if (head.text("region") != region || head.text("about") == "ctis-dossiers") continue;
        editions.push_back({name, parse_date(head.text("from")), parse_date(head.text("until"))});
    }
    return editions;
}

bool is_newer(const Edition& edition, const Edition& than) { return edition.from && (!than.from || *edition.from > *than.from); }

} // namespace

Result<std::string> rule_set_in_force(const templates::Source& source, const std::string& region, Date day) {
    DOSSIER_TRY(const std::vector<Edition> editions, editions_of(source, region));
    const Edition *in_force = nullptr, *next = nullptr, *last = nullptr;
    for (const Edition& edition : editions) {
        const bool has_begun = !edition.from || *edition.from <= day, has_ended = edition.until && day > *edition.until;
        if (has_begun && !has_ended && (!in_force || is_newer(edition, *in_force))) in_force = &edition;
        if (!has_begun && (!next || is_newer(*next, edition))) next = &edition;
        if (has_ended && (!last || is_newer(edition, *last))) last = &edition;
    }
    for (const Edition* chosen : {in_force, next, last})
        if (chosen) return chosen->set;
    return std::string("dossier");
}

} // namespace dossier::ectd
