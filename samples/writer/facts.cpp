#include "samples/writer/facts.hpp"

#include <algorithm>
#include <set>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"

namespace dossier::samples {

namespace {

template <class T> const T* find_by_id(const std::vector<T>& list, const std::string& id) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const T& one) { return one.id == id; });
    return found == list.end() ? nullptr : &*found;
}

const std::vector<Yaml>& list_of(const Yaml& root, const char* key) {
    static const std::vector<Yaml> none;
    const Yaml* found = root.find(key);
    return found == nullptr ? none : found->list;
}

std::string country_name(const std::string& code) {
    return code == "USA" ? "USA" : code == "CAN" ? "Canada" : code == "DEU" ? "Germany" : code;
}

std::vector<TableColumn> columns(const std::vector<std::string>& names) {
    std::vector<TableColumn> list;
    for (const std::string& name : names) list.push_back({name, {}, false});
    return list;
}

std::string joined_names(const Document& document, const StudyFacts& study) {
    std::vector<std::string> names;
    for (const std::string& id : document.persons)
        if (const Person* person = study.person(id)) names.push_back(person->name);
    return join(names, ", ");
}

} // namespace

const Site* StudyFacts::site(const std::string& site_id) const { return find_by_id(sites, site_id); }
const Person* StudyFacts::person(const std::string& person_id) const { return find_by_id(people, person_id); }

Result<StudyFacts> read_study_facts(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(const std::string bytes, read_file(fs, path));
    DOSSIER_TRY(const Yaml root, parse_yaml(bytes, path));
    StudyFacts facts;
    if (const Yaml* study = root.find("study")) {
        facts.id = study->text("id");
        facts.title = study->text("title");
        facts.sponsor = study->text("sponsor");
    }
    for (const Yaml& site : list_of(root, "sites"))
        facts.sites.push_back({site.text("id"), site.text("country"), site.text("name"), site.text("activated"), site.text("closed")});
    for (const Yaml& person : list_of(root, "people"))
        facts.people.push_back({person.text("id"), person.text("name"), replace_all(person.text("role"), "_", " "), person.text("site"),
                                person.text("from"), person.text("to")});
    for (const Yaml& visit : list_of(root, "visits"))
        facts.visits.push_back({visit.text("id"), visit.text("site"), visit.text("type"), visit.text("date")});
    return facts;
}

Result<std::vector<Document>> read_document_list(FileSystem& fs, const std::string& path, const std::string& study) {
    const std::vector<std::string> names = {"file",    "artifact", "title",    "country",  "site",     "person",   "event",
                                            "date",    "expires",  "document", "version",  "status",   "language", "restricted",
                                            "pointer", "received", "final",    "accepted", "rejected", "withdrawn"};
    DOSSIER_TRY(const Table table, read_table(fs, path, columns(names)));
    std::vector<Document> documents;
    std::set<std::string> seen;
    for (const TableRow& row : table.rows) {
        if (row.cell("file").empty() || !seen.insert(row.cell("file")).second) continue;
        Document document{row.cell("file"),
                          row.cell("artifact"),
                          row.cell("title"),
                          row.cell("country"),
                          row.cell("site"),
                          row.cell("event"),
                          row.cell("date"),
                          row.cell("expires"),
                          row.cell("version"),
                          row.cell("language"),
                          split(row.cell("person"), ';'),
                          {}};
        document.short_id =
            fill("{} {}{} v{}", study, document.entry, document.site.empty() ? "" : " site " + document.site, document.version);
        documents.push_back(std::move(document));
    }
    return documents;
}

Result<std::vector<Document>> read_plan_documents(FileSystem& fs, const std::string& path, const std::string& application) {
    const std::vector<std::string> names = {
        "section",     "title",      "source",      "path",     "study",   "file_tag",  "substance",        "manufacturer", "product",
        "dosage_form", "indication", "excipient",   "language", "country", "form_type", "document_type",    "site",         "id",
        "operation",   "replaces",   "publication", "version",  "date",    "reason",    "protocol_version", "answers",      "note"};
    DOSSIER_TRY(const Table table, read_table(fs, path, columns(names)));
    std::vector<Document> documents;
    std::set<std::string> seen;
    const std::string below = "documents/";
    for (const TableRow& row : table.rows) {
        const std::string source = row.cell("source");
        if (!starts_with(source, below) || !seen.insert(source).second) continue;
        Document document;
        document.file = source;
        document.entry = source.substr(below.size());
        document.title = row.cell("title");
        document.version = row.cell("version").empty() ? "1.0" : row.cell("version");
        document.date = row.cell("date");
        document.country = row.cell("country");
        document.site = row.cell("site");
        document.language = row.cell("language");
        document.short_id = fill("{} {}", application, row.cell("section"));
        documents.push_back(std::move(document));
    }
    return documents;
}

std::map<std::string, std::string> names_for_texts(const Document& document, const StudyFacts& study) {
    const Site* site = study.site(document.site);
    const Person* person = document.persons.empty() ? nullptr : study.person(document.persons.front());
    const std::string people = joined_names(document, study);
    std::map<std::string, std::string> names = {
        {"title", document.title},
        {"date", document.date},
        {"version", document.version},
        {"expires_or_none", document.expires.empty() ? "no end set" : document.expires},
        {"study", study.id},
        {"study_title", study.title},
        {"study_number", to_lower(path::file_name(document.entry)).substr(0, 10)},
        {"sponsor", study.sponsor},
        {"site", document.site},
        {"site_name", site != nullptr ? site->name : ""},
        {"at_site", site != nullptr ? " at " + site->name : ""},
        {"language", document.language},
        {"country_or_trial", document.country.empty() ? "TRIAL" : document.country},
        {"country_name", country_name(document.country)},
        {"event", document.event},
        {"person", people.empty() ? "Head of the laboratory" : people},
        {"person_or_investigator", people.empty() ? "Investigator" : people},
        {"role", person != nullptr ? person->role : "head of the laboratory"},
        {"person_from", person != nullptr ? person->from : document.date},
    };
    const Sha256 digest = sha256_of(document.file);
    for (int i = 1; i <= 9; ++i) names[fill("d{}", i)] = fill("{}", digest.bytes[static_cast<std::size_t>(i)] % 9 + 1);
    return names;
}

} // namespace dossier::samples
