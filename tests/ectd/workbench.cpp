#include "tests/ectd/workbench.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "core/path.hpp"

namespace test {

using namespace dossier;
using namespace dossier::ectd;

namespace {

constexpr const char* default_application = R"(
application: {region: us, type: nda, number: "123456"}
applicant: {id: "999999999", name: Made-up Sponsor, contacts: [{type: regulatory, name: R. Person, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
sequences:
  "0001": {submission_id: "0001", submission_type: original-application, sub_type: application}
  "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
  "0003": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
  "0004": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
studies:
  S1: {title: Study one, categories: {type-of-control: placebo}}
  S2: {title: Study two, categories: {type-of-control: placebo}}
)";

// Files, and what a test brought under a name of its own.
class BroughtSource final : public ContentSource {
public:
    explicit BroughtSource(std::shared_ptr<FileSystem> fs) : files_(make_file_source(std::move(fs), "/app")) {}
    Result<Content> find(const std::string& source) override {
        const auto found = brought.find(source);
        return found == brought.end() ? files_->find(source) : Result<Content>(found->second);
    }
    std::map<std::string, Content> brought;

private:
    std::unique_ptr<ContentSource> files_;
};

} // namespace

Workbench::Workbench() : fs(make_memory_file_system()), yaml_(default_application) {
    auto read = templates::read_ectd_catalogue(templates::Source());
    if (!read) throw std::runtime_error(to_text(read.error()));
    catalogue = std::move(*read);
    region_ = make_us_region(catalogue);
    source_ = std::make_unique<BroughtSource>(fs);
    (void)fs->create_folders("/app").has_value();
}

void Workbench::write(const std::string& name, const std::string& bytes) {
    const std::string file = path::join("/app", name);
    (void)fs->create_folders(path::parent(file)).has_value();
    (void)fs->remove(file).has_value();
    const bool pdf = path::extension(file) == "pdf"; // as much of a PDF as a plan looks at
    if (!write_new_file(*fs, file, pdf ? "%PDF-1.4\n" + bytes + "\nstartxref\n0\n%%EOF\n" : bytes))
        throw std::runtime_error("cannot write " + file);
}

void Workbench::bring(const std::string& source, const Content& content) {
    static_cast<BroughtSource&>(*source_).brought.insert_or_assign(source, content);
}

std::string Workbench::read(const std::string& name) const {
    auto bytes = read_file(*fs, path::join("/app", name));
    if (!bytes) throw std::runtime_error(to_text(bytes.error()));
    return *bytes;
}

Result<Plan> Workbench::plan(const std::string& csv, int sequence, bool delta, std::int64_t allow_deletes) {
    write("plan.csv", csv);
    DOSSIER_TRY(PlanTable table, read_plan(*fs, "/app/plan.csv"));
    DOSSIER_TRY(ApplicationFile application, parse_application_file(yaml_, "/app/application.yaml"));
    DOSSIER_TRY(Application history, read_application(*fs, "/app", catalogue, SequenceNumber(sequence - 1)));
    const PlanRequest request{fs,
                              catalogue,
                              *region_,
                              std::make_shared<ApplicationFile>(std::move(application)),
                              std::make_shared<PlanTable>(std::move(table)),
                              std::make_shared<Application>(std::move(history)),
                              SequenceNumber(sequence),
                              delta,
                              allow_deletes,
                              *source_,
                              !only_shows,
                              nullptr,
                              source_.get()};
    return make_plan(request);
}

Result<BuildResult> Workbench::build(const std::string& csv, int sequence, bool delta, bool rebuild) {
    DOSSIER_TRY(const Plan planned, plan(csv, sequence, delta));
    const templates::OfficialFiles official;
    return build_sequence({fs, catalogue, *region_, planned, official, "/app", rebuild, false, false, 2, {}});
}

Application Workbench::history() const { return *read_application(*fs, "/app", catalogue); }

std::vector<std::string> Workbench::lines(const Plan& plan) {
    std::vector<std::string> list;
    for (const PlannedOperation& item : plan.operations) list.push_back(item.operation + " " + item.section + " " + item.title);
    return list;
}

std::vector<std::string> Workbench::current() const {
    const Application application = history();
    std::vector<std::string> list;
    const Lifecycle lifecycle = compute_lifecycle(application);
    for (const LeafHistory* item : lifecycle.current())
        list.push_back(item->leaf->place->element + " " + item->leaf->title + " " + item->leaf->path);
    std::sort(list.begin(), list.end());
    return list;
}

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

std::string error_of(const Result<Plan>& plan) { return plan ? "" : to_text(plan.error()); }

std::string notes_of(const Plan& plan) {
    std::string all;
    for (const std::string& note : plan.notes) all += note + "\n";
    return all;
}

Workbench with_documents() {
    Workbench bench;
    for (const char* const name : {"a.pdf", "b.pdf", "c.pdf", "d.pdf"}) bench.write(name, name);
    return bench;
}

} // namespace test
