#include "ectd/ctis/contents.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd::ctis {

std::string Document::key_of_pair() const { return join({code, to_lower(title), country, site, language}, "|"); }

std::string Document::key() const { return key_of_pair() + "|" + publication; }

std::string Document::shown() const {
    std::string text = code + " " + title;
    for (const std::string& part : {country, site.empty() ? "" : "site " + site, language})
        if (!part.empty()) text += ", " + part;
    return text;
}

std::string Contents::folder_of(const Document& document) const {
    return document.dossier == dossier || document.dossier.empty() ? "" : "../" + document.dossier;
}

namespace {

constexpr const char* format = "ctis-dossier/1";

Json to_json(const Document& item) {
    Json json = Json::object({{"code", item.code},
                              {"title", item.title},
                              {"country", item.country},
                              {"site", item.site},
                              {"language", item.language},
                              {"publication", item.publication},
                              {"version", item.version},
                              {"date", item.date},
                              {"protocol_version", item.protocol_version},
                              {"answers", item.answers},
                              {"reason", item.reason},
                              {"operation", item.operation},
                              {"why", item.why}});
    if (!item.has_file()) return json;
    json.set("dossier", item.dossier);
    json.set("path", item.path);
    json.set("bytes", item.bytes);
    json.set("sha256", item.sha256);
    if (item.origin)
        json.set("origin", Json::object({{"repository", item.origin->repository},
                                         {"study", item.origin->study},
                                         {"document", item.origin->document},
                                         {"version", item.origin->version},
                                         {"label", item.origin->label}}));
    return json;
}

Json to_json(const std::vector<Document>& documents) {
    Json list = Json::array();
    for (const Document& item : documents) list.push(to_json(item));
    return list;
}

Json to_json(const Trial& trial) {
    Json states = Json::array(), conditions = Json::object(), deferrals = Json::array();
    for (const MemberStateEntry& state : trial.member_states)
        states.push(
            Json::object({{"country", state.country}, {"languages", Json::texts(state.languages)}, {"sites", Json::texts(state.sites)}}));
    for (const auto& [name, answer] : trial.conditions) conditions.set(name, answer);
    for (const Deferral& item : trial.deferrals)
        deferrals.push(Json::object({{"document", item.document}, {"until", item.until}, {"reason", item.reason}}));
    return Json::object({{"title", trial.title},
                         {"protocol", Json::object({{"number", trial.protocol_number}, {"version", trial.protocol_version}})},
                         {"member_states", std::move(states)},
                         {"conditions", std::move(conditions)},
                         {"deferrals", std::move(deferrals)}});
}

std::string text_of(const Json& json, const char* key) {
    const Json* value = json.find(key);
    return value ? value->text() : "";
}

bool flag_of(const Json& json, const char* key) {
    const Json* value = json.find(key);
    return value && value->boolean();
}

std::vector<std::string> texts_of(const Json& json, const char* key) {
    std::vector<std::string> list;
    if (const Json* value = json.find(key))
        for (const Json& item : value->items()) list.push_back(item.text());
    return list;
}

Document document_of(const Json& json) {
    Document item;
    item.code = text_of(json, "code");
    item.title = text_of(json, "title");
    item.country = text_of(json, "country");
    item.site = text_of(json, "site");
    item.language = text_of(json, "language");
    item.publication = text_of(json, "publication");
    item.version = text_of(json, "version");
    item.date = text_of(json, "date");
    item.protocol_version = text_of(json, "protocol_version");
    item.answers = text_of(json, "answers");
    item.reason = text_of(json, "reason");
    item.operation = text_of(json, "operation");
    item.why = text_of(json, "why");
    item.dossier = text_of(json, "dossier");
    item.path = text_of(json, "path");
    item.sha256 = text_of(json, "sha256");
    if (const Json* origin = json.find("origin"))
        item.origin = Origin{text_of(*origin, "repository"), text_of(*origin, "study"), text_of(*origin, "document"),
                             text_of(*origin, "version"), text_of(*origin, "label")};
    if (const Json* bytes = json.find("bytes")) item.bytes = static_cast<std::uint64_t>(bytes->integer());
    return item;
}

Trial trial_of(const Json& json) {
    Trial trial;
    trial.title = text_of(json, "title");
    if (const Json* protocol = json.find("protocol")) {
        trial.protocol_number = text_of(*protocol, "number");
        trial.protocol_version = text_of(*protocol, "version");
    }
    if (const Json* states = json.find("member_states"))
        for (const Json& item : states->items())
            trial.member_states.push_back({text_of(item, "country"), texts_of(item, "languages"), texts_of(item, "sites"), {}});
    if (const Json* conditions = json.find("conditions"))
        for (const auto& [name, answer] : conditions->members()) trial.conditions[name] = answer.boolean();
    if (const Json* deferrals = json.find("deferrals"))
        for (const Json& item : deferrals->items())
            trial.deferrals.push_back({text_of(item, "document"), text_of(item, "until"), text_of(item, "reason"), {}});
    return trial;
}

// A path that leads out of the dossier is nothing that a manifest of ours holds.
bool is_sound(const Document& item) {
    if (item.code.empty() || item.title.empty()) return false;
    return !item.has_file() || (path::is_inside(item.path) && item.dossier.size() == 4 && path::is_inside(item.dossier));
}

} // namespace

Json to_json(const Contents& contents, const std::string& tool) {
    Json complete = Json::object({{"part_1", contents.part_one}, {"part_2", contents.part_two}, {"modification", contents.modification}});
    return Json::object(
        {{"format", format},
         {"report_version", 1},
         {"tool", tool},
         {"application", contents.application},
         {"sponsor", contents.sponsor},
         {"dossier", contents.dossier},
         {"submission",
          Json::object({{"type", contents.submission_type}, {"description", contents.description}, {"answers", contents.answers}})},
         {"must_be_complete", std::move(complete)},
         {"trial", to_json(contents.trial)},
         {"documents", to_json(contents.documents)},
         {"withdrawn", to_json(contents.withdrawn)}});
}

Result<Contents> parse_manifest(std::string_view bytes, const std::string& path) {
    DOSSIER_TRY(const Json json, parse_json(bytes, path));
    if (text_of(json, "format") != format)
        return Error(ErrorKind::invalid, fill("it is no manifest of a dossier (format {})", std::string_view(format)), {path});
    Contents contents;
    contents.application = text_of(json, "application");
    contents.sponsor = text_of(json, "sponsor");
    contents.dossier = text_of(json, "dossier");
    if (const Json* submission = json.find("submission")) {
        contents.submission_type = text_of(*submission, "type");
        contents.description = text_of(*submission, "description");
        contents.answers = text_of(*submission, "answers");
    }
    if (const Json* complete = json.find("must_be_complete")) {
        contents.part_one = flag_of(*complete, "part_1");
        contents.part_two = flag_of(*complete, "part_2");
        contents.modification = flag_of(*complete, "modification");
    }
    if (const Json* trial = json.find("trial")) contents.trial = trial_of(*trial);
    for (const auto& [key, into] : {std::pair{"documents", &contents.documents}, std::pair{"withdrawn", &contents.withdrawn}})
        if (const Json* list = json.find(key))
            for (const Json& item : list->items()) {
                into->push_back(document_of(item));
                if (!is_sound(into->back()))
                    return Error(ErrorKind::invalid,
                                 fill("entry {} of {} names no document of a dossier", into->size(), std::string_view(key)), {path},
                                 "build the dossier again");
            }
    return contents;
}

} // namespace dossier::ectd::ctis
