#include "cli/tmf_documents.hpp"

#include "cli/unblinding_key.hpp"
#include "core/text.hpp"

namespace dossier::cli {

using tmf::StoredDocument;
using tmf::VersionRecord;

std::string place_of(const tmf::DocumentRecord& document) {
    if (document.country.empty()) return "trial";
    return document.site.empty() ? document.country : document.country + " " + document.site;
}

std::string with_mark(const tmf::OptionalDate& date, bool carried) {
    return !date ? "" : date->text() + (carried ? " (carried over)" : "");
}

std::vector<std::size_t> chosen_versions(const StoredDocument& stored, const VersionChoice& choice) {
    std::vector<std::size_t> order = tmf::order_of(stored.versions);
    if (choice.newest) order.erase(order.begin(), order.end() - 1);
    if (choice.only > 0) std::erase_if(order, [&](std::size_t i) { return stored.versions[i].number != choice.only; });
    return order;
}

std::string state_of(const StoredDocument& stored, std::size_t version, const VersionChoice& choice) {
    const VersionRecord& record = stored.versions[version];
    const auto has_come = [&choice](const tmf::OptionalDate& date) { return date && (!choice.day || *date <= *choice.day); };
    if (has_come(record.rejected)) return "rejected";
    if (has_come(record.withdrawn)) return "withdrawn";
    if (!has_come(record.final)) return "draft";
    if (has_come(to_facts(stored, choice.reviewed.count(stored.document.study) > 0)[version].superseded)) return "superseded";
    return has_come(record.accepted) ? "accepted" : "final";
}

Json document_json(const StoredDocument& stored, const ArtifactOf& artifact_of, const VersionChoice& choice) {
    Json json = to_json(stored.document);
    const auto* artifact = artifact_of(stored.document);
    json.set("artifact", artifact ? artifact->number : "").set("name", artifact ? artifact->name : "");
    Json versions = Json::array();
    for (std::size_t i = 0; i < stored.versions.size(); ++i)
        if (choice.only == 0 || stored.versions[i].number == choice.only)
            versions.push(to_json(stored.versions[i]).set("state", state_of(stored, i, choice)));
    return json.set("versions", std::move(versions));
}

Sheet document_sheet(const std::vector<StoredDocument>& documents, const ArtifactOf& artifact_of, const VersionChoice& choice) {
    Sheet sheet{"Documents",
                {"document",
                 "version",
                 "state",
                 "artifact",
                 "name",
                 "country",
                 "site",
                 "person",
                 "event",
                 "language",
                 "title",
                 "label",
                 "date",
                 "expires",
                 "received",
                 "final",
                 "accepted",
                 "rejected",
                 "withdrawn",
                 "carried_over",
                 "restricted",
                 "pointer",
                 "external",
                 "file",
                 "media_type",
                 "size",
                 "sha256",
                 "filed_at",
                 "filed_by",
                 "copy_certified_by",
                 "copy_certified_on",
                 "copy_statement",
                 "copy_source",
                 "sub_artifact"},
                {}};
    const auto date = [](const tmf::OptionalDate& value) { return value ? SheetCell::date(value->text()) : SheetCell(""); };
    for (const StoredDocument& stored : documents) {
        const auto* artifact = artifact_of(stored.document);
        for (const std::size_t at : chosen_versions(stored, choice)) {
            const VersionRecord& v = stored.versions[at];
            std::vector<std::string> carried;
            if (v.carried.received) carried.emplace_back("received");
            if (v.carried.final) carried.emplace_back("final");
            if (v.carried.accepted) carried.emplace_back("accepted");
            if (v.carried.rejected) carried.emplace_back("rejected");
            if (v.carried.withdrawn) carried.emplace_back("withdrawn");
            sheet.rows.push_back({tmf::document_id(stored.document.number),
                                  std::int64_t{v.number},
                                  state_of(stored, at, choice),
                                  artifact ? artifact->number : "",
                                  artifact ? artifact->name : "",
                                  stored.document.country,
                                  stored.document.site,
                                  v.person,
                                  v.event,
                                  v.language,
                                  v.title,
                                  v.label,
                                  date(v.date),
                                  date(v.expires),
                                  date(v.received),
                                  date(v.final),
                                  date(v.accepted),
                                  date(v.rejected),
                                  date(v.withdrawn),
                                  join(carried, "; "),
                                  stored.document.restricted ? "yes" : "no",
                                  v.pointer,
                                  stored.document.external,
                                  v.file_name,
                                  v.media_type,
                                  static_cast<std::int64_t>(v.size),
                                  v.sha256 ? v.sha256->hex() : "",
                                  v.filed_at,
                                  v.filed_by,
                                  v.copy.certified_by,
                                  date(v.copy.certified_on),
                                  v.copy.statement,
                                  v.copy.source,
                                  stored.document.sub_artifact});
        }
    }
    return sheet;
}

namespace {

// A table, and how many.
std::string documents_text(const std::vector<tmf::StoredDocument>& documents, const ArtifactOf& artifact_of, const VersionChoice& choice) {
    std::vector<std::vector<std::string>> rows;
    for (const tmf::StoredDocument& stored : documents) {
        const auto* artifact = artifact_of(stored.document);
        for (const std::size_t at : chosen_versions(stored, choice)) {
            const tmf::VersionRecord& version = stored.versions[at];
            std::string about = version.person;
            if (!version.event.empty()) about += (about.empty() ? "" : ", ") + version.event;
            if (!stored.document.sub_artifact.empty()) about += (about.empty() ? "" : ", ") + stored.document.sub_artifact;
            rows.push_back({fill("{}@{}", tmf::document_id(stored.document.number), version.number), state_of(stored, at, choice),
                            artifact ? artifact->number : "", place_of(stored.document), version.date ? version.date->text() : "",
                            version.title, about});
        }
    }
    return text_table({"document", "state", "artifact", "place", "date", "title", "about"}, rows) +
           fill("{} documents\n", documents.size());
}

} // namespace

Result<void> note_left_out(Context& context, tmf::Repository& repository, const tmf::DocumentFilter& filter,
                           const std::function<bool(const tmf::DocumentRecord&)>& is_asked) {
    const auto& control = *repository.control();
    if (!control.may_somewhere(tmf::right_to_restricted, filter.study)) return {};
    tmf::DocumentFilter restricted = filter;
    restricted.restricted = true;
    bool is_left_out = false;
    DOSSIER_CHECK(repository.stored_ledger().each_document(restricted, [&](const StoredDocument& stored) {
        const tmf::Scope place{stored.document.study, stored.document.country, stored.document.site};
        is_left_out = is_left_out || (control.may(tmf::right_to_restricted, place) && control.may("document.read", place) &&
                                      !stored.document.sealed.empty() && is_asked(stored.document));
        return Result<void>();
    }));
    if (!is_left_out) return {};
    if (const auto open = repository.sealer()->require_open(); !open) print_note_once(context, closed_key_note(open.error()));
    return {};
}

Result<int> show_documents(Context& context, const std::vector<tmf::StoredDocument>& documents, const ArtifactOf& artifact_of,
                           const VersionChoice& choice) {
    Rendering rendering;
    rendering.text = [&] { return documents_text(documents, artifact_of, choice); };
    rendering.json = [&] {
        Json list = Json::array();
        for (const auto& stored : documents) list.push(document_json(stored, artifact_of, choice));
        return Json::object({{"documents", std::move(list)}});
    };
    rendering.sheets = [&] { return std::vector<Sheet>{document_sheet(documents, artifact_of, choice)}; };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace dossier::cli
