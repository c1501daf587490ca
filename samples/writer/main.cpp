// sample_writer SAMPLES OUT: writes the PDFs of the sample trial, the sample IND and the sample CTA, and beside them the lists and plans
// that name them. SAMPLES is the samples folder of the repository. What is in OUT already is replaced. The same inputs give the same bytes.
#include <iostream>

#include "core/path.hpp"
#include "core/text.hpp"
#include "samples/writer/composer.hpp"

namespace dossier::samples {

namespace {

Result<void> write(FileSystem& fs, const std::string& path, const std::string& bytes) {
    DOSSIER_CHECK(fs.create_folders(path::parent(path)));
    if (exists(fs, path)) DOSSIER_CHECK(fs.remove(path));
    return write_new_file(fs, path, bytes);
}

Result<void> copy_inputs(FileSystem& fs, const std::string& from, const std::string& to) {
    for (const char* name : {"trial/study.yaml", "trial/documents.csv", "ind/application.yaml", "ind/plan.csv", "ind/plan-0002.csv",
                             "cta/application.yaml", "cta/plan.csv", "cta/plan-0002.csv"}) {
        DOSSIER_TRY(const std::string bytes, read_file(fs, path::join(from, name)));
        DOSSIER_CHECK(write(fs, path::join(to, name), bytes));
    }
    return {};
}

// The forms are named in application.yaml, not in a plan.
std::vector<Document> forms_of_application() {
    std::vector<Document> forms;
    for (const char* number : {"0001", "0002"}) {
        Document form;
        form.entry = fill("m1/form-1571-{}.pdf", number);
        form.file = "documents/" + form.entry;
        form.version = "1.0";
        form.short_id = fill("IND 900321 form {}", number);
        forms.push_back(std::move(form));
    }
    return forms;
}

Result<std::size_t> write_documents(FileSystem& fs, const std::vector<Document>& documents, const std::string& folder,
                                    const StudyFacts& study, const Texts& texts) {
    for (const Document& document : documents) {
        DOSSIER_TRY(const std::string bytes, compose(document, study, texts, DOSSIER_FONTS));
        DOSSIER_CHECK(write(fs, path::join(folder, document.file), bytes));
    }
    return documents.size();
}

Result<void> run(const std::string& samples, const std::string& out) {
    const auto disk = make_disk_file_system();
    FileSystem& fs = *disk;
    DOSSIER_TRY(const Texts texts, read_texts(fs, path::join(samples, "texts")));
    DOSSIER_TRY(const StudyFacts study, read_study_facts(fs, path::join(samples, "trial/study.yaml")));
    DOSSIER_TRY(const auto trial, read_document_list(fs, path::join(samples, "trial/documents.csv"), study.id));
    DOSSIER_TRY(auto ind, read_plan_documents(fs, path::join(samples, "ind/plan.csv"), "IND 900321"));
    DOSSIER_TRY(const auto later, read_plan_documents(fs, path::join(samples, "ind/plan-0002.csv"), "IND 900321"));
    ind.insert(ind.end(), later.begin(), later.end());
    for (Document& form : forms_of_application()) ind.push_back(std::move(form));
    DOSSIER_TRY(auto cta, read_plan_documents(fs, path::join(samples, "cta/plan.csv"), "EU CT 2026-500321-17-00"));
    DOSSIER_TRY(const auto response, read_plan_documents(fs, path::join(samples, "cta/plan-0002.csv"), "EU CT 2026-500321-17-00"));
    cta.insert(cta.end(), response.begin(), response.end());
    DOSSIER_TRY(const std::size_t trial_count, write_documents(fs, trial, path::join(out, "trial"), study, texts));
    DOSSIER_TRY(const std::size_t ind_count, write_documents(fs, ind, path::join(out, "ind"), study, texts));
    DOSSIER_TRY(const std::size_t cta_count, write_documents(fs, cta, path::join(out, "cta"), study, texts));
    DOSSIER_CHECK(copy_inputs(fs, samples, out));
    DOSSIER_CHECK(write(fs, path::join(out, "written"), "complete\n")); // last: the build looks for it
    std::cout << fill("wrote {} documents of the trial, {} of the IND and {} of the CTA to {}\n", trial_count, ind_count, cta_count, out);
    return {};
}

} // namespace

} // namespace dossier::samples

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: sample_writer SAMPLES OUT\n";
        return 2;
    }
    const auto done = dossier::samples::run(arguments[1], arguments[2]);
    if (done) return 0;
    std::cerr << dossier::to_text(done.error()) << "\n";
    return 3;
}
