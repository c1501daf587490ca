#include "tmf/listed_file.hpp"

#include "core/path.hpp"
#include "core/pdf.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

// What keeps a name from being one of the folder's files, before the disk is asked; empty: nothing.
Result<void> check_name(const RowContext& context, const std::string& name) {
    if (path::is_absolute(name) && !context.any_absolute)
        return Error(ErrorKind::invalid, fill("{} is an absolute path: a list may only name files of its own folder", name), {},
                     "write it as seen from the list's folder, or say which folder the files lie in: --files DIR");
    if (path::is_inside(name) || path::is_absolute(name) || name.find('\\') != std::string::npos) return {}; // the last: not found, then
    if (context.any_absolute)
        return Error(ErrorKind::invalid, fill("{} is not below {}", name, context.folder), {},
                     "name a file of that folder, or give --files a folder that holds them all");
    return Error(ErrorKind::invalid, fill("{} is not below the list's folder", name), {},
                 "put the file beside the list and name it from there, or say which folder the files lie in: --files DIR");
}

// Folders on the way may be links: what counts is where the file really lies.
Result<void> check_lies_below(const RowContext& context, const std::string& name, const std::string& full) {
    DOSSIER_TRY(const std::string folder, context.files.real_path(context.folder));
    DOSSIER_TRY(const std::string file, context.files.real_path(full));
    if (path::is_below(file, folder)) return {};
    if (context.any_absolute)
        return Error(ErrorKind::invalid,
                     fill("{} is not below {}{}", name, context.folder, path::is_absolute(name) ? "" : ": a link leads out of it"), {},
                     "name a file of that folder, or give --files a folder that holds them all");
    return Error(ErrorKind::invalid, fill("{} is not below the list's folder: a link leads out of it", name), {},
                 "put the file beside the list, or say which folder the files lie in: --files DIR");
}

std::string near_file(FileSystem& files, const std::string& full) {
    const auto entries = files.list(path::parent(full));
    if (!entries || entries->size() > 5000) return {};
    std::vector<std::string> names;
    for (const FolderEntry& entry : *entries) names.push_back(entry.name);
    const std::string near = nearest(path::file_name(full), names);
    return near.empty() ? "correct the name, or put the file there" : fill("did you mean {}?", near);
}

Result<void> check_content(FileSystem& files, const std::string& name, const std::string& full, const FileInfo& info) {
    if (info.kind == FileKind::link) return Error(ErrorKind::invalid, fill("{} is a link", name), {}, "name the file it stands for");
    if (info.kind != FileKind::file) return Error(ErrorKind::invalid, fill("{} is a folder", name), {}, "name a file");
    if (info.size == 0) return Error(ErrorKind::invalid, fill("{} is empty (0 bytes)", name), {}, "get the file again from where it came");
    if (const auto opened = files.open(full); !opened && opened.error().kind == ErrorKind::denied)
        return Error(ErrorKind::invalid, fill("{} cannot be read: Permission denied", name), {}, "ask for the right to read it");
    if (to_lower(path::extension(name)) == "pdf")
        if (const auto whole = check_pdf_ends(files, full); !whole)
            return Error(ErrorKind::invalid, fill("{}: {}", name, whole.error().message), {}, whole.error().remedy);
    return {};
}

} // namespace

Result<std::string> find_listed_file(const RowContext& context, const std::string& written) {
    std::string name = written;
    const std::string slashes = replace_all(written, "\\", "/"); // written on Windows
    if (!context.any_path && !exists(context.files, path::join(context.folder, name)) && path::is_inside(slashes) &&
        exists(context.files, path::join(context.folder, slashes)))
        name = slashes;
    if (!context.any_path) DOSSIER_CHECK(check_name(context, name));
    const std::string full = path::join(context.folder, name);
    const auto info = context.files.info(full);
    if (!info && info.error().kind == ErrorKind::not_found)
        return Error(ErrorKind::invalid, fill("there is no file {}", name), {}, near_file(context.files, full));
    if (!info) return info.error();
    if (!context.any_path) DOSSIER_CHECK(check_lies_below(context, name, full));
    DOSSIER_CHECK(check_content(context.files, name, full, *info));
    return full;
}

} // namespace dossier::tmf
