// From blocks to pages: where each line of text, rule and link stands. Pure arithmetic; what text measures is asked of the caller.
#pragma once

#include "core/pdf_author.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

enum class PdfFace { regular, bold };

// Width of UTF-8 text in points at a size of 1 point.
using PdfMeasure = std::function<double(PdfFace, std::string_view)>;

// Coordinates are PDF's: points from the lower left corner of the page; y of a text is its base line.
struct PdfPlacedText {
    double x = 0, y = 0, size = 0;
    PdfFace face = PdfFace::regular;
    bool is_link = false; // drawn blue
    std::string text;
};
struct PdfPlacedRule {
    double x = 0, y = 0, width = 0, height = 0; // filled; a hair line is a thin one
    double gray = 0;                            // 0 black, 1 white
};
struct PdfPlacedLink {
    double x = 0, y = 0, width = 0, height = 0;
    std::size_t heading = 0; // index in PdfLayout::headings
};
struct PdfPlacedHeading {
    int level = 1;
    std::string text;
    std::size_t page = 0; // from 0
    double top = 0;       // y above the heading
};
struct PdfLayoutPage {
    std::vector<PdfPlacedText> texts;
    std::vector<PdfPlacedRule> rules; // below the texts
    std::vector<PdfPlacedLink> links;
};
struct PdfLayout {
    std::vector<PdfLayoutPage> pages; // at least one
    std::vector<PdfPlacedHeading> headings;
};

// Errors: invalid when a paragraph links to a heading that is not there.
Result<PdfLayout> lay_out(const PdfAuthorSettings& settings, const std::vector<PdfAuthor::Block>& blocks, const PdfMeasure& measure);

// Lines no wider than `width` points; breaks at spaces, inside a word only where the word alone is wider. Never empty.
std::vector<std::string> wrap_text(std::string_view text, PdfFace face, double size, double width, const PdfMeasure& measure);

} // namespace dossier
