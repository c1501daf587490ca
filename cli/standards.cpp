// standards add | list: official files the user downloaded, checked against the published checksums; an organisation's own lists and
// models.
#include "cli/ectd_session.hpp"
#include "cli/own_standards.hpp"

#include "core/text.hpp"

namespace dossier::cli {

Command make_standards_add() {
    auto from = std::make_shared<std::string>();
    auto own = std::make_shared<OwnStandardOptions>();
    Command command;
    command.name = "standards add";
    command.forms = {"text", "json"};
    command.summary = "Take in official DTDs and stylesheets (folder or ZIP), a list of expected documents, or a reference-model workbook";
    command.example = "dossier standards add TMF_Reference_Model.xlsx --model 4.0-acme";
    command.declare = [from, own](Options& list) {
        list.text("PATH", *from, "Folder or ZIP as downloaded; a list (TSV, CSV, XLSX); a workbook", true);
        own->declare(list);
    };
    command.run = [from, own](Context& context) -> Result<int> {
        DOSSIER_TRY(const bool is_own, is_own_standard(context, *from));
        if (is_own) return add_own_standard(context, *from, *own);
        DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
        DOSSIER_TRY(const auto taken,
                    templates::add_official_files(*context.fs, *from, standards_store(context), catalogue.official_files));
        Rendering rendering;
        rendering.text = [&taken, &context] {
            std::string out = fill("{} official files in {}\n", taken.size(), standards_store(context));
            for (const auto* file : taken)
                out += file->md5.empty() ? fill("  {} {} ({}, known by its name and content: no checksum is published)\n", file->name,
                                                file->version, file->region)
                                         : fill("  {} {} ({}, checksum {})\n", file->name, file->version, file->region, file->confidence);
            return out;
        };
        rendering.json = [&taken] {
            Json list = Json::array();
            for (const auto* file : taken)
                list.push(Json::object({{"name", file->name}, {"version", file->version}, {"region", file->region}, {"md5", file->md5}}));
            return Json::object({{"report_version", 1}, {"added", std::move(list)}});
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

Command make_standards_list() {
    Command command;
    command.name = "standards list";
    command.summary = "Official files this program knows, and which of them are at hand";
    command.run = [](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
        const templates::OfficialFiles official(*context.fs, standards_folders(context), catalogue.official_files);
        auto path_of = [&official](const templates::OfficialFile& file) {
            for (const auto& found : official.all())
                if (found.official == &file) return found.path;
            return std::string();
        };
        Rendering rendering;
        rendering.json = [&] {
            Json list = Json::array();
            for (const auto& file : catalogue.official_files)
                list.push(Json::object({{"name", file.name},
                                        {"version", file.version},
                                        {"region", file.region},
                                        {"md5", file.md5},
                                        {"confidence", file.confidence},
                                        {"note", file.note},
                                        {"path", path_of(file)}}));
            return Json::object({{"report_version", 1}, {"files", std::move(list)}, {"own", own_standards_json(context)}});
        };
        rendering.sheets = [&] {
            Sheet sheet{"official files", {"name", "version", "region", "md5", "confidence", "note", "path"}, {}};
            for (const auto& file : catalogue.official_files)
                sheet.rows.push_back({file.name, file.version, file.region, file.md5, file.confidence, file.note, path_of(file)});
            return std::vector<Sheet>{sheet};
        };
        rendering.text = [&] {
            std::string out = fill("Looked for in {}\n", join(standards_folders(context), ", "));
            for (const auto& file : catalogue.official_files) {
                const std::string path = path_of(file);
                out += fill("  {:<8} {:<28} {:<6} {}\n", std::string_view(path.empty() ? "missing" : "here"), file.name, file.version,
                            file.md5.empty() ? "checksum not known" : file.md5);
            }
            return out + own_standards_text(context);
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
