// Where bookmarks and links lead: destinations (ISO 32000-1, 12.3.2) and actions (12.6).
#include <algorithm>
#include <cctype>
#include <set>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"
#include "core/text.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

constexpr std::int64_t most_names = 1'000'000;

PdfZoom zoom_of(Handle array) {
    if (array.getArrayNItems() < 2) return PdfZoom::unknown;
    if (!array.getArrayItem(1).isNameAndEquals("/XYZ")) return PdfZoom::set;
    if (array.getArrayNItems() < 5) return PdfZoom::inherited;
    Handle zoom = array.getArrayItem(4);
    return zoom.isNumber() && zoom.getNumericValue() != 0 ? PdfZoom::set : PdfZoom::inherited; // 0 means the same as null
}

PdfTarget corrupt(std::string why) {
    PdfTarget target;
    target.kind = PdfTargetKind::corrupt;
    target.action = std::move(why);
    return target;
}

// A root, a drive letter, a server, an address.
bool is_absolute(std::string_view file) {
    if (file.empty()) return false;
    if (file[0] == '/' || file[0] == '\\') return true;
    if (file.size() > 1 && file[1] == ':' && std::isalpha(static_cast<unsigned char>(file[0]))) return true;
    return file.find("://") != std::string_view::npos || starts_with(to_lower(file.substr(0, 5)), "file:");
}

// 7.11.2: a string, or a dictionary that holds it for all systems (/UF as text, /F) or for one of them.
void fill_file(Handle file, PdfTarget& target) {
    for (const char* const key : {"/UF", "/F", "/Unix", "/DOS", "/Mac"}) {
        Handle named = file.isDictionary() ? file.getKey(key) : file;
        if (!named.isString()) continue;
        if (value_of(file, "/FS").isNameAndEquals("/URL")) target.kind = PdfTargetKind::web;
        target.file = bounded_text(named.getUTF8Value());
        target.absolute = target.kind != PdfTargetKind::web && is_absolute(target.file);
        target.backslashes = target.kind != PdfTargetKind::web && target.file.find('\\') != std::string::npos;
        return;
    }
}

// People leave the scheme out: "www.example.org", "example.org/page", "someone@example.org". A folder with a full stop is rarer.
bool is_meant_for_web(const std::string& address) {
    static const std::set<std::string> domains = {"com", "edu", "eu", "gov", "info", "int", "net", "org"};
    if (address[0] == '#' || starts_with(address, "//") || address.find('@') != std::string::npos) return true;
    const std::size_t slash = address.find('/');
    const std::string host = to_lower(address.substr(0, slash));
    const std::size_t stop = host.rfind('.');
    if (host == "." || host == ".." || stop == std::string::npos) return false;
    return slash != std::string::npos || starts_with(host, "www.") || domains.count(host.substr(stop + 1)) > 0;
}

std::int64_t page_behind(Handle index) { return std::clamp<std::int64_t>(index.getIntValue(), -1, 1'000'000'000) + 1; }

int count_actions(Handle first) {
    int count = 0;
    walk_actions(first, [&count](Handle) { ++count; });
    return count;
}

} // namespace

TargetReader::TargetReader(QPDF& qpdf, const PageList& pages) : pages_(pages) {
    Handle root = qpdf.getRoot();
    has_base_ = value_of(root.getKey("/URI"), "/Base").isString();
    if (Handle old_names = root.getKey("/Dests"); old_names.isDictionary())
        for (const auto& [name, destination] : old_names.ditems()) named_.emplace(name.substr(1), destination);
    walk_names(value_of(root.getKey("/Names"), "/Dests"), most_names, [this](const std::string& name, Handle destination) {
        named_.emplace(name, destination);
        return true;
    });
}

void TargetReader::list_names(PdfContent& content) const {
    constexpr std::size_t most_listed = 20'000;
    content.destinations = static_cast<std::int64_t>(named_.size());
    for (const auto& named : named_) content.destination_names.push_back(hash_of_name(bounded_text(named.first)));
    std::sort(content.destination_names.begin(), content.destination_names.end());
    if (content.destination_names.size() > most_listed) content.destination_names.resize(most_listed);
}

std::vector<PdfTarget> TargetReader::of(Handle holder) const {
    constexpr std::size_t most = 11;
    if (Handle destination = value_of(holder, "/Dest"); !destination.isNull()) return {of_destination(destination)};
    Handle first = value_of(holder, "/A");
    if (first.isNull()) return {PdfTarget()};
    std::vector<PdfTarget> targets{of_action(first)};
    if (targets.front().actions < 2) return targets;
    bool is_first = true;
    walk_actions(first, [&](Handle action) {
        if (!is_first && targets.size() < most) {
            targets.push_back(of_action(action));
            targets.back().actions = 1;
            targets.back().number = static_cast<int>(targets.size());
        }
        is_first = false;
    });
    return targets;
}

PdfTarget TargetReader::open(Handle object) const {
    return object.isDictionary() && object.hasKey("/S") ? of_action(object) : of_destination(object);
}

void TargetReader::fill_array(Handle array, PdfTarget& target) const {
    if (array.getArrayNItems() == 0) {
        target = corrupt("an empty destination");
        return;
    }
    Handle page = array.getArrayItem(0);
    target.zoom = zoom_of(array);
    if (page.isInteger()) { // right only in links to other files; readers take it as a page of this one
        target.page = page_behind(page);
        target.reachable = target.page >= 1 && target.page <= static_cast<std::int64_t>(pages_.pages.size());
    } else {
        target.page = pages_.number_of(page);
        target.reachable = target.page > 0;
    }
}

PdfTarget TargetReader::of_destination(Handle destination) const {
    PdfTarget target;
    target.kind = PdfTargetKind::page;
    target.actions = 1;
    if (destination.isName() || destination.isString()) {
        const std::string name = destination.isName() ? destination.getName().substr(1) : destination.getStringValue();
        target.name = bounded_text(destination.isName() ? name : destination.getUTF8Value());
        target.reachable = false;
        const auto found = named_.find(name);
        if (found == named_.end()) return target;
        destination = found->second;
    }
    if (destination.isDictionary()) destination = destination.getKey("/D");
    if (destination.isArray())
        fill_array(destination, target);
    else if (target.name.empty())
        return corrupt("a destination that is none");
    return target;
}

void TargetReader::fill_remote(Handle action, PdfTarget& target) const {
    Handle destination = action.getKey("/D");
    if (destination.isArray() && destination.getArrayNItems() > 0) {
        if (Handle page = destination.getArrayItem(0); page.isInteger()) target.page = page_behind(page);
        target.zoom = zoom_of(destination);
    }
    if (destination.isName()) target.name = bounded_text(destination.getName().substr(1));
    if (destination.isString()) target.name = bounded_text(destination.getStringValue());
}

// 12.6.4.7, and RFC 3986, 4.1: what has no scheme is relative, to the file it stands in where the document names no base.
void TargetReader::fill_uri(const std::string& address, PdfTarget& target) const {
    const std::size_t colon = address.find_first_of(":/?#");
    const bool has_scheme = colon != std::string::npos && address[colon] == ':' && colon > 1; // one letter is a drive
    const bool is_file = has_scheme ? to_lower(address.substr(0, colon)) == "file" : !has_base_ && !is_meant_for_web(address);
    target.kind = is_file ? PdfTargetKind::file_uri : PdfTargetKind::web;
    target.file = address;
    if (!is_file) return;
    target.file.resize(std::min(address.size(), address.find_first_of("?#")));
    if (has_scheme && address[colon + 1] != '/') target.file.erase(0, colon + 1); // "file:report.pdf"
    target.absolute = is_absolute(target.file);
}

PdfTarget TargetReader::of_kind(const std::string& kind, Handle action) const {
    PdfTarget target;
    if (kind == "GoTo") return of_destination(action.getKey("/D"));
    if (kind == "GoToR" || kind == "Launch") {
        target.kind = kind == "GoToR" ? PdfTargetKind::other_file : PdfTargetKind::launch;
        fill_file(action.getKey("/F"), target);
        if (target.file.empty()) fill_file(value_of(action.getKey("/Win"), "/F"), target);
        if (target.file.empty()) return corrupt("a link to another file that names none");
        fill_remote(action, target);
    } else if (kind == "GoToE") {
        target.kind = PdfTargetKind::embedded;
        fill_file(action.getKey("/F"), target);
    } else if (kind == "URI") {
        const std::string address(trim(text_value(action.getKey("/URI"))));
        if (address.empty()) return corrupt("a web link without an address");
        fill_uri(address, target);
    } else {
        target.kind = kind == "JavaScript" ? PdfTargetKind::script : PdfTargetKind::other;
        target.action = kind;
    }
    return target;
}

PdfTarget TargetReader::of_action(Handle action) const {
    if (!action.isDictionary()) return corrupt("an action that is none");
    const std::string kind = name_value(action.getKey("/S"));
    if (kind.empty()) return corrupt("an action without a type");
    PdfTarget target = of_kind(kind, action);
    target.actions = count_actions(action);
    return target;
}

bool count_target(PdfTargetCounts& counts, const PdfTarget& target) {
    bool listed = false;
    const auto count = [&listed](bool applies, std::int64_t& number, std::int64_t most) {
        if (applies && ++number <= most) listed = true;
    };
    if (target.number == 1) ++counts.total;
    std::int64_t& of_kind = counts.by_kind[target.kind];
    if (target.kind == PdfTargetKind::page)
        ++of_kind;
    else
        count(true, of_kind, target.file.empty() || target.kind == PdfTargetKind::web ? most_other_targets : most_file_targets);
    count(target.reachable == false, counts.unreachable, most_other_targets);
    count(target.zoom == PdfZoom::set, counts.zoom_set, most_other_targets);
    count(target.absolute, counts.absolute, most_other_targets);
    count(target.actions > 1, counts.several_actions, most_other_targets);
    return listed;
}

} // namespace dossier::pdf
