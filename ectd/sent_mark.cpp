#include "ectd/sent_mark.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "ectd/application_file.hpp"
#include "ectd/ctis/contents.hpp"

namespace dossier::ectd {

namespace {

bool is_same(const Yaml& a, const Yaml& b) {
    const auto same_entry = [](const auto& x, const auto& y) { return x.first == y.first && is_same(x.second, y.second); };
    return a.kind == b.kind && a.scalar == b.scalar && std::equal(a.list.begin(), a.list.end(), b.list.begin(), b.list.end(), is_same) &&
           std::equal(a.map.begin(), a.map.end(), b.map.begin(), b.map.end(), same_entry);
}

Yaml* child(Yaml* node, const std::string& key) {
    if (!node) return nullptr;
    for (auto& [name, value] : node->map)
        if (name == key) return &value;
    return nullptr;
}

// Where in the text the line with this number (from 1) starts; its end when there is none.
std::size_t start_of_line(std::string_view text, std::int64_t line) {
    std::size_t at = 0;
    for (; line > 1; --line) {
        at = text.find('\n', at);
        if (at == std::string_view::npos) return text.size();
        ++at;
    }
    return at;
}

// Behind the colon of the key, which may stand in quotes; npos when it is not in this line.
std::size_t behind_key(std::string_view text, std::size_t from, const std::string& key) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    for (std::size_t at = text.find(key, from); at < end; at = text.find(key, at + 1)) {
        std::size_t next = at + key.size();
        if (next < end && (text[next] == '"' || text[next] == '\'')) ++next;
        next = std::min(text.find_first_not_of(" \t", next), end);
        if (next < end && text[next] == ':') return next + 1;
    }
    return std::string_view::npos;
}

// Into { } behind the brace, else as a line of its own before the first line of the entry; npos where neither is there.
std::size_t place_for_entry(std::string_view text, std::size_t behind_colon, bool& in_braces) {
    const std::size_t next = text.find_first_not_of(" \t", behind_colon);
    in_braces = next != std::string_view::npos && text[next] == '{';
    if (in_braces) return next + 1;
    if (next == std::string_view::npos || std::string_view("#\r\n").find(text[next]) == std::string_view::npos)
        return std::string_view::npos;
    std::size_t line = text.find('\n', next);
    while (line != std::string_view::npos) {
        ++line;
        const std::size_t first = text.find_first_not_of(" ", line);
        if (first == std::string_view::npos) return first;
        if (std::string_view("#\r\n").find(text[first]) == std::string_view::npos) return line;
        line = text.find('\n', line);
    }
    return line;
}

Error by_hand(const std::string& path, std::int64_t line, SequenceNumber sequence, Date date) {
    return {ErrorKind::unsupported,
            fill("the entry of sequence {} is written in a way that is not edited by program", sequence.text()),
            {path, "", line, "", -1},
            fill("add sent: {} to it by hand", date.text())};
}

// A sequence, or a dossier for the EU clinical trials portal: a folder or an archive.
bool is_built(FileSystem& fs, const std::string& folder) {
    return exists(fs, path::join(folder, "index.xml")) || exists(fs, path::join(folder, ctis::manifest_name)) ||
           exists(fs, folder + ".zip");
}

} // namespace

Result<std::string> with_sent_date(std::string_view yaml, const std::string& path, SequenceNumber sequence, Date date) {
    DOSSIER_TRY(Yaml before, parse_yaml(yaml, path));
    const Yaml* entry = child(child(&before, "sequences"), sequence.text());
    if (!entry || entry->kind != Yaml::Kind::map)
        return Error(ErrorKind::not_found, fill("there is no entry for sequence {}", sequence.text()), {path},
                     fill("add it under sequences: \"{}\": {{submission_id: …, sent: {}}}", sequence.text(), date.text()));
    const Error refusal = by_hand(path, entry->line, sequence, date);
    const std::size_t colon = behind_key(yaml, start_of_line(yaml, entry->line), sequence.text());
    if (colon == std::string_view::npos) return refusal;
    bool in_braces = false;
    const std::size_t at = place_for_entry(yaml, colon, in_braces);
    if (at == std::string_view::npos) return refusal;
    std::string changed(yaml);
    if (in_braces) {
        changed.insert(at, fill("sent: {}, ", date.text()));
    } else {
        const std::size_t first = yaml.find_first_not_of(' ', at);
        const bool carriage = at > 1 && yaml[at - 2] == '\r';
        changed.insert(at, std::string(yaml.substr(at, first - at)) + "sent: " + date.text() + (carriage ? "\r\n" : "\n"));
    }
    // Read again: it must say what it said, and the date.
    auto after = parse_yaml(changed, path);
    Yaml* marked = after ? child(child(&*after, "sequences"), sequence.text()) : nullptr;
    if (!marked || marked->text("sent") != date.text()) return refusal;
    marked->map.erase(std::remove_if(marked->map.begin(), marked->map.end(), [](const auto& item) { return item.first == "sent"; }),
                      marked->map.end());
    if (!is_same(before, *after)) return refusal;
    return changed;
}

Result<SentMark> mark_sent(FileSystem& fs, const std::string& application, SequenceNumber sequence, Date date, Date today) {
    const std::string number = sequence.text();
    if (!is_built(fs, path::join(application, number)))
        return Error(ErrorKind::not_found, fill("there is no sequence {} here", number), {application},
                     "build it first: dossier ectd build");
    if (date > today)
        return Error(ErrorKind::invalid, fill("--date {} is after today ({})", date.text(), today.text()), {},
                     "give the day on which the sequence was sent");
    SentMark mark;
    mark.file = path::join(application, "application.yaml");
    if (!exists(fs, mark.file))
        return Error(ErrorKind::not_found, "there is no application.yaml to keep the date in", {application},
                     "make one with dossier ectd new in another folder, and move it here");
    DOSSIER_TRY(const auto lock, fs.lock(application, 0)); // not while it is built
    DOSSIER_TRY(const std::string bytes, read_file(fs, mark.file));
    DOSSIER_TRY(const ApplicationFile file, parse_application_file(bytes, mark.file));
    for (const auto& [earlier, entry] : file.sequences)
        if (earlier < sequence && !entry.sent && exists(fs, path::join(application, earlier.text())))
            mark.notes.push_back(fill("sequence {} is not marked as sent", earlier.text()));
    const auto entry = file.sequences.find(sequence);
    if (entry != file.sequences.end() && entry->second.sent) {
        mark.was_there = *entry->second.sent == date;
        if (mark.was_there) return mark;
        return Error(ErrorKind::conflict, fill("sequence {} was sent on {}, says this file", number, entry->second.sent->text()),
                     entry->second.place, "correct the date there by hand if it is wrong");
    }
    DOSSIER_TRY(const std::string changed, with_sent_date(bytes, mark.file, sequence, date));
    DOSSIER_CHECK(write_file_durably(fs, mark.file, changed));
    return mark;
}

} // namespace dossier::ectd
