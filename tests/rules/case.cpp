#include "tests/rules/case.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <stdexcept>

#include <unistd.h>

#include "core/link_free.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "ectd/content_facts.hpp"
#include "ectd/ctis/validation.hpp"
#include "ectd/package.hpp"
#include "ectd/rule_editions.hpp"
#include "ectd/unnumbered.hpp"
#include "tests/support/forwarding_file_system.hpp"
#include "tests/support/hostile.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/trial_summary.hpp"

namespace test {

using namespace dossier;

namespace {

std::string rules_folder() { return source_folder() + "/tests/rules"; }

[[noreturn]] void refuse(const Yaml& at, const std::string& why) {
    throw std::runtime_error(fill("{}, line {}: {}", at.path, at.line, why));
}

std::map<std::string, std::string> read_tree(const std::string& folder) {
    auto fs = make_disk_file_system();
    std::map<std::string, std::string> files;
    const auto tree = list_tree(*fs, folder);
    if (!tree) throw std::runtime_error(to_text(tree.error()));
    for (const TreeEntry& entry : *tree)
        if (entry.kind == FileKind::file) files[entry.path] = read_bytes(folder + "/" + entry.path);
    return files;
}

// The text between {{ and }}, or its replacement.
std::string filled_in(const std::string& text, const std::function<std::string(const std::string&)>& value) {
    std::string result;
    std::size_t at = 0;
    for (std::size_t open = text.find("{{"); open != std::string::npos; open = text.find("{{", at)) {
        const std::size_t close = text.find("}}", open);
        if (close == std::string::npos) break;
        result += text.substr(at, open - at) + value(text.substr(open + 2, close - open - 2));
        at = close + 2;
    }
    return result + text.substr(at);
}

// "trial summary STUDY CODE VALUE [STUDY CODE VALUE ...]": a row for each three; a VALUE like none:UNK is empty with this TSVALNF.
std::string summary_of(const std::vector<std::string>& words) {
    std::vector<SummaryRow> rows;
    for (std::size_t i = 2; i + 2 < words.size(); i += 3) {
        const bool is_none = starts_with(words[i + 2], "none:");
        rows.push_back({words[i], words[i + 1], is_none ? "" : words[i + 2], is_none ? words[i + 2].substr(5) : ""});
    }
    return trial_summary(rows);
}

// Fills one file in, after the files whose MD5 it holds.
void fill_file(std::map<std::string, std::string>& files, const std::string& name, std::set<std::string>& done) {
    if (!done.insert(name).second) return;
    std::string& bytes = files.at(name);
    bytes = filled_in(bytes, [&](const std::string& wish) -> std::string {
        const std::vector<std::string> words = split(wish, ' ');
        if (words.size() >= 5 && words[0] == "trial") return summary_of(words);
        if (words.size() == 4 && words[0] == "data") return data_set(words[2], words[3]);
        if (starts_with(wish, "file ")) return read_bytes(rules_folder() + "/pdf/" + wish.substr(5));
        if (starts_with(wish, "hostile ")) return hostile_pdf(wish.substr(8)).bytes;
        if (starts_with(wish, "copy ")) return files.at(wish.substr(5));
        const bool sha256 = starts_with(wish, "sha256 ");
        if (!sha256 && !starts_with(wish, "md5 ")) return "{{" + wish + "}}";
        const std::string file = wish.substr(sha256 ? 7 : 4);
        if (files.count(file) == 0) return std::string(sha256 ? 64 : 32, '0');
        fill_file(files, file, done);
        return sha256 ? sha256_of(files.at(file)).hex() : md5_of(files.at(file)).hex();
    });
}

void edit(RuleCase& item, const Yaml& step) {
    if (step.map.size() != 1)
        refuse(step,
               "an edit is one of replace, add, remove, rename, size, counts_as, folder, link, closed, archive_entry, archive_beside");
    const auto& [verb, what] = step.map.front();
    if (verb == "replace") {
        const auto file = item.files.find(what.text("in"));
        if (file == item.files.end()) refuse(what, "there is no file " + what.text("in"));
        const std::string text = what.text("text");
        const std::size_t at = file->second.find(text);
        if (text.empty() || at == std::string::npos) refuse(what, "the text to replace is not there");
        if (file->second.find(text, at + 1) != std::string::npos) refuse(what, "the text to replace is there more than once");
        file->second.replace(at, text.size(), what.text("with"));
    } else if (verb == "add") {
        item.files[what.text("file")] = what.text("text");
    } else if (verb == "remove") {
        std::size_t removed = item.files.erase(what.scalar);
        for (auto file = item.files.begin(); file != item.files.end();) {
            const bool below = starts_with(file->first, what.scalar + "/");
            removed += below ? 1 : 0;
            file = below ? item.files.erase(file) : std::next(file);
        }
        if (removed == 0) refuse(what, "there is nothing to remove");
    } else if (verb == "rename") {
        auto file = item.files.extract(what.text("from"));
        if (file.empty()) refuse(what, "there is no file " + what.text("from"));
        item.files[what.text("to")] = file.mapped();
    } else if (verb == "size") { // by a hole at its end
        item.sizes[what.text("file")] = std::stoull(what.text("bytes"));
    } else if (verb == "counts_as") {
        item.counted_as[what.text("file")] = std::stoull(what.text("bytes"));
    } else if (verb == "folder") {
        item.folders.insert(what.scalar);
    } else if (verb == "link") {
        item.links.insert(what.scalar);
    } else if (verb == "archive_entry" || verb == "archive_beside") { // the sequence came in a ZIP
        if (!item.archive) item.archive.emplace();
        if (verb == "archive_entry")
            item.archive->faults.push_back({what.text("name"), what.text("problem")});
        else
            item.archive->beside.push_back(what.scalar);
    } else if (verb == "closed") {
        item.closed.insert(what.scalar);
    } else {
        refuse(what, "there is no edit " + verb);
    }
}

void edit_all(RuleCase& item, const Yaml& root, const std::string& key) {
    if (const Yaml* edits = root.find(key))
        for (const Yaml& step : edits->list) edit(item, step);
}

} // namespace

void fill_in(RuleCase& item) {
    std::set<std::string> done;
    for (const auto& [name, bytes] : item.files) fill_file(item.files, name, done);
}

std::vector<std::string> rule_case_files() {
    std::vector<std::string> files;
    const auto tree = list_tree(*make_disk_file_system(), rules_folder());
    if (!tree) throw std::runtime_error(to_text(tree.error()));
    for (const TreeEntry& entry : *tree)
        if (path::extension(entry.path) == "yaml" && !starts_with(entry.path, "base/")) files.push_back(entry.path);
    return files;
}

RuleCase read_rule_case(const std::string& file) {
    const auto root = parse_yaml(read_bytes(rules_folder() + "/" + file), file);
    if (!root) throw std::runtime_error(to_text(root.error()));
    for (const Error& error :
         root->unknown_keys({"why", "base", "validate", "all", "top_folder", "as_of", "rules", "edits", "after", "expect", "not_run"}))
        throw std::runtime_error(to_text(error));
    RuleCase item = base_case(root->find("base") ? root->text("base") : "us");
    item.file = file;
    item.rule = path::parent(file);
    item.fails = starts_with(path::file_name(file), "fail-");
    if (!item.fails && !starts_with(path::file_name(file), "pass-")) refuse(*root, "a case is called pass-... or fail-...");
    if (root->find("validate")) item.sequence = root->text("validate");
    item.all = root->text("all") == "yes";
    if (root->find("top_folder")) item.top_folder = root->text("top_folder");
    if (root->find("as_of")) item.as_of = root->text("as_of");
    item.rules = root->text("rules");
    edit_all(item, *root, "edits");
    fill_in(item);
    edit_all(item, *root, "after");
    if (const Yaml* expect = root->find("expect"))
        for (const Yaml& finding : expect->list) {
            for (const Error& error : finding.unknown_keys({"rule", "path", "location", "severity", "says"}))
                throw std::runtime_error(to_text(error));
            item.expect.push_back(
                {finding.text("rule"), finding.text("path"), finding.text("location"), finding.text("severity"), finding.text("says")});
        }
    if (const Yaml* not_run = root->find("not_run"))
        for (const Yaml& rule : not_run->list) item.not_run.push_back(rule.scalar);
    return item;
}

RuleCase base_case(const std::string& base) {
    RuleCase item;
    item.base = base;
    if (starts_with(base, "eu")) item.sequence = base == "eu-cep" ? "0000" : "0001";
    if (starts_with(base, "ca")) item.top_folder = base == "ca-nds" ? "e123456" : "c123456";
    if (base == "ca-nds") item.sequence = "0000";
    item.files = read_tree(rules_folder() + "/base/" + base);
    return item;
}

templates::EctdCatalogue case_catalogue() {
    auto catalogue = templates::read_ectd_catalogue(templates::Source());
    if (!catalogue) throw std::runtime_error(to_text(catalogue.error()));
    for (templates::OfficialFile& file : catalogue->official_files) {
        const std::string bytes = "stands for " + file.name + "\n";
        file.md5 = md5_of(bytes).hex();
        file.size = bytes.size();
    }
    return std::move(*catalogue);
}

std::string application_folder(const RuleCase& item, const Scratch& scratch) {
    return item.top_folder.empty() ? scratch.path() : scratch / item.top_folder;
}

void write_case(const RuleCase& item, const Scratch& scratch) {
    auto fs = make_disk_file_system();
    const auto place = [&](const std::string& name) { return path::join(item.top_folder, name); };
    for (const auto& [name, bytes] : item.files) scratch.write(place(name), bytes);
    for (const auto& [name, size] : item.sizes) std::filesystem::resize_file(scratch / place(name), size);
    for (const std::string& folder : item.folders)
        if (!fs->create_folders(scratch / place(folder))) throw std::runtime_error("cannot make " + folder);
    for (const std::string& link : item.links) {
        (void)fs->remove(scratch / place(link)).has_value();
        if (symlink("/etc/hostname", (scratch / place(link)).c_str()) != 0) throw std::runtime_error("cannot link " + link);
    }
}

namespace {

ectd::ValidationReport validate_dossier(const RuleCase& item, const Scratch& scratch) {
    const templates::Source source;
    const auto catalogue = templates::read_ctis_catalogue(source);
    const auto forms = templates::read_number_forms(source);
    const auto rules = ectd::read_rule_set(source, ectd::ctis::rule_set_name);
    if (!catalogue || !forms || !rules) throw std::runtime_error("the tables of dossiers cannot be read");
    const ectd::ContentOptions content;
    ectd::ctis::DossierReader reader({*catalogue, *forms, make_disk_file_system(), scratch.path(), *parse_date(item.as_of), 1, &content,
                                      item.archive ? item.archive->faults : std::vector<ZipFault>()});
    const auto facts = reader.read(*ectd::SequenceNumber::parse(item.sequence));
    if (!facts) throw std::runtime_error(to_text(facts.error()));
    return ectd::ctis::run_rules(*rules, **facts);
}

// Those of the other bases are stand-ins that nobody looks into.
bool has_whole_pdfs(const std::string& base) { return starts_with(base, "eu") || starts_with(base, "ca") || starts_with(base, "us"); }

// The disk as somebody sees it who has no right to some of its folders (tests may run as root, who has every right).
class ClosedFolders final : public ForwardingFileSystem {
public:
    ClosedFolders(std::string root, std::set<std::string> closed)
        : ForwardingFileSystem(without_links(*make_disk_file_system(), root)), root_(std::move(root)), closed_(std::move(closed)) {}
    Result<FileInfo> info(const std::string& path) override {
        if (is_closed(path::parent(path))) return refused(path);
        return ForwardingFileSystem::info(path);
    }
    Result<std::vector<FolderEntry>> list(const std::string& folder) override {
        if (is_closed(folder)) return refused(folder);
        return ForwardingFileSystem::list(folder);
    }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) override {
        if (is_closed(path::parent(path))) return refused(path);
        return ForwardingFileSystem::open(path);
    }

private:
    bool is_closed(const std::string& folder) const {
        return std::any_of(closed_.begin(), closed_.end(),
                           [&](const std::string& name) { return starts_with(folder + "/", path::join(root_, name) + "/"); });
    }
    static Error refused(const std::string& path) { return Error(ErrorKind::io, "cannot read: Permission denied", {path}); }

    std::string root_;
    std::set<std::string> closed_;
};

} // namespace

namespace {

ectd::ValidationReport validate_unnumbered(const RuleCase& item, const Scratch& scratch) {
    const templates::Source source;
    const Date day = *parse_date(item.as_of);
    auto fs = make_disk_file_system();
    const std::string folder = path::join(application_folder(item, scratch), item.sequence);
    const auto package = ectd::find_package(*fs, folder, folder);
    if (!package || package->unnumbered != item.sequence) throw std::runtime_error(item.sequence + " was not taken for a sequence");
    const std::string region = ectd::region_of_unnumbered(*fs, folder);
    const auto usual = ectd::rule_set_in_force(source, region, day);
    if (!usual) throw std::runtime_error(to_text(usual.error()));
    const auto rules = ectd::read_rule_set(source, *usual);
    if (!rules) throw std::runtime_error(to_text(rules.error()));
    return ectd::judge_unnumbered(*rules, item.sequence, region, day);
}

} // namespace

ectd::ValidationReport validate_case(const RuleCase& item, const Scratch& scratch) {
    if (item.base == "ctis") return validate_dossier(item, scratch);
    if (!ectd::SequenceNumber::parse(item.sequence)) return validate_unnumbered(item, scratch);
    const templates::Source source;
    const auto catalogue = case_catalogue();
    ClosedFolders fs(application_folder(item, scratch), item.closed);
    const ectd::ContentOptions content;
    const auto number = ectd::SequenceNumber::parse(item.sequence);
    const ectd::FactsRequest request{application_folder(item, scratch),
                                     item.all ? std::nullopt : number,
                                     *parse_date(item.as_of),
                                     1,
                                     has_whole_pdfs(item.base) ? &content : nullptr,
                                     0,
                                     item.archive ? &*item.archive : nullptr};
    const auto facts = ectd::read_facts(fs, source, catalogue, request);
    if (!facts) throw std::runtime_error(to_text(facts.error()));
    for (const auto& [name, size] : item.counted_as) (*facts)->files.at(name).size = size;
    const auto& read = (*facts)->sequences;
    const auto found = std::find_if(read.begin(), read.end(), [&](const auto& one) { return one.sequence->number == number; });
    if (found == read.end()) throw std::runtime_error("sequence " + item.sequence + " was not read");
    const ectd::SequenceFacts& sequence = *found;
    const auto usual = ectd::rule_set_in_force(source, sequence.region, request.as_of);
    if (!usual) throw std::runtime_error(to_text(usual.error()));
    const auto rules = ectd::read_rule_set(source, item.rules.empty() ? *usual : item.rules);
    if (!rules) throw std::runtime_error(to_text(rules.error()));
    return ectd::run_rules(*rules, sequence);
}

std::string without_line(const std::string& location) {
    const std::size_t at = location.find("line ");
    if (at == std::string::npos || (at > 0 && location[at - 1] != ' ')) return location;
    std::size_t end = at + 5;
    while (end < location.size() && location[end] >= '0' && location[end] <= '9') ++end;
    if (end == at + 5) return location;
    if (location.substr(end, 2) == ", ") end += 2;
    return location.substr(0, at) + location.substr(end);
}

std::string folder_of_rule(std::string id) { return replace_all(std::move(id), ":", "-"); }

} // namespace test
