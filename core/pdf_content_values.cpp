// Values of PDF objects, and walks over its trees and chains that end whatever the file says.
#include <algorithm>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/encoding.hpp"
#include "core/pdf_content_parts.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

std::uint64_t hash_of_name(std::string_view name) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

std::string bounded_text(std::string_view text) {
    constexpr std::size_t most = 500;
    std::string clean = replace_invalid_utf8(text.substr(0, 2 * most));
    if (clean.size() <= most) return clean;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(clean[end]) & 0xC0) == 0x80) --end;
    clean.resize(end);
    return clean;
}

std::string text_value(Handle object) { return object.isString() ? bounded_text(object.getUTF8Value()) : ""; }

std::string name_value(Handle object) { return object.isName() ? bounded_text(object.getName().substr(1)) : ""; }

Handle value_of(Handle dictionary, const char* key) {
    if (dictionary.isDictionary()) return dictionary.getKey(key);
    if (dictionary.isStream()) return dictionary.getDict().getKey(key);
    return Handle::newNull();
}

Handle inherited_value(Handle node, const char* key) {
    for (int depth = 0; depth < 100 && node.isDictionary(); ++depth, node = node.getKey("/Parent"))
        if (Handle value = node.getKey(key); !value.isNull()) return value;
    return Handle::newNull();
}

std::int64_t key_of(Handle object) { return static_cast<std::int64_t>(object.getObjectID()) * 65'536 + object.getGeneration(); }

bool SeenObjects::first_time(Handle object) {
    const std::int64_t key = key_of(object);
    return key == 0 || keys_.insert(key).second;
}

void walk_names(Handle tree, std::int64_t most, const std::function<bool(const std::string&, Handle)>& use) {
    std::vector<Handle> open{tree};
    SeenObjects seen;
    std::int64_t count = 0, nodes = 0;
    while (!open.empty() && ++nodes <= most) {
        Handle node = open.back();
        open.pop_back();
        if (!node.isDictionary() || !seen.first_time(node)) continue;
        if (Handle names = node.getKey("/Names"); names.isArray()) {
            const std::vector<Handle> items = names.getArrayAsVector();
            for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
                Handle name = items[i];
                if (++count > most || (name.isString() && !use(name.getStringValue(), items[i + 1]))) return;
            }
        }
        if (Handle kids = node.getKey("/Kids"); kids.isArray()) {
            const std::vector<Handle> items = kids.getArrayAsVector();
            open.insert(open.end(), items.rbegin(), items.rend());
        }
    }
}

void walk_actions(Handle first, const std::function<void(Handle)>& use) {
    std::vector<Handle> open{first};
    SeenObjects seen;
    for (int count = 0; !open.empty() && count < 100; ++count) {
        Handle action = open.back();
        open.pop_back();
        if (!action.isDictionary() || !seen.first_time(action)) continue;
        use(action);
        Handle next = action.getKey("/Next");
        if (next.isDictionary()) open.push_back(next);
        for (int i = next.isArray() ? std::min(next.getArrayNItems(), 100) : 0; i-- > 0;) open.push_back(next.getArrayItem(i));
    }
}

std::int64_t PageList::number_of(Handle page) const {
    const auto found = numbers.find(key_of(page));
    return found == numbers.end() || found->first == 0 ? 0 : found->second;
}

} // namespace dossier::pdf
