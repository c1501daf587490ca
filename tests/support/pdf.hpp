// Small PDFs written here byte by byte, as sources for tests. Other forms (object streams, linearized, encrypted) are made from them with
// the qpdf program.
#pragma once

#include <string>
#include <vector>

namespace test {

struct PdfSample {
    int pages = 1;
    std::string header = "%PDF-1.7";
    std::string title = "A sample"; // PDFDocEncoding; no Info dictionary when empty
    std::string catalog;            // further entries of the catalog, as PDF text
    std::string page;               // further entries of each page
    int links = 0;                  // on each page, to the next page
    std::string media_box = "[0 0 595 842]";
    bool id = true;                   // an /ID in the trailer
    std::vector<std::string> objects; // further objects, numbered from 100
};

std::string make_pdf(const PdfSample& sample = {});
std::string make_pdf_of_pages(int pages);

// Builds a classic body and table from numbered objects (number, text between "obj" and "endobj").
std::string make_pdf_of(const std::string& header, const std::vector<std::pair<int, std::string>>& objects, const std::string& trailer);

// A further revision in the classic style: objects and a table, with /Prev.
std::string append_revision(std::string pdf, const std::vector<std::pair<int, std::string>>& objects, const std::string& trailer);

// qpdf with these options; throws when it fails. Ends the test as skipped where qpdf is not installed.
std::string qpdf_of(const std::string& pdf, const std::vector<std::string>& options);

} // namespace test
