#include "core/path.hpp"

#include <algorithm>

namespace dossier::path {

bool is_absolute(std::string_view path) { return !path.empty() && path.front() == '/'; }

std::string join(std::string_view folder, std::string_view name) {
    if (folder.empty() || is_absolute(name)) return std::string(name);
    if (name.empty()) return std::string(folder);
    std::string result(folder);
    if (result.back() != '/') result += '/';
    return result.append(name);
}

std::string parent(std::string_view path) {
    const std::size_t at = path.rfind('/');
    if (at == std::string_view::npos) return "";
    return std::string(path.substr(0, at == 0 ? 1 : at));
}

std::string file_name(std::string_view path) {
    const std::size_t at = path.rfind('/');
    return std::string(at == std::string_view::npos ? path : path.substr(at + 1));
}

std::string extension(std::string_view path) {
    const std::string name = file_name(path);
    const std::size_t at = name.rfind('.');
    return at == std::string::npos || at == 0 ? "" : name.substr(at + 1);
}

std::vector<std::string> parts(std::string_view path) {
    std::vector<std::string> list;
    while (!path.empty()) {
        const std::size_t at = path.find('/');
        const std::string_view part = path.substr(0, at);
        if (!part.empty() && part != ".") list.emplace_back(part);
        if (at == std::string_view::npos) break;
        path.remove_prefix(at + 1);
    }
    return list;
}

namespace {

// Without empty parts, "." and ".." (but for a "/" in front): what most paths are.
bool is_normal(std::string_view path) {
    if (path.empty() || path.back() == '/') return path.empty();
    for (std::size_t at = 0; at != std::string_view::npos && at < path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, end - at);
        if (part == "." || part == ".." || (part.empty() && at > 0)) return false;
        at = end + 1;
    }
    return true;
}

} // namespace

std::string normalise(std::string_view path) {
    if (is_normal(path)) return std::string(path);
    std::vector<std::string> kept;
    for (std::string& part : parts(path)) {
        if (part == ".." && !kept.empty() && kept.back() != "..")
            kept.pop_back();
        else if (part != ".." || !is_absolute(path))
            kept.push_back(std::move(part));
    }
    std::string result = is_absolute(path) ? "/" : "";
    for (std::size_t i = 0; i < kept.size(); ++i) result += (i > 0 ? "/" : "") + kept[i];
    return result;
}

std::string relative(std::string_view from, std::string_view target) {
    const std::vector<std::string> a = parts(from), b = parts(target);
    const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    std::string result;
    for (auto it = differ.first; it != a.end(); ++it) result += "../";
    for (auto it = differ.second; it != b.end(); ++it) result += (it != differ.second ? "/" : "") + *it;
    return result;
}

bool is_below(std::string_view path, std::string_view folder) {
    if (folder.empty()) return is_inside(path);
    if (folder != "/" && path.substr(0, folder.size()) != folder) return false;
    return folder == "/" ? path.size() > 1 && path.front() == '/' : path.size() > folder.size() + 1 && path[folder.size()] == '/';
}

bool is_inside(std::string_view path) {
    if (path.empty() || is_absolute(path)) return false;
    for (const char c : path)
        if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7F) return false;
    if (path.size() > 1 && path[1] == ':') return false;
    const std::string clean = normalise(path);
    return !clean.empty() && clean != ".." && clean.rfind("../", 0) != 0;
}

} // namespace dossier::path
