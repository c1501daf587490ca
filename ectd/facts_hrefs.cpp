// From the href of a leaf to a file: one resolver for all checks. The text is kept as written; "./" and percent signs are understood.
#include "ectd/facts_internal.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd::facts {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string percent_decoded(const std::string& text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low >= 0) {
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

// "nda456789", "ind123456": the folder names FDA gives to applications in references between them.
bool is_application_folder(const std::string& name) {
    for (const char* const prefix : {"nda", "anda", "bla", "ind", "mf"}) {
        if (!starts_with(name, prefix)) continue;
        const std::string rest = name.substr(std::string_view(prefix).size());
        if (!rest.empty() && std::all_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; })) return true;
    }
    return false;
}

} // namespace

AskedFor ask_for(const std::string& reference, const std::string& folder) {
    if (reference.empty()) return {};
    const std::size_t colon = reference.find(':');
    const bool scheme = colon != std::string::npos && reference.find('/') > colon; // "https:", "file:", "C:"
    if (path::is_absolute(reference) || scheme || reference.find('\\') != std::string::npos) return {HrefState::outside, ""};
    const std::vector<std::string> parts = path::parts(path::normalise(path::join(folder, reference)));
    if (parts.size() >= 3 && parts[0] == ".." && is_application_folder(parts[1]) && SequenceNumber::parse(parts[2]))
        return {HrefState::other_application, ""};
    if (parts.size() >= 2 && SequenceNumber::parse(parts[0])) return {HrefState::present, join(parts, "/")};
    return {HrefState::outside, ""};
}

LeafFact ask_for(const Leaf& leaf) {
    const HrefState state = ask_for(leaf.href(), path::join(leaf.at.sequence.text(), path::parent(leaf.at.file))).state;
    return {&leaf, nullptr, state == HrefState::present && leaf.path.empty() ? HrefState::outside : state};
}

FileLookup::FileLookup(const FileFacts& files, std::set<std::string> listed) : files_(files), listed_(std::move(listed)) {
    for (const auto& [path, file] : files)
        if (file.kind != FileKind::folder) lower_case_.emplace(to_lower(path), path);
}

void FileLookup::resolve(HrefState& state, std::string& file) const {
    if (state != HrefState::present) return;
    for (const std::string& name : {file, path::normalise(percent_decoded(file))}) {
        const auto found = files_.find(name);
        if (found == files_.end() || found->second.kind == FileKind::folder) continue;
        file = name;
        return;
    }
    if (unreadable_folder_of(files_, file)) {
        state = HrefState::unreadable;
        return;
    }
    const std::string sequence = file.substr(0, file.find('/'));
    state = listed_.count(sequence) ? HrefState::missing : HrefState::no_sequence;
    const auto other = lower_case_.find(to_lower(file));
    if (other == lower_case_.end()) return;
    state = HrefState::other_case;
    file = other->second;
}

void FileLookup::resolve(LeafFact& leaf) const {
    std::string file = leaf.file();
    resolve(leaf.state, file);
    if (leaf.state == HrefState::present || leaf.state == HrefState::other_case) leaf.found = &files_.find(file)->second;
}

} // namespace dossier::ectd::facts

namespace dossier::ectd {

Result<LeafFiles> find_leaf_files(FileSystem& fs, const Application& application) {
    LeafFiles result;
    std::set<std::string> listed;
    for (const Sequence& sequence : application.sequences) {
        facts::list_sequence(fs, application.folder, sequence.folder, result.files, nullptr);
        listed.insert(sequence.folder);
    }
    const facts::FileLookup lookup(result.files, std::move(listed));
    for (const Sequence& sequence : application.sequences)
        for (const Leaf& leaf : sequence.leaves) {
            result.leaves.push_back(facts::ask_for(leaf));
            lookup.resolve(result.leaves.back());
        }
    return result;
}

bool leads_to_other_application(const std::string& reference, const Leaf& from) {
    const std::string folder = path::join(from.at.sequence.text(), path::parent(from.at.file));
    return facts::ask_for(reference, folder).state == HrefState::other_application;
}

} // namespace dossier::ectd
