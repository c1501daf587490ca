#include "ectd/sequence_stock.hpp"

#include <algorithm>
#include <iterator>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/drafts.hpp"

namespace dossier::ectd {

namespace {

std::string archive_of(SequenceNumber number) { return number.text() + ".zip"; }

} // namespace

std::optional<SequenceNumber> SequenceStock::highest() const {
    std::optional<SequenceNumber> found;
    for (const auto* numbers : {&folders, &archives, &sent_only})
        if (!numbers->empty() && (!found || *found < *numbers->rbegin())) found = *numbers->rbegin();
    return found;
}

Result<SequenceStock> read_stock(FileSystem& fs, const std::string& folder, const ApplicationFile& application) {
    SequenceStock stock;
    stock.folder = folder;
    DOSSIER_TRY(const auto entries, fs.list(folder));
    for (const FolderEntry& entry : entries) {
        const bool archive = entry.name.size() == 8 && ends_with(entry.name, ".zip");
        const auto number = SequenceNumber::parse(archive ? entry.name.substr(0, 4) : entry.name);
        if (!number) continue;
        if (archive)
            stock.archives.insert(*number);
        else if (is_folder(fs, path::join(folder, entry.name)))
            stock.folders.insert(*number);
    }
    std::erase_if(stock.archives, [&stock](SequenceNumber number) { return stock.folders.count(number) > 0; });
    for (const auto& [number, entry] : application.sequences)
        if (application.is_sent(number) && stock.folders.count(number) == 0 && stock.archives.count(number) == 0)
            stock.sent_only.insert(number);
    for (const auto& [number, entry] : application.sequences)
        if (!entry.never_used.empty()) stock.never_used[number] = entry.never_used;
    return stock;
}

std::vector<Error> unread_history(const SequenceStock& stock, const ApplicationFile& application, SequenceNumber planned) {
    std::vector<Error> errors;
    for (const SequenceNumber number : stock.archives)
        if (number < planned)
            errors.emplace_back(
                ErrorKind::conflict,
                fill("sequence {} is here only as a ZIP, which is not read: what the application contains is not known", number.text()),
                Place{path::join(stock.folder, archive_of(number))},
                fill("unpack it there, so that {} is a folder beside the others", number.text()));
    for (const SequenceNumber number : stock.sent_only)
        if (number < planned)
            errors.emplace_back(
                ErrorKind::conflict,
                fill("sequence {} is marked as sent and is not in the folder: what the application contains is not known", number.text()),
                application.sequences.at(number).place, fill("put the complete sequence there, as folder {}", number.text()));
    for (const auto& [number, reason] : stock.never_used)
        if (number < planned && (stock.folders.count(number) > 0 || stock.archives.count(number) > 0))
            errors.emplace_back(ErrorKind::conflict, fill("sequence {} was never used, says this file, and it is here", number.text()),
                                application.sequences.at(number).place,
                                "take never_used out of its entry, or the sequence out of the folder");
    return errors;
}

Result<std::vector<Error>> finished_sequences(FileSystem& fs, const SequenceStock& stock, const ApplicationFile& application,
                                              SequenceNumber planned) {
    std::vector<Error> errors;
    if (stock.never_used.count(planned) > 0)
        errors.emplace_back(ErrorKind::conflict, fill("sequence {} was never used, says this file", planned.text()),
                            application.sequences.at(planned).place, "take never_used out of its entry, or build the next sequence");
    if (application.is_sent(planned))
        errors.emplace_back(ErrorKind::conflict, fill("sequence {} was sent and is never changed again", planned.text()),
                            Place{path::join(stock.folder, planned.text())}, "build the next sequence");
    else if (auto draft = refuse_unless_draft(fs, {stock.folder, stock.folder, planned}); !draft)
        errors.push_back(std::move(draft).error());
    std::set<SequenceNumber> later;
    for (const auto* numbers : {&stock.folders, &stock.archives, &stock.sent_only})
        std::copy_if(numbers->begin(), numbers->end(), std::inserter(later, later.end()),
                     [planned](SequenceNumber number) { return planned < number; });
    for (const SequenceNumber number : later) {
        const bool sent = application.is_sent(number);
        DOSSIER_TRY(const bool draft, is_draft(fs, {stock.folder, stock.folder, number}));
        if (sent || !draft)
            errors.emplace_back(ErrorKind::conflict,
                                fill("sequence {} {}; {} lies before it and is not written any more", number.text(),
                                     std::string_view(sent ? "was sent" : "is no draft that was built here"), planned.text()),
                                Place{stock.folder}, "build the next sequence");
    }
    return errors;
}

std::vector<std::string> stock_notes(const SequenceStock& stock, SequenceNumber first, SequenceNumber planned) {
    std::vector<std::string> notes;
    int next = first.value();
    for (const auto& [number, reason] : stock.never_used)
        if (number < planned) notes.push_back(fill("sequence {} was never used, says application.yaml: {}", number.text(), reason));
    const auto pass = [&](int number) {
        if (number == next + 1)
            notes.push_back(fill("sequence {} is not in the folder; what it changed is not known", SequenceNumber(next).text()));
        else if (number > next)
            notes.push_back(fill("sequences {} to {} are not in the folder; what they changed is not known", SequenceNumber(next).text(),
                                 SequenceNumber(number - 1).text()));
        next = std::max(next, number + 1);
    };
    for (int number = first.value(); number < planned.value(); ++number) {
        const SequenceNumber at(number);
        const bool known = stock.folders.count(at) || stock.archives.count(at) || stock.sent_only.count(at) || stock.never_used.count(at);
        if (known) pass(number);
    }
    pass(planned.value());
    for (const SequenceNumber number : stock.archives)
        if (planned < number) notes.push_back(fill("{} lies there and is not read", archive_of(number)));
    return notes;
}

} // namespace dossier::ectd
