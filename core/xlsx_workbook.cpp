// Which parts a workbook has (ISO 29500-2 relationships) and what they are for.
#include <algorithm>
#include <map>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/xlsx_parts.hpp"

namespace dossier::xlsx {

namespace {

constexpr std::uint64_t most_small_part = 64u << 20;

struct Relationship {
    std::string id, type, target; // type: the last part of its URI; target: name in the archive
};

class RelationshipsHandler final : public XmlHandler {
public:
    explicit RelationshipsHandler(std::string folder) : folder_(std::move(folder)) {}
    std::vector<Relationship> list;
    Result<void> start(const XmlStart& element) override {
        if (local_name(element.name) != "Relationship" || attribute_of(element, "TargetMode") == "External") return {};
        const std::string target = attribute_of(element, "Target");
        const std::string whole = starts_with(target, "/") ? target.substr(1) : path::join(folder_, target);
        list.push_back({attribute_of(element, "Id"), path::file_name(attribute_of(element, "Type")), path::normalise(whole)});
        return {};
    }
    Result<void> end(const std::string&, std::int64_t) override { return {}; }

private:
    std::string folder_;
};

class WorkbookHandler final : public XmlHandler {
public:
    struct Sheet {
        std::string name, relationship;
        bool is_hidden;
    };
    std::vector<Sheet> sheets;
    bool epoch_1904 = false;
    Result<void> start(const XmlStart& element) override {
        const std::string name = local_name(element.name);
        if (name == "workbookPr") {
            const std::string epoch = attribute_of(element, "date1904");
            epoch_1904 = epoch == "1" || epoch == "true";
        } else if (name == "sheet") {
            const std::string state = attribute_of(element, "state");
            sheets.push_back({attribute_of(element, "name"), attribute_of(element, "id", true), !state.empty() && state != "visible"});
        }
        return {};
    }
    Result<void> end(const std::string&, std::int64_t) override { return {}; }
};

} // namespace

class WorkbookOpener {
public:
    WorkbookOpener(const std::string& path, const TableLimits& limits) {
        book_.path_ = path;
        book_.limits_ = limits;
    }
    Result<Workbook> open(std::string_view bytes) {
        ZipLimits limits;
        limits.total_bytes = 4 * book_.limits_.bytes;
        limits.entries = 20'000;
        limits.ratio = 2'000; // sheets repeat themselves; the sum above and the limit of each part hold
        auto zip = open_zip_bytes(std::string(bytes), book_.path_, limits);
        if (!zip) {
            Error error = std::move(zip).error();
            error.remedy = "open it in a spreadsheet program and save it again as XLSX";
            return error;
        }
        book_.zip_ = std::move(*zip);
        for (const ZipEntry& entry : book_.zip_->entries()) names_[to_lower(entry.name)] = entry.name;
        DOSSIER_CHECK(check_kind());
        DOSSIER_CHECK(read_workbook());
        return std::move(book_);
    }

private:
    Error not_a_workbook() const {
        return Error(ErrorKind::invalid, "this is no XLSX workbook", {book_.path_}, "save the table as XLSX or CSV");
    }
    // The archive's own name of a part (names count without regard to case), or empty.
    std::string find(const std::string& part) const {
        const auto found = names_.find(to_lower(part));
        return found == names_.end() ? "" : found->second;
    }
    Result<void> check_kind() const {
        if (!find("xl/workbook.bin").empty())
            return Error(ErrorKind::unsupported, "this is a binary workbook (.xlsb)", {book_.path_}, "save it as XLSX or CSV");
        if (find("mimetype").empty()) return {};
        const auto type = book_.zip_->read("mimetype", 200);
        if (type && type->find("opendocument") != std::string::npos)
            return Error(ErrorKind::unsupported, "this is an OpenDocument file", {book_.path_}, "save it as XLSX or CSV");
        return {};
    }
    Result<std::vector<Relationship>> relationships(const std::string& part) const {
        const std::string folder = path::parent(part);
        const std::string name = find(path::join(path::join(folder, "_rels"), path::file_name(part) + ".rels"));
        RelationshipsHandler handler(folder);
        if (!name.empty()) DOSSIER_CHECK(read_part(*book_.zip_, name, book_.path_, handler, most_small_part));
        return std::move(handler.list);
    }
    static const Relationship* of_type(const std::vector<Relationship>& list, const std::string& type) {
        for (const Relationship& item : list)
            if (item.type == type) return &item;
        return nullptr;
    }

    Result<void> read_workbook() {
        DOSSIER_TRY(const auto package, relationships(""));
        const Relationship* main = of_type(package, "officeDocument");
        const std::string part = find(main ? main->target : "xl/workbook.xml");
        if (part.empty()) return not_a_workbook();
        WorkbookHandler handler;
        DOSSIER_CHECK(read_part(*book_.zip_, part, book_.path_, handler, most_small_part));
        book_.epoch_1904_ = handler.epoch_1904;
        DOSSIER_TRY(const auto parts, relationships(part));
        for (const auto& sheet : handler.sheets) {
            const auto found =
                std::find_if(parts.begin(), parts.end(), [&sheet](const Relationship& item) { return item.id == sheet.relationship; });
            if (found == parts.end() || found->type != "worksheet") continue; // charts and dialogs
            const std::string name = find(found->target);
            if (name.empty())
                return Error(ErrorKind::invalid, "the workbook is damaged: this sheet is missing in it",
                             {book_.path_, sheet.name, 0, "", -1}, "open it in a spreadsheet program and save it again");
            book_.sheets_.push_back({sheet.name, name, sheet.is_hidden});
        }
        if (book_.sheets_.empty()) return not_a_workbook();
        if (const Relationship* strings = of_type(parts, "sharedStrings")) book_.strings_part_ = find(strings->target);
        if (const Relationship* styles = of_type(parts, "styles"); styles && !find(styles->target).empty()) {
            DOSSIER_TRY(book_.formats_, read_styles(*book_.zip_, find(styles->target), book_.path_));
        }
        return {};
    }

    Workbook book_;
    std::map<std::string, std::string> names_; // lower case -> as stored
};

Result<Workbook> Workbook::open(std::string_view bytes, const std::string& path, const TableLimits& limits) {
    return WorkbookOpener(path, limits).open(bytes);
}

Result<void> Workbook::read_rows(const SheetInfo& sheet, const UseRow& use, std::vector<Merged>* merged) {
    if (!has_strings_ && !strings_part_.empty()) {
        DOSSIER_TRY(strings_, read_strings(*zip_, strings_part_, path_, limits_));
        has_strings_ = true;
    }
    return read_sheet(*zip_, sheet.part, {path_, sheet.name, limits_, strings_, formats_, epoch_1904_}, use, merged);
}

} // namespace dossier::xlsx
