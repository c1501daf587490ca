#include "ectd/import_source.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

constexpr int deepest = 3; // archive / folder made by packing / application / sequences

bool holds_index(FileSystem& fs, const std::string& folder) { return exists(fs, path::join(folder, "index.xml")); }

// What packing programs and desktops leave behind.
bool is_litter(const std::string& name) { return name == "__MACOSX" || name.front() == '.' || to_lower(name) == "thumbs.db"; }

// A folder of four digits without index.xml may be a year; with a util or a module it is a sequence that is not whole.
bool looks_like_sequence(FileSystem& fs, const std::string& folder) {
    for (const char* const name : {"index-md5.txt", "util", "m1", "m2", "m3", "m4", "m5", "submissionunit.xml"})
        if (exists(fs, path::join(folder, name))) return true;
    return false;
}

class Search {
public:
    Search(FileSystem& fs, std::string name) : fs_(fs), name_(std::move(name)) {}

    Result<ImportSource> in(const std::string& folder, const std::string& name, int depth) {
        if (holds_index(fs_, folder)) return single(folder, name);
        DOSSIER_TRY(const auto entries, fs_.list(folder));
        ImportSource source;
        std::vector<std::string> folders;
        for (const FolderEntry& entry : entries) {
            const std::string path = path::join(folder, entry.name);
            const auto number = SequenceNumber::parse(entry.name);
            const bool is_sequence = number && entry.kind == FileKind::folder && holds_index(fs_, path);
            if (number && !is_sequence && entry.kind == FileKind::folder && looks_like_sequence(fs_, path))
                return Error(ErrorKind::invalid, fill("{} has no index.xml: it is no eCTD 3.2.2 sequence, or not whole", entry.name),
                             {name_}, "get the whole sequence, or import the others without it");
            if (number && entry.kind == FileKind::link)
                return Error(ErrorKind::invalid, "this is a link, not a folder", {path}, "put the sequence itself there");
            if (is_sequence)
                source.sequences.push_back({*number, path});
            else
                source.left_out.push_back(path);
            if (!is_sequence && entry.kind == FileKind::folder && !is_litter(entry.name)) folders.push_back(path);
        }
        if (!source.sequences.empty() || depth == deepest) return source;
        return one_of(folders, depth, std::move(source));
    }

private:
    static Result<ImportSource> single(const std::string& folder, const std::string& name) {
        const auto number = SequenceNumber::parse(name);
        if (!number)
            return Error(ErrorKind::invalid, fill("this is one sequence, and {} is not its number", name.empty() ? "its folder" : name),
                         {folder}, "name its folder (or archive) by its four digits: 0001 (0001.zip)");
        return ImportSource{{{*number, folder}}, {}};
    }

    Result<ImportSource> one_of(const std::vector<std::string>& folders, int depth, ImportSource none) {
        ImportSource found;
        std::string where;
        for (const std::string& folder : folders) {
            auto inside = in(folder, path::file_name(folder), depth + 1);
            if (!inside) return inside;
            if (inside->sequences.empty()) continue;
            if (!found.sequences.empty())
                return Error(ErrorKind::conflict, fill("there are sequences in {} and in {}: which application is meant?", where, folder),
                             {name_}, "name one of these folders");
            found = std::move(*inside);
            where = folder;
        }
        if (found.sequences.empty()) return none;
        for (const std::string& path : none.left_out)
            if (path != where) found.left_out.push_back(path);
        return found;
    }

    FileSystem& fs_;
    std::string name_;
};

} // namespace

Result<ImportSource> find_sequences(FileSystem& fs, const std::string& folder, const std::string& name) {
    DOSSIER_TRY(ImportSource source, Search(fs, name).in(folder, name, 0));
    if (source.sequences.empty())
        return Error(ErrorKind::not_found, "there is no sequence here: no folder of four digits with an index.xml", {name},
                     "name the folder or ZIP that holds the sequence folders");
    return source;
}

} // namespace dossier::ectd
