#include "ectd/application.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"
#include "ectd/envelope_reader.hpp"

namespace dossier::ectd {

std::string Leaf::heading_section() const {
    std::size_t tail = 0;
    for (const std::string& name : extensions) tail += extension_step(name).size();
    return section.substr(0, section.size() - std::min(tail, section.size()));
}

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

void read_backbone(FileSystem& fs, const std::string& folder, Backbone& backbone, std::vector<Error>& problems) {
    const std::string file = path::join(folder, backbone.file);
    backbone.present = exists(fs, file);
    if (!backbone.present) return;
    auto bytes = read_file(fs, file);
    if (!bytes) {
        problems.push_back(bytes.error());
        return;
    }
    backbone.bytes = std::move(*bytes);
    auto document = parse_xml(backbone.bytes, file);
    if (document)
        backbone.document = std::move(*document);
    else
        problems.push_back(document.error());
}

// The regional file that lies there: m1/<cc>/<cc>-regional.xml, or m1/ca/ca-regional.xml ... The US name when none does.
std::string find_regional(FileSystem& fs, const std::string& folder) {
    for (const char* const country : {"us", "eu", "ca", "gcc", "za", "au", "ch", "tw", "th", "jp"}) {
        const std::string file = fill("m1/{}/{}-regional.xml", std::string_view(country), std::string_view(country));
        if (exists(fs, path::join(folder, file))) return file;
    }
    return "m1/us/us-regional.xml";
}

void read_stfs(FileSystem& fs, const std::string& root, Sequence& sequence) {
    for (const Leaf& leaf : sequence.leaves) {
        if (!is_stf_leaf(leaf)) continue;
        auto bytes = read_file(fs, path::join(root, leaf.path));
        if (!bytes) {
            sequence.problems.push_back(bytes.error());
            continue;
        }
        auto stf = read_stf(*bytes, leaf, path::join(root, leaf.path));
        if (stf)
            sequence.stfs.push_back(std::move(*stf));
        else
            sequence.problems.push_back(stf.error());
    }
}

} // namespace

Sequence read_sequence(FileSystem& fs, const std::string& root, SequenceNumber number, const templates::EctdCatalogue& catalogue) {
    Sequence sequence;
    sequence.number = number;
    sequence.folder = number.text();
    const std::string folder = path::join(root, sequence.folder);
    sequence.index.file = "index.xml";
    sequence.regional.file = find_regional(fs, folder);
    read_backbone(fs, folder, sequence.index, sequence.problems);
    read_backbone(fs, folder, sequence.regional, sequence.problems);
    if (sequence.index.document) add_leaves(*sequence.index.document, number, "index.xml", catalogue.ctd, sequence.leaves);
    if (sequence.regional.document) {
        const std::string region = path::parts(sequence.regional.file)[1];
        add_leaves(*sequence.regional.document, number, sequence.regional.file, catalogue.module1(region), sequence.leaves);
        sequence.envelope = read_envelope(*sequence.regional.document, region);
    }
    read_stfs(fs, root, sequence);
    return sequence;
}

Result<Application> read_application(FileSystem& fs, const std::string& folder, const templates::EctdCatalogue& catalogue,
                                     std::optional<SequenceNumber> last) {
    Application application;
    application.folder = folder;
    application.region = "unknown";
    DOSSIER_TRY(const auto entries, fs.list(folder));
    for (const FolderEntry& entry : entries) {
        const auto number = SequenceNumber::parse(entry.name);
        if (!number || !is_folder(fs, path::join(folder, entry.name)) || (last && *number > *last)) continue;
        application.sequences.push_back(read_sequence(fs, folder, *number, catalogue));
        const Sequence& read = application.sequences.back();
        if (read.regional.present) application.region = path::parts(read.regional.file)[1];
    }
    return application;
}

} // namespace dossier::ectd
