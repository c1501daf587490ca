#include "core/zip_library.hpp"

#include <cerrno>

#include <zip.h>

#include "core/encoding.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::zip_library {

void DiscardArchive::operator()(::zip* archive) const { zip_discard(archive); }
void CloseEntry::operator()(::zip_file* entry) const { (void)zip_fclose(entry); }

Error to_error(::zip_error* error, const std::string& what, const std::string& path) {
    const int code = zip_error_code_zip(error);
    const int system = zip_error_system_type(error) == ZIP_ET_SYS ? zip_error_code_system(error) : 0;
    const std::string_view text = zip_error_strerror(error);
    if (code == ZIP_ER_NOENT || (code == ZIP_ER_OPEN && system == ENOENT))
        return Error(ErrorKind::not_found, "cannot find it: no such file or folder", {path});
    if (code == ZIP_ER_NOZIP)
        return Error(ErrorKind::invalid, "this is no ZIP archive, or its end is missing", {path}, "copy the file again");
    if (system == ENOSPC) return Error(ErrorKind::io, fill("cannot {}: {}", what, text), {path}, "make room on the disk and run again");
    if (code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_WRITE || code == ZIP_ER_SEEK || code == ZIP_ER_RENAME ||
        code == ZIP_ER_TMPOPEN || code == ZIP_ER_CLOSE)
        return Error(ErrorKind::io, fill("cannot {}: {}", what, text), {path});
    return Error(ErrorKind::invalid, fill("the ZIP archive is damaged: {}", text), {path}, "copy the file again, or pack it again");
}

std::string fault_of_name(std::string_view name) {
    if (name.empty()) return "has no name";
    if (name.size() > 1024) return "has a name of more than 1024 bytes";
    if (!is_valid_utf8(name)) return "has a name that is not UTF-8";
    const std::string_view plain = ends_with(name, "/") ? name.substr(0, name.size() - 1) : name;
    if (!path::is_inside(plain)) return "would leave its folder, or has a name that no file may have";
    if (path::normalise(plain) != plain) return "has a name that is not in its plain form";
    if (path::parts(plain).size() > 100) return "lies deeper than 100 folders";
    return "";
}

std::string printable_name(std::string_view name) {
    std::string text = replace_invalid_utf8(name.substr(0, 200));
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    return text;
}

} // namespace dossier::zip_library
