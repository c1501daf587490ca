// What the sample documents tell about: the trial of study.yaml, one row of the document list, the names that texts may use.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "core/table.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::samples {

struct Site {
    std::string id, country, name, activated, closed;
};
struct Person {
    std::string id, name, role, site, from, to;
};
struct Visit {
    std::string id, site, type, date;
};
struct StudyFacts {
    std::string id, title, sponsor;
    std::vector<Site> sites;
    std::vector<Person> people;
    std::vector<Visit> visits;
    const Site* site(const std::string& id) const;     // null when unknown
    const Person* person(const std::string& id) const; // null when unknown
};

Result<StudyFacts> read_study_facts(FileSystem& fs, const std::string& path);

// A document to be written, of the trial or of the application.
struct Document {
    std::string file;  // relative to its folder
    std::string entry; // key of its text: an artifact number, or the path below documents/
    std::string title, country, site, event, date, expires, version, language;
    std::vector<std::string> persons;
    std::string short_id; // on each page
};

// Rows of LIST.csv that name a file, the first for each file.
Result<std::vector<Document>> read_document_list(FileSystem& fs, const std::string& path, const std::string& study);

// Plan rows whose source is a file below documents/, the first for each file.
Result<std::vector<Document>> read_plan_documents(FileSystem& fs, const std::string& path, const std::string& application);

// {title}, {date}, {person} ... of a document; {d1} to {d9} are digits from 1 to 9 that differ from file to file and stay the same.
std::map<std::string, std::string> names_for_texts(const Document& document, const StudyFacts& study);

} // namespace dossier::samples
