// Other programs' opinions of real PDFs, against ours: pdfinfo, pdffonts, qpdf --check. Looks in DOSSIER_ORACLE_PDFS (a folder), else in
// what documentation packages install (packages.txt, [oracle]), and at the pilot submission beside the repository. Where they may differ
// and why: docs/decisions/pdf-oracles.md.
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <set>
#include <thread>

#include "core/path.hpp"
#include "core/pdf_content.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

constexpr std::size_t fewest = 300, most = 330; // of the real PDFs of documentation packages

std::vector<std::string> pdfs_below(const std::string& folder) {
    const auto disk = make_disk_file_system();
    std::vector<std::string> found;
    const auto tree = is_folder(*disk, folder) ? list_tree(*disk, folder) : Result<std::vector<TreeEntry>>(std::vector<TreeEntry>());
    if (!tree) return found;
    for (const TreeEntry& entry : *tree)
        if (entry.kind == FileKind::file && ends_with(entry.path, ".pdf")) found.push_back(path::join(folder, entry.path));
    return found;
}

std::vector<std::string> real_pdfs() {
    for (const char* const tool : {"pdfinfo", "pdffonts", "qpdf"}) test::tool_or_skip(tool);
    const char* const own = std::getenv("DOSSIER_ORACLE_PDFS");
    std::vector<std::string> all = pdfs_below(own ? own : "/usr/share/doc");
    if (all.size() < fewest)
        test::skip(fill("{} PDFs are at hand, {} are wanted: scripts/install_packages.sh oracle installs them", all.size(), fewest));
    std::vector<std::string> chosen; // every n-th: of all packages some
    for (std::size_t i = 0; i < most; ++i) chosen.push_back(all[i * all.size() / most]);
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    const auto pilot = pdfs_below(path::join(test::source_folder(), "../shared/real"));
    chosen.insert(chosen.end(), pilot.begin(), pilot.end());
    return chosen;
}

std::string value_of(const std::string& lines, const std::string& name) {
    for (const std::string& line : split(lines, '\n'))
        if (starts_with(line, name + ":")) return std::string(trim(line.substr(name.size() + 1)));
    return "";
}

// "595.276 x 841.89 pts (A4)"
bool is_size(const std::string& text, double width, double height) {
    char* behind = nullptr;
    const double theirs = std::strtod(text.c_str(), &behind);
    const std::string rest = behind;
    return starts_with(rest, " x ") && std::abs(theirs - width) < 0.01 && std::abs(std::strtod(rest.c_str() + 3, nullptr) - height) < 0.01;
}

// What pdfinfo says and we do not, or the other way round.
std::vector<std::string> against_pdfinfo(const std::string& file, const PdfContent& content) {
    const test::Run run = test::run({"pdfinfo", file});
    std::vector<std::string> differences;
    const auto compare = [&](const std::string& name, const std::string& ours) {
        const std::string theirs = value_of(run.out, name);
        if (ours != theirs) differences.push_back(fill("{}: {} and not {}", name, theirs, ours));
    };
    compare("Pages", std::to_string(content.pages.total));
    compare("PDF version", content.version.highest());
    compare("Encrypted",
            value_of(run.out, "Encrypted").substr(0, 3) == "yes" && content.security.encrypted ? value_of(run.out, "Encrypted") : "no");
    compare("Optimized", content.linearized ? "yes" : "no");
    compare("JavaScript", content.active.scripts > 0 ? "yes" : "no");
    const std::string form = value_of(run.out, "Form");
    if ((form != "none") != content.form.present) differences.push_back("Form: " + form);
    if (!content.pages.sizes.empty()) {
        const PdfPageSize& first = content.pages.sizes.front();
        const std::string theirs = value_of(run.out, "Page size"), turned = value_of(run.out, "Page rot");
        const bool across = turned == "90" || turned == "270"; // pdfinfo gives the size before turning
        const double width = across ? first.height : first.width, height = across ? first.width : first.height;
        if (!is_size(theirs, width, height)) differences.push_back(fill("Page size: {} and not {} x {}", theirs, width, height));
    }
    return differences;
}

// A line of pdffonts: name, type, encoding, then emb sub uni and the object's two numbers. Long names push the columns to the right.
std::string font_in(const std::string& line) {
    static const std::vector<std::string> kinds = {"CID TrueType (OT)", "CID Type 0C (OT)", "Type 1C (OT)", "TrueType (OT)",
                                                   "CID TrueType",      "CID Type 0C",      "CID Type 0",   "TrueType",
                                                   "Type 1C",           "Type 1",           "Type 3",       "unknown"};
    std::vector<std::string> words = split(line, ' ');
    words.erase(std::remove(words.begin(), words.end(), ""), words.end());
    if (words.size() < 7) return line;
    const auto end = words.end();
    const std::string embedded = *(end - 5), subset = *(end - 4), encoding = *(end - 6);
    std::string name = join({words.begin(), end - 6}, " ");
    for (const std::string& kind : kinds) {
        if (!ends_with(name, kind)) continue;
        name = std::string(trim(name.substr(0, name.size() - kind.size())));
        break;
    }
    if (subset == "yes" && name.size() > 7) name = name.substr(7);
    return fill("{} {} {}", name == "[none]" ? "" : name, embedded, subset);
}

std::vector<std::string> against_pdffonts(const std::string& file, const PdfContent& content) {
    const test::Run run = test::run({"pdffonts", file});
    std::set<std::string> ours, theirs;
    for (const PdfFont& font : content.fonts)
        ours.insert(fill("{} {} {}", font.name, font.embedded ? "yes" : "no", font.subset ? "yes" : "no"));
    const std::vector<std::string> lines = split(run.out, '\n');
    for (std::size_t i = 2; i < lines.size(); ++i)
        if (!lines[i].empty()) theirs.insert(font_in(lines[i]));
    std::vector<std::string> differences;
    for (const std::string& font : theirs)
        if (ours.count(font) == 0) differences.push_back("font of pdffonts alone: " + font);
    const bool without_tables = run.err.find("Missing language pack") != std::string::npos; // it leaves fonts of East Asia out then
    for (const PdfFont& font : content.fonts) {
        const std::string line = fill("{} {} {}", font.name, font.embedded ? "yes" : "no", font.subset ? "yes" : "no");
        const bool in_appearances_alone = font.first_page == 0; // it looks at the state that is shown, we at all
        if (theirs.count(line) == 0 && !without_tables && !in_appearances_alone) differences.push_back("font of ours alone: " + line);
    }
    return differences;
}

// Warnings that say nothing about whether the file can be read whole; each is explained in the decision record.
bool is_harmless(const std::string& warning) {
    for (const char* const part : {"hint table", "shared identifier entries", "mismatch", "linearized file contains",
                                   "dictionary has duplicated key", "object has offset 0", "reported number of objects"})
        if (warning.find(part) != std::string::npos) return true;
    return false;
}

std::vector<std::string> against_qpdf(const std::string& file, const PdfContent& content) {
    const test::Run run = test::run({"qpdf", "--check", file}); // 0 fine, 3 with warnings, 2 with errors
    if (content.damaged)
        return run.code == 0 ? std::vector<std::string>{"we say damaged, qpdf does not: " + content.warnings.front()}
                             : std::vector<std::string>{};
    if (run.code != 0 && run.code != 3) return {"qpdf says damaged, we do not: " + run.err.substr(0, 300)};
    std::vector<std::string> differences;
    for (const std::string& line : split(run.out + run.err, '\n'))
        if (starts_with(line, "WARNING") && !is_harmless(line)) differences.push_back(line);
    return differences;
}

std::vector<std::string> differences_of(const std::string& file) {
    auto opened = make_disk_file_system()->open(file);
    if (!opened) return {to_text(opened.error())};
    const auto content = read_pdf_content(std::move(*opened), file);
    if (!content) return {"we cannot read it: " + to_text(content.error())};
    std::vector<std::string> all;
    for (const auto& compare : {against_pdfinfo, against_pdffonts, against_qpdf})
        for (const std::string& difference : compare(file, *content)) all.push_back(difference);
    return all;
}

} // namespace

TEST_CASE("three other programs see in hundreds of real PDFs what we see") {
    const std::vector<std::string> files = real_pdfs();
    std::vector<std::vector<std::string>> differences(files.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < files.size(); i = next++) differences[i] = differences_of(files[i]);
    };
    std::thread second(work);
    work();
    second.join();
    for (std::size_t i = 0; i < files.size(); ++i)
        for (const std::string& difference : differences[i]) FAIL_CHECK(files[i] + ": " + difference);
    CHECK(files.size() >= fewest);
}
