// Writing PDF documents of plain content: headings that become bookmarks, wrapped paragraphs, ruled tables, a linked table of contents,
// page headers and footers. What comes out follows ICH eCTD appendix 7 and the regions' PDF rules: PDF 1.7, embedded fonts, left margin
// of 2.54 cm, links that keep the reader's zoom, the bookmark pane open where there are bookmarks, fast web view, no scripts. The same
// calls give the same bytes: nothing here reads the clock. PoDoFo makes the pages, libqpdf gives them their structure.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace dossier {

struct PdfPaper {
    double width = 0, height = 0; // points, 72 to the inch
};
constexpr PdfPaper paper_a4{595, 842}, paper_letter{612, 792};

struct PdfAuthorSettings {
    std::string title;    // document information, and right in each page's header
    std::string short_id; // left in each page's header: tells a loose page where it belongs
    std::string author;   // document information
    std::string subject;  // document information
    std::string footer;   // left in each page's footer; the right says "Page n of N"
    std::string language = "en";
    UtcTime created; // creation and change date of the document
    PdfPaper paper = paper_a4;
    std::string regular_font, bold_font; // TrueType files; the glyphs that are used are embedded
    // What the document says as a form, for programs: text fields, by name. They have no place of their own on the pages.
    std::vector<std::pair<std::string, std::string>> entries;
};

struct PdfTable {
    std::vector<std::string> header;            // repeated where the table goes on on another page; may be empty
    std::vector<std::vector<std::string>> rows; // a short row is filled up with empty cells
    std::vector<double> weights;                // of the column widths; empty = equal
};

// Collects content; finish() lays it out and gives the file. All text is UTF-8; a character that the font has no glyph for shows as a box.
// Content is as long as it needs to be: pages break by themselves, a heading stays with what follows it.
class PdfAuthor {
public:
    explicit PdfAuthor(PdfAuthorSettings settings) : settings_(std::move(settings)) {}

    // A page of its own: large title, subtitle, then name and value pairs in a ruled table.
    void title_page(std::string subtitle, std::vector<std::pair<std::string, std::string>> facts);
    // The headings of the whole document (levels 1 to 3) with page numbers; each line is a link. Starts and ends on a page of its own.
    void contents(std::string heading = "Contents");
    void heading(int level, std::string text); // level 1 to 4 (ICH: at most four levels of bookmarks)
    void paragraph(std::string text);
    void small_print(std::string text); // 9 points
    void bullets(std::vector<std::string> items);
    void table(PdfTable table);
    void signature_lines(std::vector<std::string> names); // a rule to sign on over each name
    void see(std::string text, std::string heading_text); // a blue line that links to the first heading with that text
    void page_break();

    // Errors: io or invalid when a font cannot be read, invalid when see() names a heading that is not there.
    Result<std::string> finish() const;

    struct Heading {
        int level = 1;
        std::string text;
    };
    struct Paragraph {
        std::string text;
        double size = 11;
        double indent = 0;  // points
        std::string mark;   // hangs left of the first line
        std::string target; // heading text that the paragraph links to
    };
    struct Title {
        std::string subtitle;
    };
    struct Contents {
        std::string heading;
    };
    struct Signatures {
        std::vector<std::string> names;
    };
    struct PageBreak {};
    using Block = std::variant<Heading, Paragraph, PdfTable, Title, Contents, Signatures, PageBreak>;

private:
    PdfAuthorSettings settings_;
    std::vector<Block> blocks_;
};

} // namespace dossier
