#include "bench/ectd/backbone.hpp"

#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "bench/measure.hpp"
#include "core/digest.hpp"
#include "core/text.hpp"
#include "templates/ectd_catalogue.hpp"

namespace bench {

using namespace dossier;

namespace {

constexpr int files = 200; // each leaf names one of them
constexpr const char* headings[] = {"m5-clinical-study-reports", "m5-3-clinical-study-reports",
                                    "m5-3-5-reports-of-efficacy-and-safety-studies",
                                    "m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-indication"};

template <class T> T require(Result<T> result) {
    if (!result) throw std::runtime_error(to_text(result.error()));
    return std::move(*result);
}
void require(Result<void> result) {
    if (!result) throw std::runtime_error(to_text(result.error()));
}

void put(FileSystem& fs, const std::string& path, const std::string& bytes) {
    require(fs.create_folders(path.substr(0, path.rfind('/'))));
    require(write_new_file(fs, path, bytes));
}

std::string file_of(int number) {
    return fill("m5/53-clin-stud-rep/535-rep-effic-safety-stud/headache/5351-stud-rep-contr/s1/file-{:03}.pdf", number);
}

// A sequence whose grammar is the one that dossier generates: it declares what the official one does.
void make_sequence(FileSystem& fs, const std::string& folder, int leaves) {
    const templates::Source source;
    const auto catalogue = require(templates::read_ectd_catalogue(source));
    put(fs, folder + "/util/dtd/ich-ectd-3-2.dtd", require(templates::make_grammar(source, catalogue, "ich-ectd-3-2")));
    std::vector<std::string> digests;
    for (int i = 0; i < files; ++i) {
        const std::string bytes = fill("%PDF-1.4\n% {}\n%%EOF\n", i);
        put(fs, folder + "/" + file_of(i), bytes);
        digests.push_back(md5_of(bytes).hex());
    }
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE ectd:ectd SYSTEM \"util/dtd/ich-ectd-3-2.dtd\">\n"
        "<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3c.org/1999/xlink\" dtd-version=\"3.2\">\n";
    for (const char* heading : headings)
        xml += fill("<{}{}>\n", std::string_view(heading), std::string_view(heading == headings[2] ? " indication=\"headache\"" : ""));
    for (int i = 0; i < leaves; ++i)
        xml +=
            fill("<leaf ID=\"leaf-{:06}\" operation=\"new\" checksum=\"{}\" checksum-type=\"md5\" xlink:href=\"{}\" xlink:type=\"simple\">"
                 "<title>Document {} of the study</title></leaf>\n",
                 i, digests[static_cast<std::size_t>(i % files)], file_of(i % files), i);
    for (std::size_t i = std::size(headings); i > 0; --i) xml += fill("</{}>\n", std::string_view(headings[i - 1]));
    xml += "</ectd:ectd>\n";
    put(fs, folder + "/index-md5.txt", md5_of(xml).hex());
    put(fs, folder + "/index.xml", xml);
}

} // namespace

void bench_backbone(FileSystem& fs, const BackboneBench& bench) {
    const std::string sequence = bench.folder + "/0001";
    make_sequence(fs, sequence, bench.leaves);
    const std::vector<std::string> ours = {bench.program, "ectd", "validate", sequence, "--rules", "dossier"};
    const double most = 64 + static_cast<double>(bench.leaves) * 0.5 / 1024; // MiB
    const double peak = peak_memory_of(ours, 10);                            // it has no regional file, which is found
    print_at_most("validate-index-memory", peak / most, 1, fill("{:.0f} MiB for {} leaves, of {:.0f}", peak, bench.leaves, most));
    if (std::system("command -v xmllint >/dev/null") != 0) return print_not_measured("validate-index", "xmllint is not installed");
    const auto run = [](const std::string& command) {
        if (std::system(command.c_str()) == -1) throw std::runtime_error("failed: " + command);
    };
    const Pair pair = alternate(
        bench.rounds, [&] { run(fill("{} >/dev/null 2>&1", join(ours, " "))); },
        [&] { run(fill("cd '{}' && xmllint --stream --valid --noout --nonet index.xml 2>/dev/null", sequence)); });
    print_at_most("validate-index", pair.ratio(), 1.5,
                  fill("{} against {}, {} leaves, grammar and region-free rules, xmllint --stream --valid", milliseconds(pair.ours),
                       milliseconds(pair.theirs), bench.leaves));
}

} // namespace bench
