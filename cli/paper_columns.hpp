// How the columns of a report's table stand on paper: A4 landscape holds some 12 to 18 columns, a table may have 34. A browser
// prints what is wider cut off at the side and says nothing, so the page holds such a table a second time, in parts, for paper only.
#pragma once

#include "tmf/report.hpp"

#include <vector>

namespace dossier::cli {

struct PaperColumns {
    bool tight = false; // one table, in smaller type
    // Places of columns, for each part; the first ones, which tell the rows apart, stand in each. None: one table holds all.
    std::vector<std::vector<std::size_t>> parts;
};

// A text with a word that would widen its column beyond reason: it is broken wherever the line ends.
bool with_long_word(const std::string& text);

// By the widths of words in the widest font that a page asks for.
PaperColumns paper_columns(const tmf::ReportTable& table);

} // namespace dossier::cli
