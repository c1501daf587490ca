#include "ectd/application.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <thread>

#include "core/link_free.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"
#include "ectd/envelope_reader.hpp"
#include "ectd/import_journal.hpp"
#include "ectd/stf_reader.hpp"

namespace dossier::ectd {

const Sequence* Application::find(SequenceNumber number) const {
    for (const Sequence& sequence : sequences)
        if (sequence.number == number) return &sequence;
    return nullptr;
}

const Leaf* Application::find(const LeafId& id) const {
    if (const Sequence* sequence = find(id.sequence))
        for (const Leaf& leaf : sequence->leaves)
            if (leaf.at == id) return &leaf;
    return nullptr;
}

void Leaf::set_href(const std::string& written, std::string resolved) {
    path = std::move(resolved);
    if (ends_with(path, written))
        href_at = path.size() - written.size();
    else
        other_href = std::make_shared<const std::string>(written);
}

std::string Leaf::checksum() const {
    if (md5) return md5->hex();
    return other_checksum ? *other_checksum : std::string();
}

void Leaf::set_checksum(const std::string& written) {
    md5 = Md5::from_hex(written);
    if (md5 && md5->hex() != written) md5.reset();
    other_checksum = md5 || written.empty() ? nullptr : std::make_shared<const std::string>(written);
}

void Leaf::set_checksum_type(const std::string& written) {
    static const auto usual = std::make_shared<const std::string>("md5");
    written_type = written == *usual ? usual : std::make_shared<const std::string>(written);
}

std::vector<std::pair<std::string, std::string>> Stf::category_values() const {
    std::vector<std::pair<std::string, std::string>> values;
    for (const StfValue& category : categories) values.emplace_back(category.name, category.value);
    return values;
}

std::string regional_file_of(std::string_view region) { return fill("m1/{}/{}-regional.xml", region, region); }

bool is_stf_leaf(const Leaf& leaf) {
    const std::string name = path::file_name(leaf.path);
    return leaf.operation != "delete" && starts_with(to_lower(name), "stf-") && path::extension(name) == "xml";
}

std::optional<LeafId> resolve_target(const std::string& reference, SequenceNumber from, const std::string& from_file) {
    const std::size_t hash = reference.rfind('#');
    if (hash == std::string::npos || hash + 1 == reference.size()) return std::nullopt;
    const std::string folder = path::join(from.text(), path::parent(from_file));
    const std::string target = path::normalise(path::join(folder, reference.substr(0, hash)));
    const std::size_t slash = target.find('/');
    if (slash == std::string::npos) return std::nullopt;
    const auto sequence = SequenceNumber::parse(target.substr(0, slash));
    if (!sequence) return std::nullopt;
    return LeafId{*sequence, target.substr(slash + 1), reference.substr(hash + 1)};
}

namespace {

Backbone find_backbone(FileSystem& fs, const std::string& folder, std::string file) {
    Backbone backbone;
    backbone.present = exists(fs, path::join(folder, file));
    backbone.file = std::move(file);
    return backbone;
}

// The regional file that lies there. When none does: the one that its folder asks for; the US name when there is no such folder either.
std::string find_regional(FileSystem& fs, const std::string& folder) {
    constexpr const char* countries[] = {"us", "eu", "ca", "gcc", "za", "au", "ch", "tw", "th", "jp"};
    for (const char* const country : countries)
        if (const std::string file = regional_file_of(country); exists(fs, path::join(folder, file))) return file;
    for (const char* const country : countries)
        if (const std::string file = regional_file_of(country); is_folder(fs, path::join(folder, path::parent(file)))) return file;
    return regional_file_of("us");
}

void read_stfs(FileSystem& fs, const std::string& root, Sequence& sequence) {
    std::uint64_t together = 0;
    for (const Leaf& leaf : sequence.leaves) {
        if (!is_stf_leaf(leaf)) continue;
        if (together > stf_bytes_together) {
            sequence.problems.push_back(too_many_stf_bytes(path::join(root, leaf.path)));
            return;
        }
        auto bytes = read_file(fs, path::join(root, leaf.path));
        if (!bytes) {
            sequence.problems.push_back(bytes.error());
            continue;
        }
        together += bytes->size();
        auto stf = read_stf(*bytes, leaf, path::join(root, leaf.path));
        if (stf)
            sequence.stfs.push_back(std::move(*stf));
        else
            sequence.problems.push_back(stf.error());
    }
}

// Its leaves into the sequence, what else it holds into `backbone`.
void read_backbone(FileSystem& fs, const std::string& folder, Sequence& sequence, Backbone& backbone,
                   const templates::HeadingTree& headings, const templates::TokenAttributes& tokens) {
    if (!backbone.present) return;
    auto contents = read_leaves(fs, path::join(folder, backbone.file), sequence.number, backbone.file, headings, tokens);
    if (!contents) {
        backbone.problem = contents.error();
        sequence.problems.push_back(contents.error());
        return;
    }
    for (const char* const name : {"dtd-version", "schema-version"})
        if (const std::string* version = contents->head.attribute(name)) backbone.version = *version;
    if (sequence.leaves.empty())
        sequence.leaves = std::move(contents->leaves);
    else
        std::move(contents->leaves.begin(), contents->leaves.end(), std::back_inserter(sequence.leaves));
    backbone.head = std::move(contents->head);
    if (const std::string* version = backbone.head.attribute("dtd-version")) backbone.dtd_version = *version;
}

} // namespace

Sequence read_sequence(FileSystem& fs, const std::string& root, SequenceNumber number, const templates::EctdCatalogue& catalogue) {
    Sequence sequence;
    sequence.number = number;
    sequence.folder = number.text();
    const std::string folder = path::join(root, sequence.folder);
    sequence.index = find_backbone(fs, folder, "index.xml");
    sequence.regional = find_backbone(fs, folder, find_regional(fs, folder));
    const std::string region = path::parts(sequence.regional.file)[1];
    read_backbone(fs, folder, sequence, sequence.index, catalogue.ctd, catalogue.token_attributes);
    read_backbone(fs, folder, sequence, sequence.regional, catalogue.module1(region), catalogue.token_attributes);
    if (sequence.regional.is_read()) sequence.envelope = read_envelope(sequence.regional.head, region);
    read_stfs(fs, root, sequence);
    return sequence;
}

namespace {

// Sequences do not depend on each other: two are read at a time.
std::vector<Sequence> read_sequences(FileSystem& fs, const std::string& folder, const std::vector<SequenceNumber>& numbers,
                                     const templates::EctdCatalogue& catalogue) {
    std::vector<Sequence> sequences(numbers.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < numbers.size(); i = next++) sequences[i] = read_sequence(fs, folder, numbers[i], catalogue);
    };
    std::thread second;
    if (numbers.size() > 1) second = std::thread(work);
    work();
    if (second.joinable()) second.join();
    return sequences;
}

} // namespace

Result<Application> read_application(FileSystem& disk, const std::string& folder, const templates::EctdCatalogue& catalogue,
                                     std::optional<SequenceNumber> last) {
    const auto package = without_links(disk, folder);
    FileSystem& fs = *package;
    Application application;
    application.folder = folder;
    application.region = "unknown";
    DOSSIER_TRY(const auto entries, fs.list(folder));
    if (exists(fs, path::join(folder, import_ready)))
        return Error(ErrorKind::conflict, "an import was interrupted, or runs now: not all of its sequences have their names yet", {folder},
                     fill("finish it: dossier ectd import --to {}", folder));
    std::vector<SequenceNumber> numbers;
    for (const FolderEntry& entry : entries) {
        const auto number = SequenceNumber::parse(entry.name);
        if (number && is_folder(fs, path::join(folder, entry.name)) && (!last || *number <= *last)) numbers.push_back(*number);
    }
    application.sequences = read_sequences(fs, folder, numbers, catalogue);
    for (const Sequence& sequence : application.sequences)
        if (sequence.regional.present) application.region = path::parts(sequence.regional.file)[1];
    return application;
}

} // namespace dossier::ectd
