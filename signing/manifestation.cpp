#include "signing/manifestation.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::signing {

namespace {

std::string without_white_space(const std::string& text) {
    std::string kept;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') kept += c;
    return kept;
}

} // namespace

Result<std::string> clean_meaning(const std::string& meaning) {
    if (!is_valid_utf8(meaning)) return Error(ErrorKind::usage, "the meaning is not UTF-8 text");
    std::vector<std::string> words;
    for (std::string& word : split(replace_all(replace_all(replace_all(meaning, "\t", " "), "\r", " "), "\n", " "), ' '))
        if (!word.empty()) words.push_back(std::move(word));
    std::string clean = join(words, " ");
    if (clean.empty())
        return Error(ErrorKind::usage, "a signature needs a meaning", {}, "add --meaning \"Approval\", or review, authorship, ...");
    if (std::any_of(clean.begin(), clean.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
        return Error(ErrorKind::usage, "the meaning holds control characters");
    const auto characters =
        std::count_if(clean.begin(), clean.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    if (characters > 300)
        return Error(ErrorKind::usage,
                     fill("the meaning has {} characters, 300 fit beside a signature", static_cast<std::int64_t>(characters)));
    return clean;
}

std::vector<std::string> manifestation(const std::string& name, UtcTime time, const std::string& meaning) {
    const std::string date = replace_all(replace_all(time.text(), "T", " "), "Z", " UTC");
    return {"Signed by: " + name, "Date: " + date, "Meaning: " + meaning};
}

Agreement compare_manifestation(const std::string& shown, const std::string& name, UtcTime time, const std::string& meaning) {
    const std::string text = without_white_space(shown);
    const bool ours =
        starts_with(text, "Signedby:") && text.find("Date:") != std::string::npos && text.find("Meaning:") != std::string::npos;
    if (!ours) return Agreement::not_ours;
    return text == without_white_space(join(manifestation(name, time, meaning), "")) ? Agreement::agrees : Agreement::differs;
}

} // namespace dossier::signing
