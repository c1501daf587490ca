#include "ectd/sent_mark.hpp"

#include <algorithm>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/application_edit.hpp"
#include "ectd/application_file.hpp"
#include "ectd/ctis/contents.hpp"
#include "ectd/drafts.hpp"

namespace dossier::ectd {

namespace {

constexpr std::uint64_t largest_acknowledgement = 64u << 20; // bytes; they are a few kB

struct Incoming {
    std::string source, name, bytes;
    KeptAcknowledgement kept;
    bool is_stored = false; // its bytes lie in the application folder already
};

Result<Incoming> read_acknowledgement(FileSystem& fs, const SentRequest& request, const std::string& source) {
    Incoming incoming;
    incoming.source = source;
    incoming.name = path::file_name(path::normalise(source));
    if (!path::is_inside(incoming.name) || incoming.name.empty() || incoming.name == "..")
        return Error(ErrorKind::invalid, "this is no file name to keep an acknowledgement under", {source}, "rename the file");
    DOSSIER_TRY(incoming.bytes, read_file(fs, source, largest_acknowledgement));
    incoming.kept = {acknowledgement_path(request.sequence, incoming.name), sha256_of(incoming.bytes).hex(), false};
    const std::string target = path::join(request.application, incoming.kept.file);
    if (!exists(fs, target)) return incoming;
    DOSSIER_TRY(const FileDigests there, digests_of_file(fs, target, Hasher::What::sha256));
    if (there.sha256.hex() != incoming.kept.sha256)
        return Error(ErrorKind::conflict, fill("another acknowledgement called {} is kept already", incoming.name), {target},
                     "give the new file another name");
    incoming.is_stored = true;
    return incoming;
}

Result<std::string> with_acknowledgement(const std::string& yaml, const std::string& file, SequenceNumber sequence, const Incoming& item) {
    const std::vector<std::string> entry{"sequences", sequence.text()};
    const std::string what = fill("the entry of sequence {}", sequence.text());
    std::vector<std::string> list = entry;
    list.emplace_back("acknowledgements");
    if (has_group(yaml, file, list)) return with_addition(yaml, file, list, quoted(item.name), item.kept.sha256, what);
    return with_addition(yaml, file, entry, "acknowledgements", "{" + quoted(item.name) + ": " + item.kept.sha256 + "}", what);
}

// A sequence, or a dossier for the EU clinical trials portal: a folder or an archive.
bool is_built(FileSystem& fs, const std::string& folder) {
    return exists(fs, path::join(folder, "index.xml")) || exists(fs, path::join(folder, ctis::manifest_name)) ||
           exists(fs, folder + ".zip");
}

Result<void> check_request(FileSystem& fs, const SentRequest& request, const std::string& file) {
    if (!is_built(fs, path::join(request.application, request.sequence.text())))
        return Error(ErrorKind::not_found, fill("there is no sequence {} here", request.sequence.text()), {request.application},
                     "build it first: dossier ectd build");
    if (request.date && *request.date > request.today)
        return Error(ErrorKind::invalid, fill("--date {} is after today ({})", request.date->text(), request.today.text()), {},
                     "give the day on which the sequence was sent");
    if (!exists(fs, file))
        return Error(ErrorKind::not_found, "there is no application.yaml to keep the date in", {request.application},
                     "make one with dossier ectd new in another folder, and move it here");
    return {};
}

// The date that the file says already, or the one asked for. conflict where they differ.
Result<Date> date_of(const SentRequest& request, const ApplicationFile& file) {
    const auto entry = file.sequences.find(request.sequence);
    const bool marked = entry != file.sequences.end() && entry->second.sent;
    if (!marked && !request.date)
        return Error(ErrorKind::usage, fill("sequence {} is not marked as sent yet", request.sequence.text()), {},
                     "add --date, the day on which it was sent");
    if (marked && request.date && *request.date != *entry->second.sent)
        return Error(ErrorKind::conflict,
                     fill("sequence {} was sent on {}, says this file", request.sequence.text(), entry->second.sent->text()),
                     entry->second.place, "correct the date there by hand if it is wrong");
    return marked ? *entry->second.sent : *request.date;
}

// `yaml` with the centre where the sequence went, when it does not say so already. conflict where it says another one.
Result<std::string> with_center(std::string yaml, const SentRequest& request, const ApplicationFile& file, SentMark& mark) {
    const auto entry = file.sequences.find(request.sequence);
    const SequenceEntry stated = entry == file.sequences.end() ? SequenceEntry() : entry->second;
    const std::string number = request.sequence.text();
    mark.center = request.center.empty() ? stated.center : request.center;
    if (!file.center.empty() && !mark.center.empty() && to_lower(file.center) != to_lower(mark.center))
        mark.notes.push_back(
            fill("sequence {} went to {}, and the centre of the application is {}: what is sent to the wrong one is rejected", number,
                 mark.center, file.center));
    if (request.center.empty() || to_lower(stated.center) == to_lower(request.center)) return yaml;
    if (!stated.center.empty())
        return Error(ErrorKind::conflict, fill("sequence {} goes to {}, says this file", number, stated.center), stated.place,
                     "correct the center there by hand if it is wrong");
    return with_addition(yaml, mark.file, {"sequences", number}, "center", request.center, fill("the entry of sequence {}", number));
}

// The files first, the entry last: what application.yaml names is there.
Result<void> keep(FileSystem& fs, const SentRequest& request, const std::vector<Incoming>& incoming) {
    for (const Incoming& item : incoming) {
        if (item.is_stored) continue;
        const std::string target = path::join(request.application, item.kept.file);
        DOSSIER_CHECK(fs.create_folders(path::parent(target)));
        DOSSIER_CHECK(write_file_durably(fs, target, item.bytes));
        DOSSIER_CHECK(fs.make_read_only(target));
        DOSSIER_CHECK(fs.sync_folder(path::parent(path::parent(target)))); // the folder itself may be new
        DOSSIER_CHECK(fs.sync_folder(request.application));
    }
    return {};
}

} // namespace

Result<std::string> with_sent_date(std::string_view yaml, const std::string& path, SequenceNumber sequence, Date date) {
    if (!has_group(yaml, path, {"sequences", sequence.text()}))
        return Error(ErrorKind::not_found, fill("there is no entry for sequence {}", sequence.text()), {path},
                     fill("add it under sequences: \"{}\": {{submission_id: …, sent: {}}}", sequence.text(), date.text()));
    return with_addition(yaml, path, {"sequences", sequence.text()}, "sent", date.text(),
                         fill("the entry of sequence {}", sequence.text()));
}

Result<SentMark> mark_sent(FileSystem& fs, const SentRequest& request) {
    SentMark mark;
    mark.file = path::join(request.application, "application.yaml");
    DOSSIER_CHECK(check_request(fs, request, mark.file));
    DOSSIER_TRY(const auto lock, fs.lock(request.application, 0)); // not while it is built
    DOSSIER_TRY(std::string yaml, read_file(fs, mark.file));
    DOSSIER_TRY(const ApplicationFile file, parse_application_file(yaml, mark.file));
    for (const auto& [earlier, entry] : file.sequences)
        if (earlier < request.sequence && !file.is_sent(earlier) && exists(fs, path::join(request.application, earlier.text())))
            mark.notes.push_back(fill("sequence {} is not marked as sent", earlier.text()));
    DOSSIER_TRY(mark.date, date_of(request, file));
    const auto entry = file.sequences.find(request.sequence);
    if (entry != file.sequences.end() && !entry->second.never_used.empty())
        return Error(ErrorKind::conflict, fill("sequence {} was never used, says this file", request.sequence.text()), entry->second.place,
                     "take never_used out of the entry if it was sent");
    mark.was_there = entry != file.sequences.end() && entry->second.sent;
    bool changed = !mark.was_there;
    if (changed) {
        DOSSIER_TRY(yaml, with_sent_date(yaml, mark.file, request.sequence, mark.date));
    }
    const std::string without_center = yaml;
    DOSSIER_TRY(yaml, with_center(without_center, request, file, mark));
    changed = changed || yaml != without_center;
    std::vector<Incoming> incoming;
    for (const std::string& source : request.acknowledgements) {
        DOSSIER_TRY(Incoming item, read_acknowledgement(fs, request, source));
        if (entry != file.sequences.end())
            for (const Acknowledgement& known : entry->second.acknowledgements)
                item.kept.was_there = item.kept.was_there || (known.file == item.name && known.sha256 == item.kept.sha256);
        if (!item.kept.was_there) {
            DOSSIER_TRY(yaml, with_acknowledgement(yaml, mark.file, request.sequence, item));
            changed = true;
        }
        mark.acknowledgements.push_back(item.kept);
        incoming.push_back(std::move(item));
    }
    DOSSIER_CHECK(keep(fs, request, incoming));
    if (changed) DOSSIER_CHECK(write_file_durably(fs, mark.file, yaml));
    DOSSIER_CHECK(forget_drafts(fs, request.application, {request.sequence}));
    return mark;
}

} // namespace dossier::ectd
