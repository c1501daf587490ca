// The files of a folder that documents may be in.
#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/scan.hpp"

namespace dossier::tmf {

namespace {

constexpr int most_depth = 100; // folders in each other

// Empty: a document may be in it.
std::string reason_to_leave(const FolderEntry& entry) {
    const std::string name = to_lower(entry.name);
    if (!is_valid_utf8(entry.name)) return "its name is not UTF-8: rename it";
    for (const char c : entry.name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "its name holds a control character: rename it";
    if (trim(entry.name) != entry.name) return "its name begins or ends with a space, which no list keeps: rename it";
    if (entry.kind == FileKind::link) return "it is a link; links are not followed";
    if (entry.kind == FileKind::other) return "it is neither a file nor a folder";
    if (starts_with(name, "~$") || starts_with(name, "~wrl") || ends_with(name, ".tmp") || ends_with(name, ".part") ||
        ends_with(name, ".crdownload"))
        return "it is a temporary file";
    if (name == "thumbs.db" || name == "desktop.ini" || name == "__macosx" || name == "$recycle.bin" || name == "system volume information")
        return "it belongs to the operating system";
    if (starts_with(name, ".")) return "it is hidden";
    return "";
}

class Walk {
public:
    Walk(FileSystem& fs, const std::string& root, const std::function<Result<void>(const std::string&)>& use,
         const std::function<void(const LeftOut&)>& left_out)
        : fs_(fs), root_(root), use_(use), left_out_(left_out) {}

    Result<void> walk(const std::string& folder, int depth) {
        auto entries = fs_.list(folder.empty() ? root_ : path::join(root_, folder));
        if (!entries && depth == 0) return entries.error();
        if (!entries) return left_out_({folder, "it cannot be read: " + entries.error().message}), Result<void>();
        // Sorted as whole paths: "a.pdf" stands before the files of "a/", since '.' is before '/'.
        std::sort(entries->begin(), entries->end(), [](const FolderEntry& a, const FolderEntry& b) { return key(a) < key(b); });
        for (const FolderEntry& entry : *entries) {
            const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
            std::string reason = reason_to_leave(entry);
            if (reason.empty() && entry.kind == FileKind::folder && depth == most_depth) reason = "it lies too deep";
            if (!reason.empty())
                left_out_({path, reason});
            else
                DOSSIER_CHECK(entry.kind == FileKind::folder ? walk(path, depth + 1) : use_(path));
        }
        return {};
    }

private:
    static std::string key(const FolderEntry& entry) { return entry.kind == FileKind::folder ? entry.name + "/" : entry.name; }

    FileSystem& fs_;
    const std::string& root_;
    const std::function<Result<void>(const std::string&)>& use_;
    const std::function<void(const LeftOut&)>& left_out_;
};

} // namespace

Result<void> each_file(FileSystem& fs, const std::string& folder, const std::function<Result<void>(const std::string&)>& use,
                       const std::function<void(const LeftOut&)>& left_out) {
    DOSSIER_TRY(const FileInfo info, fs.info(folder));
    if (info.kind != FileKind::folder)
        return Error(ErrorKind::invalid, "this is no folder", {folder}, "name the folder that holds the files");
    return Walk(fs, folder, use, left_out).walk("", 0);
}

} // namespace dossier::tmf
