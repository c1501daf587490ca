#include "tmf/head_columns.hpp"

#include <algorithm>

#include "tmf/report.hpp"

namespace dossier::tmf {

void add_question(HeadColumns& columns, const CompletenessQuestion& question) {
    columns.emplace_back("as_of", SheetCell::date(question.as_of.text()));
    columns.emplace_back("known_at", question.known_at ? SheetCell::date(question.known_at->text()) : SheetCell());
    columns.emplace_back("audience", std::string(to_text(question.audience)));
    columns.emplace_back("only", filter_text(question));
}

void add_head(Sheet& sheet, const HeadColumns& columns) {
    if (sheet.rows.empty()) sheet.rows.emplace_back(sheet.header.size());
    for (const auto& [key, value] : columns) {
        if (std::find(sheet.header.begin(), sheet.header.end(), key) != sheet.header.end()) continue;
        sheet.header.push_back(key);
        for (auto& row : sheet.rows) row.push_back(value);
    }
}

} // namespace dossier::tmf
