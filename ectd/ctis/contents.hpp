// What a dossier for the EU clinical trials portal holds: the manifest as values. A dossier brings the files that are new or changed; its
// manifest says the whole state after it, so that the next one can be compared with it.
#pragma once

#include "core/json.hpp"
#include "core/result.hpp"
#include "ectd/content_source.hpp"
#include "ectd/ctis/trial.hpp"
#include "templates/ctis.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd::ctis {

inline constexpr const char* manifest_name = "manifest.json";
inline constexpr const char* index_name = "index.html";
inline constexpr const char* for_publication = "for-publication";
inline constexpr const char* not_for_publication = "not-for-publication";

struct Document {
    std::string code, title, country, site, language; // together with `publication` what a document is known by, from dossier to dossier
    std::string publication;                          // for-publication | not-for-publication
    std::string version, date;                        // date: YYYY-MM-DD
    std::string protocol_version;                     // that the document names; "" = none
    std::string answers, reason;
    std::string path;    // below the dossier's folder; "" = there is no file, and `reason` says why
    std::string dossier; // that holds the file: "0001"
    std::uint64_t bytes = 0;
    std::string sha256;
    std::optional<Origin> origin; // of a file that came from a trial master file
    std::string operation, why;   // new | replace | unchanged, in this dossier; why it is so

    bool has_file() const { return !path.empty(); }
    std::string key() const;         // letter case of the title aside
    std::string key_of_pair() const; // the same without the publication: a document and its redacted twin share it
    std::string shown() const;       // "L1 Information sheet, DEU, de"
};

struct Contents {
    std::string application, sponsor, dossier;
    std::string submission_type, description, answers;
    bool part_one = true, part_two = true, modification = false; // whose documents must be complete after this dossier
    Trial trial;                                                 // countries as alpha-3
    std::vector<Document> documents;                             // the state after this dossier
    std::vector<Document> withdrawn;                             // that the state before had

    std::string folder_of(const Document& document) const; // from this dossier's folder: "" or "../0001"
};

Json to_json(const Contents& contents, const std::string& tool);
// invalid for what is no manifest of a dossier, with what is missing.
Result<Contents> parse_manifest(std::string_view bytes, const std::string& path);

} // namespace dossier::ectd::ctis
