#include "tests/support/pdf.hpp"

#include <cstdio>
#include <map>
#include <stdexcept>

#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

namespace test {

namespace {

std::string number(long long value) { return std::to_string(value); }

std::string table_of(const std::map<int, std::size_t>& offsets, bool with_zero) {
    std::string table = "xref\n";
    if (with_zero) table += "0 1\n0000000000 65535 f \n";
    for (const auto& [id, offset] : offsets) {
        char line[32];
        std::snprintf(line, sizeof line, "%010zu 00000 n \n", offset);
        table += number(id) + " 1\n" + line;
    }
    return table;
}

std::string close_revision(std::string pdf, const std::vector<std::pair<int, std::string>>& objects, const std::string& trailer,
                           bool first) {
    std::map<int, std::size_t> offsets;
    for (const auto& [id, text] : objects) {
        offsets[id] = pdf.size();
        pdf += number(id) + " 0 obj\n" + text + "\nendobj\n";
    }
    const std::size_t at = pdf.size();
    return pdf + table_of(offsets, first) + "trailer\n<< " + trailer + " >>\nstartxref\n" + number(static_cast<long long>(at)) +
           "\n%%EOF\n";
}

} // namespace

std::string make_pdf_of(const std::string& header, const std::vector<std::pair<int, std::string>>& objects, const std::string& trailer) {
    return close_revision(header + "\n%\xE2\xE3\xCF\xD3\n", objects, trailer, true);
}

std::string append_revision(std::string pdf, const std::vector<std::pair<int, std::string>>& objects, const std::string& trailer) {
    const std::size_t pointer = pdf.rfind("startxref\n") + 10;
    const std::string previous = pdf.substr(pointer, pdf.find('\n', pointer) - pointer);
    return close_revision(std::move(pdf), objects, trailer + " /Prev " + previous, false);
}

std::string make_pdf(const PdfSample& sample) {
    // 1 catalog, 2 pages, 3 font, 4 info; page n is object 1000+n, its content 100000+n, its links 200000+100*n+k.
    std::vector<std::pair<int, std::string>> objects;
    std::string kids;
    int last = 4;
    for (int page = 0; page < sample.pages; ++page) kids += number(1000 + page) + " 0 R ";
    objects.push_back({1, "<< /Type /Catalog /Pages 2 0 R " + sample.catalog + " >>"});
    objects.push_back(
        {2, "<< /Type /Pages /Kids [ " + kids + "] /Count " + number(sample.pages) + " /MediaBox " + sample.media_box + " >>"});
    objects.push_back({3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"});
    if (!sample.title.empty()) objects.push_back({4, "<< /Title (" + sample.title + ") >>"});
    for (std::size_t i = 0; i < sample.objects.size(); ++i) objects.push_back({last = 100 + static_cast<int>(i), sample.objects[i]});
    for (int page = 0; page < sample.pages; ++page) {
        std::string links;
        for (int k = 0; k < sample.links; ++k) {
            const int id = 200000 + 100 * page + k;
            links += number(id) + " 0 R ";
            objects.push_back({id, "<< /Type /Annot /Subtype /Link /Rect [72 " + number(500 - 12 * k) + " 200 " + number(510 - 12 * k) +
                                       "] /Border [0 0 0] /Dest [" + number(1000 + (page + 1) % sample.pages) + " 0 R /Fit] >>"});
            last = id > last ? id : last;
        }
        const std::string annotations = links.empty() ? "" : "/Annots [ " + links + "] ";
        objects.push_back({1000 + page, "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents " +
                                            number(100000 + page) + " 0 R " + annotations + sample.page + " >>"});
        const std::string text = "BT /F1 24 Tf 72 700 Td (Page " + number(page + 1) + ") Tj ET";
        objects.push_back(
            {100000 + page, "<< /Length " + number(static_cast<long long>(text.size())) + " >>\nstream\n" + text + "\nendstream"});
        last = 100000 + page > last ? 100000 + page : last;
    }
    std::string trailer = "/Size " + number(last + 1) + " /Root 1 0 R";
    if (!sample.title.empty()) trailer += " /Info 4 0 R";
    if (sample.id) trailer += " /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]";
    return make_pdf_of(sample.header, objects, trailer);
}

std::string make_pdf_of_pages(int pages) {
    PdfSample sample;
    sample.pages = pages;
    return make_pdf(sample);
}

std::string qpdf_of(const std::string& pdf, const std::vector<std::string>& options) {
    tool_or_skip("qpdf");
    const Scratch scratch;
    scratch.write("in.pdf", pdf);
    std::vector<std::string> command = {"qpdf"};
    command.insert(command.end(), options.begin(), options.end());
    command.insert(command.end(), {"--deterministic-id", scratch / "in.pdf", scratch / "out.pdf"});
    if (const bool encrypts = !options.empty() && options[0] == "--encrypt"; encrypts) command.erase(command.end() - 3);
    const Run result = run(command);
    if (result.code != 0) throw std::runtime_error("qpdf: " + result.err);
    return scratch.read("out.pdf");
}

} // namespace test
