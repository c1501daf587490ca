#include "bench/ectd/content.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include <sys/resource.h>

#include "bench/measure.hpp"
#include "core/path.hpp"
#include "core/pdf_author.hpp"
#include "core/text.hpp"
#include "core/worker.hpp"
#include "ectd/content_reader.hpp"
#include "ectd/file_hashes.hpp"

namespace bench {

using namespace dossier;

namespace {

void shell(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

bool has_tools() { return std::system("command -v pdfinfo pdffonts qpdf >/dev/null") == 0; }

template <class T> T require(Result<T> result) {
    if (!result) throw std::runtime_error(to_text(result.error()));
    return std::move(*result);
}

// One of the documents that are made where no real ones are: some pages of text, links, bookmarks.
std::string made_document(int number) {
    PdfAuthorSettings settings;
    settings.title = fill("Report {}", number);
    settings.created = *parse_time("2026-01-01T00:00:00Z");
    const std::string fonts = "/usr/share/fonts/truetype/dejavu/";
    settings.regular_font = require(read_file(*make_disk_file_system(), fonts + "DejaVuSans.ttf"));
    settings.bold_font = require(read_file(*make_disk_file_system(), fonts + "DejaVuSans-Bold.ttf"));
    PdfAuthor author(settings);
    author.title_page("made for measuring", {{"number", std::to_string(number)}});
    author.contents();
    for (int chapter = 1; chapter <= 5 + number % 20; ++chapter) {
        author.heading(1, fill("Chapter {} of {}", chapter, number));
        for (int i = 0; i < 8; ++i) author.paragraph(fill("Paragraph {} of chapter {}: ", i, chapter) + std::string(600, 'x'));
        author.see(fill("Chapter 1 of {}", number), fill("Chapter 1 of {}", number));
    }
    return require(author.finish());
}

std::vector<std::string> real_documents(std::size_t most) {
    const char* const own = std::getenv("DOSSIER_ORACLE_PDFS");
    const std::string folder = own ? own : "/usr/share/doc";
    const auto disk = make_disk_file_system();
    std::vector<std::string> all, chosen;
    if (!is_folder(*disk, folder)) return chosen;
    for (const TreeEntry& entry : require(list_tree(*disk, folder)))
        if (entry.kind == FileKind::file && ends_with(entry.path, ".pdf")) all.push_back(path::join(folder, entry.path));
    if (all.size() < 100) return chosen;
    for (std::size_t i = 0; i < most; ++i) chosen.push_back(all[i * all.size() / most]);
    return chosen;
}

// A sequence folder of PDFs that belong to nothing.
std::vector<std::string> make_documents(const ContentBench& bench, std::string& remark) {
    const auto disk = make_disk_file_system();
    const std::string folder = path::join(bench.folder, "pdfs/0001/m5");
    require(disk->create_folders(folder).has_value() ? Result<int>(0) : Result<int>(Error(ErrorKind::io, "cannot make " + folder)));
    const std::size_t count = bench.tiny ? 6 : 300;
    const std::vector<std::string> real = bench.tiny ? std::vector<std::string>() : real_documents(count);
    std::vector<std::string> files;
    for (std::size_t i = 0; i < (real.empty() ? std::min<std::size_t>(count, 60) : real.size()); ++i) {
        const std::string bytes = real.empty() ? made_document(static_cast<int>(i)) : require(read_file(*disk, real[i]));
        files.push_back(path::join(folder, fill("d{:04}.pdf", i)));
        if (!write_new_file(*disk, files.back(), bytes)) throw std::runtime_error("cannot write " + files.back());
    }
    std::vector<std::pair<std::uint64_t, std::string>> by_size; // long ones first, as the program takes them
    for (const std::string& file : files) by_size.emplace_back(require(disk->info(file)).size, file);
    std::sort(by_size.rbegin(), by_size.rend());
    for (std::size_t i = 0; i < files.size(); ++i) files[i] = by_size[i].second;
    remark = fill("{} {} PDFs", files.size(), std::string_view(real.empty() ? "made" : "real"));
    return files;
}

double processor_seconds() { // of this process and of all that it waited for
    double seconds = 0;
    for (const int whose : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage used{};
        getrusage(whose, &used);
        seconds += static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                   static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    }
    return seconds;
}

void read_all(const std::vector<std::string>& files, int jobs) {
    const auto disk = make_disk_file_system();
    WorkerPool pool(ectd::content::read, ectd::content::prepare, jobs);
    std::size_t next = 0;
    pool.run(
        [&]() -> std::optional<WorkItem> {
            if (next == files.size()) return std::nullopt;
            return WorkItem{ectd::content::request_for(ectd::ContentType::pdf),
                            [&disk, &file = files[next++]] { return disk->open(file); }};
        },
        [](std::size_t, const WorkOutcome& outcome) {
            if (outcome.end != WorkEnd::done) throw std::runtime_error("a PDF was not read: " + outcome.reason);
        });
}

void bench_pdf(const ContentBench& bench, const std::vector<std::string>& files, const std::string& remark) {
    if (!has_tools()) return print_not_measured("validate-pdf", "pdfinfo, pdffonts or qpdf is not installed");
    std::string list;
    for (const std::string& file : files) list += file + "\n";
    const std::string names = path::join(bench.folder, "pdf-list");
    if (!write_file_durably(*make_disk_file_system(), names, list)) throw std::runtime_error("cannot write the list");
    std::vector<double> ours, theirs;
    for (int round = 0; round < std::max(1, bench.rounds / 2); ++round) {
        const double start = processor_seconds();
        read_all(files, 2);
        const double middle = processor_seconds();
        for (const std::string tool : {"pdfinfo", "pdffonts", "qpdf --check"})
            shell("xargs -P2 -n1 " + tool + " < '" + names + "' >/dev/null 2>&1; true");
        ours.push_back(middle - start);
        theirs.push_back(processor_seconds() - middle);
    }
    const Pair pair{median(ours), median(theirs)};
    print_at_most(
        "validate-pdf", pair.ratio(), 0.15,
        fill("{:.2f} s of the processor against {:.2f} s, {}, pdfinfo and pdffonts and qpdf --check", pair.ours, pair.theirs, remark));
}

void bench_workers(const ContentBench& bench, const std::vector<std::string>& files, const std::string& remark) {
    const Pair pair = alternate(
        bench.rounds, [&] { read_all(files, 1); }, [&] { read_all(files, 2); });
    print_at_least("validate-workers", pair.ratio(), 1.8,
                   fill("{:.2f} s with one worker, {:.2f} s with two, {}", pair.ours, pair.theirs, remark));
}

// The second run on unchanged files against one pass that only hashes them.
void bench_again(const ContentBench& bench, const std::vector<std::string>& files, const std::string& remark) {
    const auto disk = make_disk_file_system();
    const std::string root = path::join(bench.folder, "pdfs");
    const std::string validate = "XDG_CACHE_HOME='" + path::join(bench.folder, "cache") + "' '" + bench.program + "' ectd validate '" +
                                 root + "' --rules dossier >/dev/null 2>&1; true";
    if (!write_new_file(*disk, path::join(root, "0001/index.xml"), "<x/>")) throw std::runtime_error("cannot write index.xml");
    std::vector<std::string> all = files; // each under many names: as many leaves as the large application has
    const int names = std::max(2, bench.leaves / static_cast<int>(files.size()));
    for (int copy = 1; copy < names; ++copy)
        for (const std::string& file : files) {
            all.push_back(file.substr(0, file.size() - 4) + fill("-{}.pdf", copy));
            if (!disk->hard_link(file, all.back())) throw std::runtime_error("cannot link " + all.back());
        }
    const Pair pair = alternate(
        bench.rounds, [&] { shell(validate); },
        [&] {
            std::vector<ectd::FileFact> facts(all.size());
            std::vector<ectd::FileFact*> wanted;
            for (std::size_t i = 0; i < all.size(); ++i) {
                facts[i].path = all[i].substr(root.size() + 1);
                facts[i].size = require(disk->info(all[i])).size;
                wanted.push_back(&facts[i]);
            }
            ectd::hash_files(*disk, root, wanted, {ectd::Sha256For::looked_into, 2});
        });
    print_at_most("validate-again", pair.ratio(), 1.2,
                  fill("{} against {}, {} under {} names each a second time, one pass of MD5 and SHA-256", milliseconds(pair.ours),
                       milliseconds(pair.theirs), remark, names));
}

} // namespace

void bench_content(const ContentBench& bench) {
    std::string remark;
    const std::vector<std::string> files = make_documents(bench, remark);
    bench_pdf(bench, files, remark);
    bench_workers(bench, files, remark);
    bench_again(bench, files, remark);
}

} // namespace bench
