#include "bench/ectd/application.hpp"

#include <cmath>
#include <stdexcept>

#include "bench/ectd/documents.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace bench {

using namespace dossier;

namespace {

const char* const head = R"(application: {region: us, type: nda, number: "123456"}
applicant: {id: "999999999", name: Made-up Sponsor, contacts: [{type: regulatory, name: R. Person, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
studies: {S1: {title: Study one, categories: {type-of-control: placebo}}}
sequences:
)";

// Numbers that look random and are the same each time.
class Numbers {
public:
    std::uint64_t next() { return (state_ = state_ * 6364136223846793005ull + 1442695040888963407ull) >> 33; }
    double fraction() { return static_cast<double>(next()) / static_cast<double>(1ull << 31); }

private:
    std::uint64_t state_ = 42;
};

void put(FileSystem& fs, const std::string& file, const std::string& bytes) {
    const auto made = fs.create_folders(path::parent(file));
    const auto written = write_new_file(fs, file, bytes);
    if (!made || !written) throw std::runtime_error("cannot write " + file);
}

std::string entry(int number) {
    return fill("  \"{:04}\": {{submission_id: \"0001\", submission_type: original-application, sub_type: {}}}\n", number,
                std::string_view(number == 1 ? "application" : "amendment"));
}

} // namespace

BigApplication make_big_application(FileSystem& fs, const std::string& folder, int documents) {
    Numbers numbers;
    std::string filling;
    while (filling.size() < (4u << 20)) filling += static_cast<char>(numbers.next());
    BigApplication application{folder, {}, 0};
    std::string plan = "section,title,source,substance,manufacturer,indication,study,file_tag\n";
    static const char* const sections[] = {"3.2.S.4.2", "3.2.S.4.3", "3.2.S.4.4", "4.3", "5.4"};
    for (int i = 0; i < documents; ++i) {
        const bool data = i % 20 == 7, xml = i % 20 == 13;
        const std::string name = fill("d{:05}.{}", i, std::string_view(data ? "xpt" : xml ? "xml" : "pdf"));
        // log-normal around 130 KB; half the PDFs of the sample the sizes are taken from are smaller
        const double spread = std::exp(1.05 * (numbers.fraction() + numbers.fraction() + numbers.fraction() - 1.5) * 2);
        const auto size = static_cast<std::size_t>(data ? 400'000 + 4'400'000 * numbers.fraction() : xml ? 20'000 : 130'000 * spread);
        const std::string file = path::join(folder, "documents/" + name);
        put(fs, file, document_bytes(name, size, filling, numbers.next()));
        application.files.push_back(file);
        application.bytes += size;
        if (data)
            plan += fill("5.3.5.1,Data {},documents/{},,,Pain,S1,data-tabulation-dataset-sdtm\n", i, name);
        else
            plan += fill("{},Document {},documents/{},{},,,\n", std::string_view(sections[i % 5]), i, name,
                         std::string_view(i % 5 < 3 ? "Drug A,Plant One" : ","));
    }
    put(fs, path::join(folder, "plan.csv"), plan);
    put(fs, path::join(folder, "application.yaml"), head + entry(1));
    return application;
}

void make_long_application(FileSystem& fs, const std::string& folder, int sequences, int documents) {
    std::string yaml = head;
    for (int sequence = 1; sequence <= sequences; ++sequence) {
        yaml += entry(sequence);
        std::string plan = "section,title,source,path\n";
        for (int i = 0; i < documents; ++i) {
            const int of = i % 5 == 4 && sequence > 1 ? sequence - 1 : sequence; // replaces
            const std::string name = fill("s{:02}-d{:04}.pdf", of, of == sequence ? i : i - 1);
            const std::string source = fill("documents/{:04}/{}", sequence, name);
            put(fs, path::join(folder, source), document_bytes(name + fill(" of {}", sequence) + ".pdf", 600, std::string(1200, 'x'), 0));
            plan += fill("5.4,Document {},{},\n", name, source);
        }
        put(fs, path::join(folder, fill("plan-{:04}.csv", sequence)), plan);
    }
    put(fs, path::join(folder, "application.yaml"), yaml);
}

} // namespace bench
