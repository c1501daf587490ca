#include "tmf/certified_copy.hpp"

#include "core/fold.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr const char* by = "copy_certified_by";
constexpr const char* on = "copy_certified_on";
constexpr const char* statement = "copy_statement";
constexpr const char* source = "copy_source";

} // namespace

const std::vector<TableColumn>& copy_columns() {
    static const std::vector<TableColumn> columns = {
        {by, {"certified_by"}, false},
        {on, {"certified_on", "certification_date"}, false},
        {statement, {"certification_statement"}, false},
        {source, {"original_location"}, false},
    };
    return columns;
}

CertifiedCopy read_certified_copy(const TableRow& row, const std::function<OptionalDate(const std::string&)>& read_date,
                                  const std::function<void(const std::string&, std::string, std::string)>& fail) {
    const auto said = [&row](const char* column) { return std::string(seen_text(row.cell(column))); };
    CertifiedCopy copy{said(by), {}, said(statement), said(source)};
    const std::string day = said(on);
    if (copy.certified_by.empty() && day.empty() && copy.statement.empty() && copy.source.empty()) return copy;
    const auto need = [&](const char* column, const std::string& text, const char* what) {
        if (text.empty())
            fail(column, fill("the row speaks of a certified copy and does not say {}", std::string_view(what)),
                 fill("fill {}, or clear all columns copy_...", std::string_view(column)));
    };
    need(by, copy.certified_by, "who certified it");
    need(on, day, "when it was certified");
    need(statement, copy.statement, "what was certified");
    copy.certified_on = read_date(on);
    return copy;
}

void put_certified_copy(const CertifiedCopy& copy, TableRow& row) {
    if (!copy.certified_by.empty()) row.cells[by] = copy.certified_by;
    if (copy.certified_on) row.cells[on] = copy.certified_on->text();
    if (!copy.statement.empty()) row.cells[statement] = copy.statement;
    if (!copy.source.empty()) row.cells[source] = copy.source;
}

} // namespace dossier::tmf
