#include "ectd/import_journal.hpp"

#include "core/json.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/drafts.hpp"

namespace dossier::ectd {

namespace {

constexpr const char* journal_name = "journal.json";

Json to_json(const std::vector<SequenceNumber>& numbers) {
    Json list = Json::array();
    for (const SequenceNumber number : numbers) list.push(number.text());
    return list;
}

std::optional<std::vector<SequenceNumber>> numbers_from(const Json* list) {
    std::vector<SequenceNumber> numbers;
    if (!list) return std::nullopt;
    for (const Json& item : list->items()) {
        const auto number = SequenceNumber::parse(item.text());
        if (!number) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

Result<ImportJournal> read_journal(FileSystem& fs, const std::string& file) {
    DOSSIER_TRY(const std::string bytes, read_file(fs, file));
    DOSSIER_TRY(const Json json, parse_json(bytes, file));
    const auto day = parse_date(json.find("day") ? json.find("day")->text() : "");
    const auto place = numbers_from(json.find("place")), mark = numbers_from(json.find("mark"));
    if (day && place && mark) return ImportJournal{*day, *place, *mark};
    return Error(ErrorKind::invalid, "it does not say what an interrupted import still has to do", {file},
                 "move the sequences in its folder to where they belong by hand, and remove it");
}

Result<void> give_names(FileSystem& fs, const std::string& application, const ImportJournal& journal) {
    for (const SequenceNumber number : journal.place) {
        const std::string from = path::join(path::join(application, import_ready), number.text()),
                          to = path::join(application, number.text());
        if (exists(fs, from)) DOSSIER_CHECK(fs.rename(from, to)); // else it has its name already
    }
    return fs.sync_folder(application);
}

} // namespace

Result<void> decide_import(FileSystem& fs, const std::string& application, const ImportJournal& journal) {
    const std::string staging = path::join(application, import_staging);
    DOSSIER_CHECK(fs.create_folders(staging));
    const Json json = Json::object({{"day", journal.day.text()}, {"place", to_json(journal.place)}, {"mark", to_json(journal.mark)}});
    DOSSIER_CHECK(write_new_file(fs, path::join(staging, journal_name), json.dump() + "\n"));
    DOSSIER_CHECK(fs.sync_tree(staging));
    DOSSIER_CHECK(fs.rename(staging, path::join(application, import_ready)));
    return fs.sync_folder(application);
}

Result<std::optional<FinishedImport>> finish_import(FileSystem& fs, const std::string& application,
                                                    const templates::EctdCatalogue& catalogue) {
    const std::string ready = path::join(application, import_ready);
    if (!exists(fs, ready)) return std::optional<FinishedImport>();
    FinishedImport finished;
    // Without a journal it is being removed: all else was done before.
    if (const std::string file = path::join(ready, journal_name); exists(fs, file)) {
        DOSSIER_TRY(finished.journal, read_journal(fs, file));
        DOSSIER_CHECK(give_names(fs, application, finished.journal));
        std::vector<Sequence> sequences;
        for (const SequenceNumber number : finished.journal.mark) sequences.push_back(read_sequence(fs, application, number, catalogue));
        DOSSIER_TRY(finished.mark, mark_imported(fs, application, sequences, catalogue, finished.journal.day));
        DOSSIER_CHECK(forget_drafts(fs, application, finished.journal.mark));
        DOSSIER_CHECK(fs.remove(file));
    }
    DOSSIER_CHECK(fs.remove_tree(ready));
    return std::optional<FinishedImport>(std::move(finished));
}

Result<std::optional<FinishedImport>> finish_interrupted_import(FileSystem& fs, const std::string& application,
                                                                const templates::EctdCatalogue& catalogue) {
    if (!exists(fs, path::join(application, import_ready))) return std::optional<FinishedImport>();
    DOSSIER_TRY(const auto lock, fs.lock(application, 0));
    return finish_import(fs, application, catalogue);
}

void take_back_import(FileSystem& fs, const std::string& application) {
    const std::string ready = path::join(application, import_ready);
    const auto journal = read_journal(fs, path::join(ready, journal_name));
    if (!journal) return;
    for (const SequenceNumber number : journal->place) {
        const std::string here = path::join(application, number.text()), back = path::join(ready, number.text());
        if (!exists(fs, back) && !fs.rename(here, back)) return; // half taken back is decided, still
    }
    if (fs.rename(ready, path::join(application, import_staging)))
        (void)fs.remove_tree(path::join(application, import_staging)).has_value();
}

} // namespace dossier::ectd
