#include "core/pdf_author.hpp"

#include "core/pdf_layout.hpp"
#include "core/pdf_render.hpp"

namespace dossier {

void PdfAuthor::title_page(std::string subtitle, std::vector<std::pair<std::string, std::string>> facts) {
    blocks_.push_back(Title{std::move(subtitle)});
    PdfTable rows;
    rows.weights = {1, 2};
    for (auto& [name, value] : facts) rows.rows.push_back({std::move(name), std::move(value)});
    blocks_.push_back(std::move(rows));
    page_break();
}

void PdfAuthor::contents(std::string heading) { blocks_.push_back(Contents{std::move(heading)}); }
void PdfAuthor::heading(int level, std::string text) { blocks_.push_back(Heading{level, std::move(text)}); }
void PdfAuthor::paragraph(std::string text) { blocks_.push_back(Paragraph{std::move(text), 11, 0, {}, {}}); }
void PdfAuthor::small_print(std::string text) { blocks_.push_back(Paragraph{std::move(text), 9, 0, {}, {}}); }

void PdfAuthor::bullets(std::vector<std::string> items) {
    for (std::string& item : items) blocks_.push_back(Paragraph{std::move(item), 11, 16, "•", {}});
}

void PdfAuthor::table(PdfTable table) { blocks_.push_back(std::move(table)); }
void PdfAuthor::signature_lines(std::vector<std::string> names) { blocks_.push_back(Signatures{std::move(names)}); }

void PdfAuthor::see(std::string text, std::string heading_text) {
    blocks_.push_back(Paragraph{std::move(text), 11, 0, {}, std::move(heading_text)});
}

void PdfAuthor::page_break() { blocks_.push_back(PageBreak{}); }

Result<std::string> PdfAuthor::finish() const {
    DOSSIER_TRY(PdfCanvas canvas, PdfCanvas::make(settings_));
    const PdfMeasure measure = [&canvas](PdfFace face, std::string_view text) { return canvas.measure(face, text); };
    DOSSIER_TRY(const PdfLayout layout, lay_out(settings_, blocks_, measure));
    DOSSIER_TRY(const std::string pages, canvas.draw(layout));
    return add_pdf_structure(pages, layout, settings_);
}

} // namespace dossier
