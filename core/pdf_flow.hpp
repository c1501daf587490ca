// The running place on the pages while content is laid out (core/pdf_layout.cpp): where the next line stands, when a page is full.
#pragma once

#include "core/pdf_layout.hpp"

#include <string>

namespace dossier {

class PdfFlow {
public:
    static constexpr double margin_left = 72, margin_right = 60, margin_top = 76, margin_bottom = 64; // points
    static constexpr double line_factor = 1.38;                                                       // line distance over type size

    PdfFlow(PdfPaper paper, const PdfMeasure& measure) : paper_(paper), measure_(measure) { new_page(); }

    PdfLayoutPage& page() { return layout.pages.back(); }
    const PdfMeasure& measure() const { return measure_; }
    double width() const { return paper_.width - margin_left - margin_right; }
    double room() const { return y - margin_bottom; }
    bool page_is_empty() { return page().texts.empty() && page().rules.empty(); }
    void new_page() {
        layout.pages.emplace_back();
        y = paper_.height - margin_top;
    }
    void start_page() { // unless this one is still empty
        if (!page_is_empty()) new_page();
    }
    void gap(double points) { // none at the top of a page
        if (!page_is_empty()) y -= points;
    }
    void keep_together(double points) { // a new page where there is less room than that
        if (room() < points) start_page();
    }
    double next_line(double size) { // moves down by one line and gives its base line; on a new page where this one is full
        if (room() < size * line_factor) new_page();
        y -= size * line_factor;
        return y + size * (line_factor - 1) * 0.75;
    }
    void text(double x, double base_line, double size, PdfFace face, std::string words, bool is_link = false) {
        page().texts.push_back({x, base_line, size, face, is_link, std::move(words)});
    }

    PdfLayout layout;
    double y = 0; // everything above is taken

private:
    PdfPaper paper_;
    const PdfMeasure& measure_;
};

void place_table(PdfFlow& flow, const PdfTable& table);

} // namespace dossier
