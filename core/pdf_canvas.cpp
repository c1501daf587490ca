#include "core/pdf_render.hpp"

#include <map>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <podofo/podofo.h>
#pragma GCC diagnostic pop

#include "core/text.hpp"

namespace dossier {

namespace {

// UTF-16 units of UTF-8 text, as PoDoFo counts characters. Bytes that are no UTF-8 count as U+FFFD.
std::vector<unsigned short> utf16_units(std::string_view text) {
    std::vector<unsigned short> units;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
        if (length == 0 || i + length > text.size()) {
            units.push_back(0xFFFD);
            ++i;
            continue;
        }
        unsigned value = length == 1 ? first : first & (0x7Fu >> length);
        for (std::size_t k = 1; k < length; ++k) value = value << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        units.push_back(static_cast<unsigned short>(length == 4 ? 0xFFFD : value));
        if (length == 4) units.push_back(0xFFFD); // two units outside the basic plane
        i += length;
    }
    return units;
}

Error podofo_error(const PoDoFo::PdfError& error) {
    return Error(ErrorKind::internal, fill("the PDF could not be drawn: {}", PoDoFo::PdfError::ErrorMessage(error.GetError())));
}

} // namespace

struct PdfCanvas::State {
    PoDoFo::PdfMemDocument document;
    PoDoFo::PdfFont* fonts[2] = {nullptr, nullptr};
    std::map<unsigned short, double> widths[2];
    PdfPaper paper;
};

PdfCanvas::PdfCanvas(std::unique_ptr<State> state) : state_(std::move(state)) {}
PdfCanvas::~PdfCanvas() = default;
PdfCanvas::PdfCanvas(PdfCanvas&&) noexcept = default;

Result<PdfCanvas> PdfCanvas::make(const PdfAuthorSettings& settings) {
    PoDoFo::PdfError::EnableLogging(false);
    PoDoFo::PdfError::EnableDebug(false);
    auto state = std::make_unique<State>();
    state->paper = settings.paper;
    const std::string paths[2] = {settings.regular_font, settings.bold_font};
    for (int face = 0; face < 2; ++face) {
        const Error no_font(ErrorKind::io, "the font cannot be read", {paths[face], {}, 0, {}, -1}, "name a TrueType file that is there");
        try {
            // The name only has to tell the two faces apart; two-byte codes, so that any script can be written and searched.
            state->fonts[face] =
                state->document.CreateFontSubset(face == 0 ? "Regular" : "Bold", face == 1, false, false,
                                                 PoDoFo::PdfEncodingFactory::GlobalIdentityEncodingInstance(), paths[face].c_str());
        } catch (const PoDoFo::PdfError&) {
            return no_font;
        }
        if (state->fonts[face] == nullptr) return no_font;
    }
    return PdfCanvas(std::move(state));
}

double PdfCanvas::measure(PdfFace face, std::string_view text) {
    const int index = face == PdfFace::bold ? 1 : 0;
    double width = 0;
    for (const unsigned short unit : utf16_units(text)) {
        const auto known = state_->widths[index].find(unit);
        if (known != state_->widths[index].end()) {
            width += known->second;
            continue;
        }
        state_->fonts[index]->SetFontSize(1000);
        const double one = state_->fonts[index]->GetFontMetrics()->UnicodeCharWidth(unit) / 1000;
        state_->widths[index].emplace(unit, one);
        width += one;
    }
    return width;
}

Result<std::string> PdfCanvas::draw(const PdfLayout& layout) {
    try {
        for (const PdfLayoutPage& content : layout.pages) {
            PoDoFo::PdfPainter painter;
            painter.SetPage(state_->document.CreatePage(PoDoFo::PdfRect(0, 0, state_->paper.width, state_->paper.height)));
            for (const PdfPlacedRule& rule : content.rules) {
                painter.SetGray(rule.gray);
                painter.Rectangle(rule.x, rule.y, rule.width, rule.height);
                painter.Fill();
            }
            for (const PdfPlacedText& text : content.texts) {
                if (text.text.empty()) continue;
                PoDoFo::PdfFont* font = state_->fonts[text.face == PdfFace::bold ? 1 : 0];
                font->SetFontSize(static_cast<float>(text.size));
                painter.SetFont(font);
                painter.SetColor(0, 0, text.is_link ? 0.7 : 0);
                painter.DrawText(text.x, text.y, PoDoFo::PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(text.text.c_str())));
            }
            painter.FinishPage();
        }
        PoDoFo::PdfRefCountedBuffer buffer;
        PoDoFo::PdfOutputDevice device(&buffer);
        state_->document.SetPdfVersion(PoDoFo::ePdfVersion_1_7);
        state_->document.Write(&device);
        return std::string(buffer.GetBuffer(), device.GetLength());
    } catch (const PoDoFo::PdfError& error) {
        return podofo_error(error);
    }
}

} // namespace dossier
