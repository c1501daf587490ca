// What people write for artifacts, sites, countries and persons, found in the model and the study.
#include "tmf/row_check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"
#include "tmf/artifact_number.hpp"

namespace dossier::tmf {

namespace {

Error unknown(std::string message, const std::string& near, std::string otherwise) {
    return Error(ErrorKind::invalid, std::move(message), {}, near.empty() ? std::move(otherwise) : fill("did you mean {}?", near));
}

std::string without_zeros(const std::string& text) {
    const std::size_t at = text.find_first_not_of('0');
    return to_lower(at == std::string::npos ? text : text.substr(at));
}

// A spreadsheet that takes 02.01.02 for a day leaves 2002-01-02 or 02.01.2002.
std::string number_behind_date(const std::string& text) {
    const auto date = parse_date(text);
    if (!date || date->year() < 2000 || date->year() > 2099) return {};
    return fill("{:02}.{:02}.{:02} or {:02}.{:02}.{:02}", date->day(), date->month(), date->year() % 100, date->year() % 100, date->month(),
                date->day());
}

std::string zones_of(const templates::TmfCatalogue& catalogue) {
    std::set<std::string> zones;
    for (const templates::Artifact& artifact : catalogue.artifacts) zones.insert(artifact.zone);
    return join({zones.begin(), zones.end()}, ", ");
}

// What the section of an unknown number holds, or which zones there are.
std::string section_of(const templates::TmfCatalogue& catalogue, const std::string& number) {
    const templates::Artifact *first = nullptr, *last = nullptr;
    for (const templates::Artifact& artifact : catalogue.artifacts) {
        if (artifact.section != number.substr(0, 5)) continue;
        if (!first || artifact.number < first->number) first = &artifact;
        if (!last || artifact.number > last->number) last = &artifact;
    }
    if (!first) return fill("there is no section {}; zones are {}", number.substr(0, 5), zones_of(catalogue));
    return fill("section {} {} goes from {} to {}", first->section, first->section_name, first->number, last->number);
}

Result<const templates::Artifact*> by_name(const templates::TmfCatalogue& catalogue, const std::string& text) {
    const auto named = catalogue.artifacts_by_name(text);
    if (named.size() == 1) return named.front();
    if (named.size() > 1) {
        std::vector<std::string> numbers;
        for (const auto* artifact : named) numbers.push_back(artifact->number);
        return Error(ErrorKind::invalid, fill("\"{}\" is the name of {} artifacts", text, named.size()), {},
                     fill("give the number: {}", join(numbers, ", ")));
    }
    std::vector<std::string> known;
    for (const auto& artifact : catalogue.artifacts) known.push_back(artifact.name);
    return unknown(fill("there is no artifact \"{}\" in {}", text, catalogue.title), nearest(text, known),
                   "give its number (02.01.02), its unique identifier (032) or its exact name");
}

} // namespace

Result<const templates::Artifact*> find_artifact(const templates::TmfCatalogue& catalogue, const std::string& text) {
    const templates::Artifact* artifact = nullptr;
    if (text.empty())
        return Error(ErrorKind::invalid, "the artifact is missing", {},
                     "give its number (02.01.02), its unique identifier (032) or its exact name");
    if (const std::string numbers = number_behind_date(text); !numbers.empty())
        return Error(ErrorKind::invalid,
                     fill("the artifact is the date {}: the spreadsheet seems to have taken an artifact number for a day", text), {},
                     fill("format the column as text and write {}", numbers));
    const auto unique_id = UniqueId::parse(text);
    const auto number = parse_artifact_number(text);
    if (unique_id) artifact = catalogue.artifact(unique_id->value());
    if (number) artifact = catalogue.artifact_by_number(*number);
    if (!artifact && number)
        return Error(ErrorKind::invalid, fill("there is no artifact {} in {}", text, catalogue.title), {}, section_of(catalogue, *number));
    if (!artifact && unique_id) {
        std::vector<std::string> numbers;
        for (const auto& known : catalogue.artifacts) numbers.push_back(UniqueId(known.unique_id).text());
        return unknown(fill("there is no artifact {} in {}", text, catalogue.title), nearest(text, numbers), "");
    }
    if (!artifact) {
        DOSSIER_TRY(artifact, by_name(catalogue, text));
    }
    if (artifact->isf_only)
        return Error(ErrorKind::invalid,
                     fill("{} {} belongs in the investigator's site file only and must never enter the sponsor's trial master file",
                          artifact->number, artifact->name),
                     {}, "leave it at the site; what shows that it exists there goes to a filenote (05.05.04)");
    return artifact;
}

Result<std::string> find_sub_artifact(const templates::TmfCatalogue& catalogue, const templates::Artifact& artifact,
                                      const std::string& text) {
    if (text.empty()) return std::string();
    std::vector<std::string> names;
    for (const templates::SubArtifact& part : catalogue.sub_artifacts(artifact.unique_id)) {
        if (to_lower(part.name) == to_lower(text)) return part.name;
        names.push_back(part.name);
    }
    return unknown(fill("{} {} has no sub-artifact \"{}\"", artifact.number, artifact.name, text), nearest(text, names),
                   names.empty() ? "leave it empty; a list of your own may name sub-artifacts" : fill("it has {}", join(names, "; ")));
}

namespace {

std::string short_list(const std::vector<std::string>& ids) {
    constexpr std::size_t most = 12;
    if (ids.size() <= most) return join(ids, ", ");
    return fill("{} and {} more", join({ids.begin(), ids.begin() + most}, ", "), ids.size() - most);
}

// One letter more, less or another one, or two neighbours that changed places. Codes are short: what is farther away is another one.
bool is_slip(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
    while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
    return (a.size() <= 1 && b.size() <= 1) || (a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0]);
}

// The code that was meant, where it can only be one; empty: the study's own are named instead.
std::string slip_of(const std::string& text, const std::vector<std::string>& codes) {
    std::string meant;
    for (const std::string& code : codes) {
        if (!is_slip(to_lower(text), to_lower(code))) continue;
        if (!meant.empty()) return {};
        meant = code;
    }
    return meant;
}

} // namespace

Result<const Site*> find_site(const Study& study, const std::string& text) {
    if (const Site* site = study.site(text)) return site;
    const Site* found = nullptr;
    bool several = false;
    std::vector<std::string> ids;
    for (const Site& site : study.sites) {
        ids.push_back(site.id);
        if (without_zeros(site.id) != without_zeros(text)) continue;
        several = found != nullptr;
        found = &site;
    }
    if (found && !several) return found;
    return unknown(fill("the study has no site {}", text), slip_of(text, ids),
                   ids.empty() ? "a study file names its sites" : fill("it has {}; a new one comes with the study file", short_list(ids)));
}

Result<std::string> find_country(const templates::TmfCatalogue& catalogue, const Study& study, const std::string& text) {
    const auto* country = catalogue.country(text);
    if (country && study.country(country->alpha3)) return country->alpha3;
    std::vector<std::string> codes;
    for (const Country& known : study.countries) codes.push_back(known.code);
    return unknown(fill("the study has no country {}", text), country ? std::string() : slip_of(text, codes), // a country is no slip
                   codes.empty() ? "add it to countries in the study file and apply it" : fill("it has {}", short_list(codes)));
}

Result<void> check_country_of(const Site& site, const std::string& country) {
    if (country.empty() || country == site.country) return {};
    return Error(ErrorKind::invalid, fill("site {} is in {}, not in {}", site.id, site.country, country), {},
                 fill("leave out --country, or name a site in {}", country));
}

namespace {

std::string naming(const Person& person) { return fill("{} ({})", person.id, person.name); }

// The persons with this id or this full name.
std::set<std::string> persons_called(const Study& study, const std::string& text) {
    if (const Person* person = study.person(text)) return {person->id};
    std::set<std::string> ids;
    for (const Person& candidate : study.people)
        if (to_lower(candidate.name) == to_lower(text)) ids.insert(candidate.id);
    return ids;
}

// "P1,P2" and "P1 / P2", as other lists join persons: their ids, where every part is a person; else none.
std::vector<std::string> joined_otherwise(const Study& study, const std::string& text) {
    std::string parted = text;
    for (char& c : parted)
        if (std::string_view(",/&+|\n").find(c) != std::string_view::npos) c = ';';
    std::vector<std::string> ids;
    for (const std::string& part : split(parted, ';')) {
        const std::set<std::string> called = persons_called(study, part);
        if (called.size() != 1) return {};
        ids.push_back(*called.begin());
    }
    return ids.size() > 1 ? ids : std::vector<std::string>();
}

// "Lee, Ann": who has the name the other way round, with a title before it or without; empty: nobody, or several.
std::string turned_round(const Study& study, const std::string& name) {
    const std::vector<std::string> parts = split(name, ',');
    if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) return {};
    const std::string wanted = to_lower(fill("{} {}", parts[1], parts[0]));
    std::map<std::string, std::string> exact, titled; // by id: some people have several roles
    for (const Person& candidate : study.people) {
        const std::string known = to_lower(candidate.name);
        if (known == wanted) exact[candidate.id] = naming(candidate);
        if (ends_with(known, ". " + wanted)) titled[candidate.id] = naming(candidate);
    }
    exact.merge(titled);
    return exact.size() == 1 ? exact.begin()->second : "";
}

Result<std::string> person_by_name(const Study& study, const std::string& name) {
    const std::set<std::string> named = persons_called(study, name);
    if (named.size() == 1) return *named.begin();
    if (named.size() > 1)
        return Error(ErrorKind::invalid, fill("the study has {} persons named {}", named.size(), name), {},
                     fill("give the id: {}", join({named.begin(), named.end()}, ", ")));
    const std::string message = fill("the study has no person {}", name);
    if (const auto ids = joined_otherwise(study, name); !ids.empty())
        return Error(ErrorKind::invalid, message, {}, fill("separate ids with ;: {}", join(ids, ";")));
    std::vector<std::string> known;
    for (const Person& candidate : study.people) known.insert(known.end(), {candidate.id, candidate.name});
    std::string near = turned_round(study, name);
    if (near.empty()) near = nearest(name, known);
    for (const Person& candidate : study.people)
        if (near == candidate.id || near == candidate.name) near = naming(candidate);
    return unknown(message, near, "add the person to people in the study file and apply it");
}

} // namespace

Result<std::string> find_persons(const Study& study, const std::string& text) {
    std::vector<std::string> ids;
    for (const std::string& word : split(text, ';')) {
        if (word.empty()) continue;
        std::string id;
        if (const Person* person = study.person(word)) {
            id = person->id;
        } else {
            DOSSIER_TRY(id, person_by_name(study, word));
        }
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    return join(ids, ";");
}

} // namespace dossier::tmf
