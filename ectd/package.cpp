#include "ectd/package.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

constexpr const char* what_is_wanted = "give the folder of a sequence (0001), the folder above the sequences, or a ZIP of either";

struct Contents {
    std::vector<SequenceNumber> sequences;
    std::vector<std::string> strangers, other_folders, files;
    bool has_index = false, is_sequence = false; // is_sequence: looks like the inside of one
};

Result<Contents> look_into(FileSystem& fs, const std::string& folder) {
    Contents contents;
    DOSSIER_TRY(const auto entries, fs.list(folder));
    for (const FolderEntry& entry : entries) {
        if (entry.name == "index.xml") contents.has_index = true;
        const std::string path = path::join(folder, entry.name);
        if (entry.kind == FileKind::file) contents.files.push_back(entry.name);
        const auto number = SequenceNumber::parse(entry.name);
        const bool is_link_inside = entry.kind == FileKind::link && !number; // of a sequence or of nobody's business: not followed
        if (entry.kind == FileKind::file || is_link_inside || !is_folder(fs, path)) continue;
        if (number)
            contents.sequences.push_back(*number);
        else if (exists(fs, path::join(path, "index.xml")))
            contents.strangers.push_back(entry.name);
        else
            contents.other_folders.push_back(entry.name);
        if (entry.name.size() == 2 && entry.name[0] == 'm' && entry.name[1] >= '1' && entry.name[1] <= '5') contents.is_sequence = true;
    }
    contents.is_sequence = contents.is_sequence || contents.has_index;
    return contents;
}

Error no_sequence(const Contents& contents, const std::string& shown_as) {
    if (contents.is_sequence)
        return Error(ErrorKind::invalid, "this is the inside of a sequence, and its folder is not called by four digits", {shown_as},
                     "call the folder by its sequence number, e.g. 0001");
    if (!contents.strangers.empty())
        return Error(ErrorKind::invalid,
                     fill("the folder {} holds an index.xml and is not called by four digits", contents.strangers.front()), {shown_as},
                     "call it by its sequence number, e.g. 0001");
    return Error(ErrorKind::invalid, "no sequence is here", {shown_as}, what_is_wanted);
}

Package unnumbered(const std::string& application_folder, const std::string& name) {
    Package package;
    package.name = package.unnumbered = name;
    package.application_folder = application_folder;
    return package;
}

// What systems leave in archives: "__MACOSX" and hidden names such as ".DS_Store".
bool is_litter(const std::string& name) { return name == "__MACOSX" || starts_with(name, "."); }

// The folder that holds the application; empty: there is none, or there are several that may be meant.
std::string application_folder_in(const Contents& contents) {
    std::vector<std::string> folders = contents.other_folders;
    std::erase_if(folders, is_litter);
    const bool other = !contents.sequences.empty() || contents.is_sequence || !contents.strangers.empty();
    return other || folders.size() != 1 ? "" : folders.front();
}

std::vector<std::string> names_beside(const Contents& contents, const Package& package) {
    std::vector<std::string> names = contents.other_folders;
    names.insert(names.end(), contents.files.begin(), contents.files.end());
    const bool is_application = package.application_folder.empty() && !package.only; // may hold its plan and more
    std::erase_if(names,
                  [&](const std::string& name) { return name == package.application_folder || (is_application && !is_litter(name)); });
    return names;
}

// An archive of a sequence holds the folder 0001 and nothing else; one of an application holds several, or the application's folder.
Result<Package> find_in_archive(FileSystem& fs, const std::string& shown_as) {
    DOSSIER_TRY(Contents contents, look_into(fs, ""));
    Package package;
    package.name = path::file_name(shown_as);
    package.application_folder = application_folder_in(contents);
    if (contents.sequences.size() == 1) package.only = contents.sequences.front();
    package.beside = names_beside(contents, package);
    if (package.only) package.name = package.only->text();
    if (!package.application_folder.empty()) {
        package.name = package.application_folder;
        DOSSIER_TRY(contents, look_into(fs, package.application_folder));
    }
    if (contents.sequences.empty() && contents.strangers.size() == 1)
        return unnumbered(package.application_folder, contents.strangers.front());
    if (contents.sequences.empty()) return no_sequence(contents, shown_as);
    package.strangers = contents.strangers;
    return package;
}

} // namespace

Result<Package> find_package(FileSystem& fs, const std::string& folder, const std::string& shown_as) {
    if (folder.empty()) return find_in_archive(fs, shown_as);
    if (!exists(fs, folder)) return Error(ErrorKind::not_found, "there is no such file or folder", {shown_as}, what_is_wanted);
    if (!is_folder(fs, folder)) return Error(ErrorKind::invalid, "neither a folder nor a ZIP archive", {shown_as}, what_is_wanted);
    DOSSIER_TRY(const Contents contents, look_into(fs, folder));
    Package package;
    package.name = path::file_name(folder);
    package.application_folder = folder;
    if (const auto number = SequenceNumber::parse(package.name); number && (contents.is_sequence || contents.sequences.empty())) {
        package.only = number;
        package.application_folder = path::parent(folder);
        return package;
    }
    if (contents.is_sequence) return unnumbered(path::parent(folder), package.name);
    if (contents.sequences.empty()) return no_sequence(contents, shown_as);
    package.strangers = contents.strangers;
    return package;
}

Result<std::vector<SequenceNumber>> find_sequence_numbers(FileSystem& fs, const std::string& application_folder) {
    DOSSIER_TRY(Contents contents, look_into(fs, application_folder));
    std::sort(contents.sequences.begin(), contents.sequences.end());
    return std::move(contents.sequences);
}

} // namespace dossier::ectd
