// One row of a list of documents, or the options of `tmf file`: from text to what the ledger keeps, with every fault of the row.
#pragma once

#include "core/filesystem.hpp"
#include "core/table.hpp"
#include "tmf/event_places.hpp"
#include "tmf/ledger.hpp"
#include "tmf/study.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace dossier::tmf {

const std::vector<TableColumn>& list_columns();

struct CheckedRow {
    std::string file; // full path; empty: a pointer without a file
    DocumentRecord document;
    VersionRecord version;
    std::vector<std::string> notes; // accepted, but worth a look
};

struct RowContext {
    const templates::TmfCatalogue& catalogue;
    const Study& study;
    FileSystem& files;
    std::string folder;    // the rows' files lie below it (tmf/listed_file.hpp)
    bool any_path = false; // `tmf file`: the user names the file himself
    bool is_filed = false; // `tmf reindex`: the bytes are in the repository, the row names no file
    Author author;
    bool any_absolute = false; // `tmf import --files`: the user chose the folder; absolute paths below it are fine
    Date today() const { return author.time.date(); }
};

using PeopleById = std::unordered_map<std::string, std::vector<const Person*>>; // each with all its roles and places

// Keeps what it has looked up: a list says the same site and country again and again.
class RowCheck {
public:
    explicit RowCheck(const RowContext& context) : context_(context) {}
    // `place` says where a column of this row stands. Errors are appended; the row is only good when none were.
    CheckedRow check(const TableRow& row, const std::function<Place(const std::string&)>& place, std::vector<Error>& errors);

private:
    const std::vector<const templates::Rule*>& rules_of(int unique_id);
    const std::set<std::string>& events();
    const PeopleById& people();
    const EventPlaces& event_places();

    const RowContext& context_;
    std::optional<std::set<std::string>> events_;
    std::optional<PeopleById> people_;
    std::optional<EventPlaces> event_places_;
    std::unordered_map<int, std::vector<const templates::Rule*>> rules_;
    std::unordered_map<std::string, std::string> countries_, persons_; // as written; as meant
    std::unordered_map<std::string, const Site*> sites_;
    friend class RowReading;
};

// The artifact that a number (2.1.2), a unique identifier (032) or an exact name means. Artifacts of the investigator's file are refused.
Result<const templates::Artifact*> find_artifact(const templates::TmfCatalogue& catalogue, const std::string& text);
// A part of the artifact as the model or a list names it, letter case aside; "" stays "".
Result<std::string> find_sub_artifact(const templates::TmfCatalogue& catalogue, const templates::Artifact& artifact,
                                      const std::string& text);
// A site by its id; lost leading zeros are forgiven where only one site can be meant.
Result<const Site*> find_site(const Study& study, const std::string& text);
Result<std::string> find_country(const templates::TmfCatalogue& catalogue, const Study& study, const std::string& text);
// For --country beside --site: together they would mean nothing where the site is in another country. An empty country is no wish.
Result<void> check_country_of(const Site& site, const std::string& country);
// Ids joined by ';': each is a person of the study, or the full name of one.
Result<std::string> find_persons(const Study& study, const std::string& text);

} // namespace dossier::tmf
