#include "samples/writer/study_tables.hpp"

#include <algorithm>
#include <functional>

#include "core/text.hpp"

namespace dossier::samples {

namespace {

PdfTable people_table(const StudyFacts& study, const std::function<bool(const Person&)>& wanted) {
    PdfTable table;
    table.header = {"Name", "Role", "From", "To"};
    table.weights = {3, 3, 2, 2};
    for (const Person& person : study.people)
        if (wanted(person)) table.rows.push_back({person.name, person.role, person.from, person.to});
    return table;
}

PdfTable sites_table(const StudyFacts& study) {
    PdfTable table;
    table.header = {"Site", "Name", "Country", "Open since"};
    table.weights = {1, 4, 1.5, 2};
    for (const Site& site : study.sites)
        table.rows.push_back({site.id, site.name, site.country, site.activated.empty() ? "in preparation" : site.activated});
    return table;
}

PdfTable visits_table(const StudyFacts& study, const std::string& site) {
    PdfTable table;
    table.header = {"Visit", "Date", "Kind"};
    for (const Visit& visit : study.visits)
        if (visit.site == site) table.rows.push_back({visit.id, visit.date, replace_all(visit.type, "_", " ")});
    return table;
}

bool is_of(const Document& document, const Person& person) {
    return std::find(document.persons.begin(), document.persons.end(), person.id) != document.persons.end();
}

} // namespace

std::vector<std::pair<std::string, std::string>> facts_of(const Document& document, const StudyFacts& study) {
    std::vector<std::pair<std::string, std::string>> facts = {{"Trial", study.id}, {"Sponsor", study.sponsor}};
    const auto add = [&facts](const char* name, const std::string& value) {
        if (!value.empty()) facts.emplace_back(name, value);
    };
    const Site* site = study.site(document.site);
    if (site != nullptr)
        add("Site", site->id + " " + site->name);
    else
        add("Country", document.country);
    std::vector<std::string> people;
    for (const Person& person : study.people)
        if (is_of(document, person)) people.push_back(person.name + ", " + person.role);
    add("Person", join(people, "; "));
    add("Concerns", document.event);
    add("Version", document.version);
    add("Date", document.date);
    add("Valid until", document.expires);
    return facts;
}

std::optional<PdfTable> make_study_table(const std::string& name, const Document& document, const StudyFacts& study) {
    const auto at_site = [&](const Person& person) { return person.site == document.site && !document.site.empty(); };
    if (name == "facts") {
        PdfTable table;
        table.weights = {1, 2};
        for (const auto& [fact, value] : facts_of(document, study)) table.rows.push_back({fact, value});
        return table;
    }
    if (name == "team")
        return people_table(study, [](const Person& person) { return person.site.empty() && person.role != "committee member"; });
    if (name == "committee") return people_table(study, [](const Person& person) { return person.role == "committee member"; });
    if (name == "sites") return sites_table(study);
    if (name == "site_people") return people_table(study, at_site);
    if (name == "site_visits") return visits_table(study, document.site);
    if (name == "persons") return people_table(study, [&](const Person& person) { return is_of(document, person); });
    if (name == "persons_or_site")
        return people_table(study,
                            [&](const Person& person) { return document.persons.empty() ? at_site(person) : is_of(document, person); });
    return std::nullopt;
}

} // namespace dossier::samples
