#include "ectd/statements.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/application_file.hpp"

namespace dossier::ectd {

namespace {

constexpr std::uint64_t largest_file = 16u << 20; // bytes; they are a few kB

bool leads_to(const Leaf& leaf, SequenceNumber other) {
    const auto target = resolve_target(leaf.modified_file, leaf.at.sequence, leaf.at.file);
    return (target && target->sequence == other) || starts_with(leaf.path, other.text() + "/");
}

} // namespace

Statements read_statements(FileSystem& fs, const std::string& path) {
    Statements stated;
    stated.file = path::file_name(path);
    if (!exists(fs, path)) return stated;
    const auto bytes = read_file(fs, path, largest_file);
    const auto file = bytes ? parse_application_file(*bytes, path::file_name(path)) : Result<ApplicationFile>(bytes.error());
    if (!file) {
        const Error& first = file.error().details.empty() ? file.error() : file.error().details.front();
        stated.problem = first.where.line > 0 ? fill("line {}: {}", first.where.line, first.message) : first.message;
        return stated;
    }
    stated.number = file->number;
    stated.center = {file->center, file->application_place.line};
    for (const auto& [number, entry] : file->sequences) {
        if (!entry.center.empty()) stated.centers[number] = {entry.center, entry.place.line};
        if (!entry.never_used.empty()) stated.never_used[number] = {entry.never_used, entry.place.line};
    }
    return stated;
}

std::string other_application(const Statements& stated, const Application& application) {
    const auto is_stated = [wanted = to_lower(stated.number)](const std::string& value) { return to_lower(value) == wanted; };
    const auto holds_it = [&](const EnvelopeField& field) { // the application that one refers to is another one
        return is_stated(field.value) && field.name.find("cross-reference") == std::string::npos;
    };
    const auto names_it = [&](const EnvelopePart& part) {
        return is_stated(part.name) || std::any_of(part.fields.begin(), part.fields.end(), holds_it);
    };
    for (const Sequence& sequence : application.sequences) {
        const Envelope& envelope = sequence.envelope;
        if (stated.number.empty() || envelope.application_number.empty() || is_stated(envelope.application_number)) continue;
        if (std::none_of(envelope.parts.begin(), envelope.parts.end(), names_it))
            return fill("it is of application {}, and sequence {} of {}", stated.number, sequence.folder, envelope.application_number);
    }
    return "";
}

Result<std::string> center_code(const templates::EctdCatalogue& catalogue, const std::string& region, const std::string& word) {
    const std::string list = region + "-center";
    if (const templates::Code* code = catalogue.code(list, word)) return code->code;
    const std::vector<std::string> words = catalogue.words(list);
    if (words.empty())
        return Error(ErrorKind::invalid, fill("the agency of the region {} has no centres to choose from", region), {}, "leave it out");
    return Error(ErrorKind::invalid, fill("{} is no centre that takes applications", word), {}, fill("write {}", join(words, " or ")));
}

std::string reference_to(const Sequence& sequence, SequenceNumber other) {
    if (sequence.number == other) return "";
    for (const Leaf& leaf : sequence.leaves)
        if (leads_to(leaf, other)) return fill("leaf {} ({}, line {})", leaf.at.id, leaf.at.file, leaf.line);
    for (const Stf& stf : sequence.stfs)
        for (const StfContent& content : stf.contents)
            if (!content.leaf.id.empty() && content.leaf.sequence == other) return fill("{}, line {}", stf.path, content.line);
    const Envelope& envelope = sequence.envelope;
    const auto is_other = [&](const std::string& text) { return four_digits(text) == other.text(); };
    if (is_other(envelope.submission_id) || std::any_of(envelope.related_sequences.begin(), envelope.related_sequences.end(), is_other))
        return fill("the envelope ({})", sequence.regional.file);
    return "";
}

std::map<SequenceNumber, Statement> numbers_never_used(const Statements& stated, const Application& application) {
    std::map<SequenceNumber, Statement> numbers = stated.never_used;
    std::erase_if(numbers, [&](const auto& item) {
        return application.find(item.first) != nullptr ||
               std::any_of(application.sequences.begin(), application.sequences.end(),
                           [&](const Sequence& sequence) { return !reference_to(sequence, item.first).empty(); });
    });
    return numbers;
}

} // namespace dossier::ectd
