// The two halves of PdfAuthor::finish(): pages drawn by PoDoFo, structure added by libqpdf.
#pragma once

#include "core/pdf_layout.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace dossier {

// One document being drawn. Not thread safe.
class PdfCanvas {
public:
    // Errors: io when a font file cannot be read as TrueType.
    static Result<PdfCanvas> make(const PdfAuthorSettings& settings);
    ~PdfCanvas();
    PdfCanvas(PdfCanvas&&) noexcept;
    double measure(PdfFace face, std::string_view text); // width at 1 point
    Result<std::string> draw(const PdfLayout& layout);   // once; a PDF of bare pages, its dates and /ID not yet settled

private:
    struct State;
    explicit PdfCanvas(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Bookmarks, links, document information, page mode; written for fast web view with an /ID that depends on the content alone.
Result<std::string> add_pdf_structure(const std::string& bare_pages, const PdfLayout& layout, const PdfAuthorSettings& settings);

} // namespace dossier
