#include "ectd/import.hpp"

#include <algorithm>
#include <map>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/application.hpp"
#include "ectd/import_journal.hpp"

namespace dossier::ectd {

namespace {

// "NDA 123456" and "123456" are one number in old envelopes; a UUID counts as a whole, in either case.
std::string comparable(const std::string& number) {
    std::string digits;
    for (const char c : number)
        if (c >= '0' && c <= '9') digits += c;
    return number.size() == 36 || digits.empty() ? to_lower(number) : digits;
}

class Import {
public:
    explicit Import(const ImportRequest& request)
        : request_(request), fs_(request.fs), root_(request.application), staging_(path::join(root_, import_staging)) {}

    Result<ImportResult> run() {
        DOSSIER_TRY(const ImportSource source, find_sequences(request_.from, request_.folder, request_.name));
        for (const std::string& path : source.left_out) result_.notes.push_back(fill("{} is no part of a sequence and was left out", path));
        DOSSIER_CHECK(refuse_folder_of_a_sequence());
        const bool made = !exists(fs_, root_);
        DOSSIER_CHECK(fs_.create_folders(root_));
        DOSSIER_TRY(const auto lock, fs_.lock(root_, 0)); // not while it is built
        DOSSIER_TRY(const auto interrupted, finish_import(fs_, root_, request_.catalogue));
        if (interrupted) result_.notes.push_back("an import that was interrupted was finished first");
        DOSSIER_CHECK(fs_.remove_tree(staging_));
        auto done = take(source);
        (void)fs_.remove_tree(staging_).has_value();
        if (!done) {
            if (made) (void)fs_.remove(root_).has_value();
            return std::move(done).error();
        }
        return std::move(result_);
    }

private:
    Result<void> take(const ImportSource& source) {
        for (const FoundSequence& found : source.sequences) DOSSIER_CHECK(stage(found));
        DOSSIER_CHECK(check_identity());
        DOSSIER_CHECK(check_leaves());
        return put_in_place();
    }

    // A sequence never lies inside another one.
    Result<void> refuse_folder_of_a_sequence() const {
        for (std::string at = path::normalise(root_); !at.empty() && at != "/"; at = path::parent(at))
            if (exists(fs_, path::join(at, "index.xml")))
                return Error(ErrorKind::conflict, "this folder is, or lies in, a sequence", {at},
                             "name the application folder, which holds the sequences");
        return {};
    }

    // ---- copying ----
    Result<std::vector<TreeEntry>> stock_of(FileSystem& fs, const std::string& folder) const {
        DOSSIER_TRY(std::vector<TreeEntry> tree, list_tree(fs, folder));
        for (const TreeEntry& entry : tree) {
            const std::string where = path::join(folder, entry.path);
            if (!path::is_inside(entry.path)) return Error(ErrorKind::invalid, "this name cannot be a file of a sequence", {where});
            if (entry.kind != FileKind::file && entry.kind != FileKind::folder)
                return Error(ErrorKind::invalid, "this is a link or a device, not a file", {where},
                             "put the file itself there: a sequence holds files and folders only");
        }
        return tree;
    }

    Result<void> stage(const FoundSequence& found) {
        DOSSIER_TRY(const auto tree, stock_of(request_.from, found.folder));
        const std::string there = path::join(root_, found.number.text());
        ImportedSequence item{found.number, exists(fs_, there), 0, 0};
        const std::string target = path::join(staging_, found.number.text());
        if (item.was_there)
            DOSSIER_CHECK(compare(found, tree, there));
        else
            DOSSIER_CHECK(fs_.create_folders(target));
        for (const TreeEntry& entry : tree) {
            if (entry.kind == FileKind::folder) {
                if (!item.was_there) DOSSIER_CHECK(fs_.create_folders(path::join(target, entry.path)));
                continue;
            }
            ++item.files;
            item.bytes += entry.size;
            if (item.was_there) continue;
            DOSSIER_TRY(const FileDigests digests, copy_file(request_.from, path::join(found.folder, entry.path), fs_,
                                                             path::join(target, entry.path), Hasher::What::md5));
            md5_[path::join(found.number.text(), entry.path)] = digests.md5;
            if (request_.progress && ++copied_ % 50 == 0) request_.progress(fill("{} files copied", copied_));
        }
        result_.sequences.push_back(item);
        return {};
    }

    // The same files with the same bytes, or a conflict that names the first difference.
    Result<void> compare(const FoundSequence& found, const std::vector<TreeEntry>& tree, const std::string& there) {
        DOSSIER_TRY(const auto known, stock_of(fs_, there));
        const auto conflict = [&](const std::string& what) {
            return Error(ErrorKind::conflict, fill("sequence {} is here already, and {}", found.number.text(), what), {there},
                         "one number is one sequence: find out which one was sent; nothing was imported");
        };
        std::map<std::string, const TreeEntry*> mine;
        for (const TreeEntry& entry : known)
            if (entry.kind == FileKind::file) mine[entry.path] = &entry;
        for (const TreeEntry& entry : tree) {
            if (entry.kind != FileKind::file) continue;
            const auto other = mine.find(entry.path);
            if (other == mine.end()) return conflict(entry.path + " is not in it");
            if (other->second->size != entry.size) return conflict(entry.path + " has other bytes");
            mine.erase(other);
            const std::string path = path::join(found.folder, entry.path);
            DOSSIER_TRY(const FileDigests theirs, digests_of_file(request_.from, path));
            DOSSIER_TRY(const FileDigests ours, digests_of_file(fs_, path::join(there, entry.path)));
            if (theirs.sha256 != ours.sha256) return conflict(entry.path + " has other bytes");
            md5_[path::join(found.number.text(), entry.path)] = ours.md5;
        }
        if (!mine.empty()) return conflict(mine.begin()->first + " is in it and not in what is imported");
        return {};
    }

    // ---- checking ----
    std::string root_of(const ImportedSequence& item) const { return item.was_there ? root_ : staging_; }

    // All are of one application, and of the one that is there.
    Result<void> check_identity() {
        DOSSIER_TRY(std::string number, number_of_application(fs_, root_));
        std::string whose = path::join(root_, "application.yaml");
        if (number.empty()) {
            DOSSIER_TRY(const auto entries, fs_.list(root_));
            for (const FolderEntry& entry : entries) {
                const auto known = SequenceNumber::parse(entry.name);
                if (!known || !number.empty()) continue;
                number = read_sequence(fs_, root_, *known, request_.catalogue).envelope.application_number;
                whose = path::join(root_, entry.name);
            }
        }
        for (const ImportedSequence& item : result_.sequences) {
            read_.push_back(read_sequence(fs_, root_of(item), item.number, request_.catalogue));
            const std::string& theirs = read_.back().envelope.application_number;
            if (theirs.empty()) continue;
            if (number.empty()) {
                number = theirs;
                whose = "sequence " + item.number.text();
            }
            if (comparable(theirs) != comparable(number))
                return Error(ErrorKind::conflict,
                             fill("sequence {} belongs to application {}, and {} to {}", item.number.text(), theirs, whose, number),
                             {request_.name}, "import each application into a folder of its own; nothing was imported");
        }
        return {};
    }

    void find(const std::string& rule, const std::string& path, const std::string& location, std::string message, std::string remedy) {
        result_.findings.push_back({rule, "", "error", path, location, std::move(message), std::move(remedy)});
    }

    Result<void> check_leaves() {
        for (const Sequence& sequence : read_) {
            for (const Error& problem : sequence.problems)
                find("dossier:import-unreadable", below(sequence, problem.where.path), "", problem.message,
                     "get the file from another copy, or ask who sent the sequence");
            const std::string number = four_digits(sequence.envelope.sequence_number);
            if (!number.empty() && number != sequence.folder)
                find("dossier:import-number", path::join(sequence.folder, sequence.regional.file), "",
                     fill("the envelope says sequence {}, the folder {}", number, sequence.folder), "find out which number was sent");
            DOSSIER_CHECK(check_index(sequence));
            for (const Leaf& leaf : sequence.leaves) DOSSIER_CHECK(check_leaf(leaf));
        }
        return {};
    }

    // A path of the disk as one below the application folder.
    std::string below(const Sequence& sequence, const std::string& path) const {
        const std::size_t at = path.find("/" + sequence.folder + "/");
        return at == std::string::npos ? path : path.substr(at + 1);
    }

    Result<void> check_leaf(const Leaf& leaf) {
        if (leaf.path.empty() || leaf.operation == "delete") return {};
        DOSSIER_CHECK(hash_earlier(leaf.path));
        const auto found = md5_.find(leaf.path);
        if (found == md5_.end()) {
            find("dossier:import-file-missing", leaf.path, leaf.at.text(), fill("\"{}\": the file is not there", leaf.title),
                 "ask who sent the sequence for the file");
            return {};
        }
        if (to_lower(leaf.checksum_type()) != "md5" || leaf.checksum().empty()) return {};
        ++result_.checksums;
        if (to_lower(trim(leaf.checksum())) != found->second.hex())
            find("dossier:import-checksum", leaf.path, leaf.at.text(),
                 fill("\"{}\": the backbone says MD5 {}, the file has {}", leaf.title, leaf.checksum(), found->second.hex()),
                 "the file is not the one that was sent: get it from another copy");
        return {};
    }

    // A file of a sequence that was here before, which leaves may use again.
    Result<void> hash_earlier(const std::string& file) {
        const std::string path = path::join(root_, file);
        if (md5_.count(file) || !exists(fs_, path) || is_folder(fs_, path)) return {};
        DOSSIER_TRY(const FileDigests digests, digests_of_file(fs_, path, Hasher::What::md5));
        md5_[file] = digests.md5;
        return {};
    }

    Result<void> check_index(const Sequence& sequence) {
        const std::string index = path::join(sequence.folder, "index.xml"), sum = path::join(sequence.folder, "index-md5.txt");
        const auto item = std::find_if(result_.sequences.begin(), result_.sequences.end(),
                                       [&](const ImportedSequence& one) { return one.number == sequence.number; });
        const auto bytes = read_file(fs_, path::join(root_of(*item), sum), 4096);
        if (!bytes) {
            find("dossier:import-file-missing", sum, "", "the file is not there, so that index.xml cannot be compared with it",
                 "ask who sent the sequence for the file");
            return {};
        }
        const auto md5 = md5_.find(index);
        ++result_.checksums;
        if (md5 != md5_.end() && to_lower(trim(*bytes)).substr(0, 32) != md5->second.hex())
            find("dossier:import-checksum", index, "", fill("index-md5.txt says {}, index.xml has {}", trim(*bytes), md5->second.hex()),
                 "index.xml is not the one that was sent: get it from another copy");
        return {};
    }

    // ---- keeping ----
    // All get their names, or none does: interrupted in between, the next one finishes it.
    Result<void> put_in_place() {
        ImportJournal journal{request_.today, {}, {}};
        for (const ImportedSequence& item : result_.sequences) {
            journal.mark.push_back(item.number);
            if (!item.was_there) journal.place.push_back(item.number);
        }
        const auto decided = decide_import(fs_, root_, journal);
        auto finished = decided ? finish_import(fs_, root_, request_.catalogue) : decided.error();
        if (finished && !*finished)
            finished = Error(ErrorKind::io, "the sequences that were copied cannot be found again", {path::join(root_, import_ready)});
        if (!finished) {
            take_back_import(fs_, root_);
            return std::move(finished).error();
        }
        result_.application_file = std::move((*finished)->mark.file);
        for (std::string& note : (*finished)->mark.notes) result_.notes.push_back(std::move(note));
        return {};
    }

    const ImportRequest& request_;
    FileSystem& fs_;
    std::string root_, staging_;
    std::map<std::string, Md5> md5_; // by path below the application folder
    std::vector<Sequence> read_;
    std::size_t copied_ = 0;
    ImportResult result_;
};

} // namespace

Result<ImportResult> import_sequences(const ImportRequest& request) { return Import(request).run(); }

} // namespace dossier::ectd
