#include "core/pdf_appearance.hpp"

#include <algorithm>
#include <memory>

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

#include "core/digest.hpp"
#include "core/text.hpp"
#include "core/truetype.hpp"

namespace dossier {

namespace {

constexpr double font_size = 8, leading = 10, padding = 4;

PoDoFo::PdfString to_podofo(const std::string& utf8) {
    return PoDoFo::PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(utf8.c_str()), static_cast<PoDoFo::pdf_long>(utf8.size()));
}

// The tag of a subset (ISO 32000-1, 9.6.4): six letters that depend on what is in it.
std::string subset_tag(const std::vector<char32_t>& characters) {
    std::string bytes;
    for (const char32_t character : characters) bytes += fill("{} ", static_cast<std::int64_t>(character));
    std::string tag;
    const Sha256 digest = sha256_of(bytes);
    for (std::size_t i = 0; i < 6; ++i) tag += static_cast<char>('A' + digest.bytes[i] % 26);
    return tag + "+";
}

std::vector<std::string> characters_of(const std::string& utf8) {
    std::vector<std::string> characters;
    for (const char byte : utf8) {
        const bool continues = (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
        if (!continues || characters.empty()) characters.emplace_back();
        characters.back() += byte;
    }
    return characters;
}

class Canvas {
public:
    Canvas(const std::string& font, double width) : width_(width) {
        // From memory: PoDoFo 0.9.8's CreateFont(FT_Face) builds a string from a null file name.
        FT_Library library = document_.GetFontLibrary();
        PoDoFo::PdfRefCountedBuffer buffer(font.size());
        std::copy(font.begin(), font.end(), buffer.GetBuffer());
        auto* metrics = new PoDoFo::PdfFontMetricsFreetype(&library, buffer, false); // deleted by the font
        font_.reset(PoDoFo::PdfFontFactory::CreateFontObject(
            metrics, PoDoFo::ePdfFont_Embedded, PoDoFo::PdfEncodingFactory::GlobalIdentityEncodingInstance(), &document_.GetObjects()));
        if (!font_) PODOFO_RAISE_ERROR(PoDoFo::ePdfError_InvalidFontFile);
        font_->SetFontSize(static_cast<float>(font_size));
    }

    std::vector<std::string> wrap(const std::string& paragraph) {
        std::vector<std::string> lines;
        std::string line;
        const auto put = [&](const std::string& word) {
            const std::string longer = line.empty() ? word : line + " " + word;
            if (fits(longer)) {
                line = longer;
                return;
            }
            if (!line.empty()) lines.push_back(line);
            line.clear();
            for (const std::string& piece : pieces(word)) {
                if (!line.empty()) lines.push_back(line);
                line = piece;
            }
        };
        for (const std::string& word : split(paragraph, ' '))
            if (!word.empty()) put(word);
        if (!line.empty()) lines.push_back(line);
        return lines;
    }

    PdfDrawing draw(const std::vector<std::string>& lines) {
        const double height = 2 * padding + leading * static_cast<double>(lines.size());
        PoDoFo::PdfPage* page = document_.CreatePage(PoDoFo::PdfRect(0, 0, width_, height));
        PoDoFo::PdfXObject form(PoDoFo::PdfRect(0, 0, width_, height), &document_);
        PoDoFo::PdfPainter painter;
        painter.SetPage(&form);
        painter.SetGray(0);
        painter.SetStrokingGray(0);
        painter.SetStrokeWidth(0.5);
        painter.Rectangle(0.25, 0.25, width_ - 0.5, height - 0.5);
        painter.Stroke();
        painter.SetFont(font_.get());
        double baseline = height - padding - font_size + 1;
        for (const std::string& line : lines) {
            painter.DrawText(padding, baseline, to_podofo(line));
            baseline -= leading;
        }
        painter.FinishPage();
        painter.SetPage(page);
        painter.DrawXObject(0, 0, &form);
        painter.FinishPage();
        PoDoFo::PdfRefCountedBuffer buffer;
        PoDoFo::PdfOutputDevice device(&buffer);
        document_.Write(&device);
        return {std::string(buffer.GetBuffer(), buffer.GetSize()), width_, height};
    }

private:
    bool fits(const std::string& text) { return font_->GetFontMetrics()->StringWidth(to_podofo(text)) <= width_ - 2 * padding; }

    // A word that is wider than a line, cut between characters.
    std::vector<std::string> pieces(const std::string& word) {
        std::vector<std::string> all(1);
        for (const std::string& character : characters_of(word)) {
            if (!all.back().empty() && !fits(all.back() + character)) all.emplace_back();
            all.back() += character;
        }
        return all;
    }

    PoDoFo::PdfMemDocument document_;
    std::unique_ptr<PoDoFo::PdfFont> font_;
    double width_;
};

Error no_glyph(const std::vector<std::string>& paragraphs, char32_t missing) {
    std::string shown;
    for (const std::string& paragraph : paragraphs)
        for (const std::string& character : characters_of(paragraph))
            if (code_points(character).front() == missing) shown = character;
    return Error(ErrorKind::unsupported,
                 fill("the signature font has no glyph for {} (U+{:04X}), which stands in the name or meaning", shown,
                      static_cast<std::int64_t>(missing)),
                 {}, "name a TrueType font that has it with --font FILE.ttf");
}

} // namespace

Result<PdfDrawing> draw_paragraphs(const std::vector<std::string>& paragraphs, double width, std::string_view font) {
    for (const std::string& paragraph : paragraphs)
        if (!is_valid_utf8(paragraph)) return Error(ErrorKind::invalid, "the text to be drawn is not UTF-8");
    const std::vector<char32_t> characters = code_points(join(paragraphs, " "));
    DOSSIER_TRY(const std::vector<char32_t> missing, missing_characters(font, characters));
    if (!missing.empty()) return no_glyph(paragraphs, missing.front());
    DOSSIER_TRY(const std::string subset, subset_truetype(font, characters, subset_tag(characters)));
    PoDoFo::PdfError::EnableLogging(false);
    PoDoFo::PdfError::EnableDebug(false);
    try {
        Canvas canvas(subset, width);
        std::vector<std::string> lines;
        for (const std::string& paragraph : paragraphs)
            for (std::string& line : canvas.wrap(paragraph)) lines.push_back(std::move(line));
        return canvas.draw(lines);
    } catch (const PoDoFo::PdfError& error) {
        return Error(ErrorKind::internal,
                     fill("the signature could not be drawn: {}", std::string_view(PoDoFo::PdfError::ErrorName(error.GetError()))));
    }
}

} // namespace dossier
