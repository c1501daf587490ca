#include "tests/ectd/life.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "core/digest.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/trial_summary.hpp"

namespace test {

using namespace dossier;

namespace {

// XML names of the heading attributes that a plan calls otherwise.
const std::vector<std::pair<std::string, std::string>> attribute_columns{
    {"dosageform", "dosage_form"},    {"excipient", "excipient"},  {"indication", "indication"},
    {"manufacturer", "manufacturer"}, {"product-name", "product"}, {"substance", "substance"}}; // in the order of the XML names

const std::vector<std::string> columns{"section",   "title",        "source",  "path",        "study",      "file_tag",
                                       "substance", "manufacturer", "product", "dosage_form", "indication", "excipient",
                                       "form_type", "site",         "id",      "operation",   "replaces"};

std::string cell(const LifeDocument& document, const std::string& column) {
    const auto found = document.cells.find(column);
    return found == document.cells.end() ? "" : found->second;
}

std::string quoted(const std::string& text) { return "\"" + replace_all(text, "\"", "\"\"") + "\""; }

std::string form_code(const std::string& word) { // FDA's form-type list
    static const std::map<std::string, std::string> codes{{"1571", "fdaft1"}, {"356h", "fdaft2"}, {"3397", "fdaft3"}, {"3674", "fdaft7"}};
    return word.empty() ? "" : codes.at(word);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines = split(text, '\n');
    lines.erase(std::remove(lines.begin(), lines.end(), ""), lines.end());
    return lines;
}

std::string pdf_of(const std::string& text) {
    PdfSample sample;
    sample.header = "%PDF-1.4";
    sample.title = text;
    return qpdf_of(make_pdf(sample), {"--linearize", "--deterministic-id"});
}

// The text of a data set is the study that it is of.
std::string bytes_of(const LifeDocument& document) {
    if (ends_with(cell(document, "source"), ".xml")) return "<define>" + document.text + "</define>\n";
    if (!ends_with(cell(document, "source"), ".xpt")) return pdf_of(document.text);
    return trial_summary(document.text, ends_with(cell(document, "source"), "ts.xpt") ? "SSTDTC" : "OTHER", "2025-03-01");
}

} // namespace

Life::Life(std::string head, std::string studies, LifeRegion region)
    : region_(std::move(region)), head_(std::move(head)), studies_(std::move(studies)), built_(region_.first - 1) {
    tool_or_skip("xmllint");
    tool_or_skip("python3");
    tool_or_skip("qpdf");
    REQUIRE(run({"cp", "-r", standards_or_skip(), scratch_ / "standards"}).code == 0);
    REQUIRE(run({"chmod", "-R", "u+w", scratch_ / "standards"}).code == 0);
    for (const auto& [name, bytes] : region_.more) scratch_.write("standards/" + name, bytes);
}

std::string Life::standards() const { return scratch_ / "standards"; }

std::string Life::number() const { return fill("{:04}", built_); }
std::string Life::sequence() const { return app() + "/" + number(); }

void Life::put(const std::string& name, std::map<std::string, std::string> cells, const std::string& text) {
    LifeDocument& document = documents_[name];
    for (auto& [column, value] : cells) document.cells[column] = value;
    if (!text.empty()) document.text = text;
}

void Life::drop(const std::string& name) { REQUIRE(documents_.erase(name) == 1); }

void Life::put_once(const std::string& name, std::map<std::string, std::string> cells, const std::string& text) {
    if (cells.count("source") == 0) cells["source"] = name + ".pdf";
    once_.push_back({std::move(cells), text});
}

void Life::say(std::map<std::string, std::string> cells, const std::string& text) { said_.push_back({std::move(cells), text}); }

std::string Life::reference(const std::string& title, const std::string& where) const {
    const Run run = test::run({"python3", "-B", source_folder() + "/tests/ectd/current_view.py", "reference", app(), title, where});
    INFO(run.err);
    REQUIRE(run.code == 0);
    return run.out.substr(0, run.out.find('\n'));
}

// Writes the source, too.
std::string Life::row_of(const LifeDocument& document) {
    if (!cell(document, "source").empty()) scratch_.write("app/" + cell(document, "source"), bytes_of(document));
    std::vector<std::string> cells;
    for (const std::string& column : columns) cells.push_back(quoted(cell(document, column)));
    return join(cells, ",") + "\n";
}

void Life::write_application(const std::string& envelope) {
    scratch_.write("app/form.pdf", pdf_of("form of sequence " + number()));
    sequences_ += fill("  \"{}\": {{{}}}\n", number(), envelope);
    scratch_.write("app/application.yaml", head_ + "sequences:\n" + sequences_ + studies_);
}

void Life::build(const std::string& envelope, const std::vector<std::string>& options) {
    ++built_;
    write_application(envelope);
    std::string rows;
    for (const auto& entry : documents_) rows += row_of(entry.second);
    for (const LifeDocument& document : appended_) rows += row_of(document);
    run_build(rows, options);
}

void Life::build_delta(const std::string& envelope, const std::vector<std::string>& names) {
    ++built_;
    write_application(envelope);
    std::string rows;
    for (const std::string& name : names) rows += row_of(documents_.at(name));
    for (const LifeDocument& document : said_) {
        rows += row_of(document);
        if (cell(document, "operation") != "append") continue;
        appended_.push_back(document);
        appended_.back().cells["operation"] = appended_.back().cells["replaces"] = "";
    }
    said_.clear();
    run_build(rows, {"--delta"});
}

void Life::run_build(const std::string& rows, std::vector<std::string> options) {
    std::string once;
    for (const LifeDocument& document : once_) once += row_of(document);
    kept_.insert(kept_.end(), once_.begin(), once_.end());
    scratch_.write("app/plan.csv", join(columns, ",") + "\n" + rows + once);
    const std::vector<std::string> environment{"DOSSIER_STANDARDS=" + standards()};
    options.insert(options.end(), {"--sequence", number()});

    std::vector<std::string> planned{"ectd", "plan", app(), "--json"};
    planned.insert(planned.end(), options.begin(), options.end());
    const Run shown = dossier(planned, "", environment);
    INFO("sequence " << number() << ": " << shown.err);
    REQUIRE(shown.code == 0);
    operations_.clear();
    const auto plan = parse_json(shown.out);
    REQUIRE(plan);
    for (const Json& item : plan->find("operations")->items())
        if (item.find("reason")->text() != "sent new in every sequence")
            operations_.push_back(item.find("operation")->text() + " " + item.find("section")->text() + " " + item.find("title")->text());
    std::sort(operations_.begin(), operations_.end());

    std::vector<std::string> built{"ectd", "build", app()};
    built.insert(built.end(), options.begin(), options.end());
    const Run run = dossier(built, "", environment);
    INFO(run.err);
    REQUIRE(run.code == 0);
    CHECK(run.out.find("Mend:") == std::string::npos); // nothing that keeps it from being sent
    check_view();
    check_grammars();
    check_validator();
    check_round_trip();
    once_.clear();
}

std::string Life::line_of(const LifeDocument& document) const {
    std::vector<std::string> attributes;
    for (const auto& [name, column] : attribute_columns)
        if (!cell(document, column).empty()) attributes.push_back(name + "=" + cell(document, column));
    std::vector<std::string> tags = split(cell(document, "file_tag"), ';');
    std::sort(tags.begin(), tags.end());
    return join({cell(document, "section"), join(attributes, ","), form_code(cell(document, "form_type")), cell(document, "study"),
                 join(tags, ","), cell(document, "site"), cell(document, "title"), md5_of(bytes_of(document)).hex()},
                "|");
}

// The current view is what the plan said: all documents, and each cover letter and form that was ever sent.
void Life::check_view() const {
    const Run view = run({"python3", "-B", source_folder() + "/tests/ectd/current_view.py", "view", app()});
    INFO(view.err);
    REQUIRE(view.code == 0);
    std::vector<std::string> wanted;
    for (const auto& entry : documents_) wanted.push_back(line_of(entry.second));
    for (const LifeDocument& document : kept_) wanted.push_back(line_of(document));
    for (const LifeDocument& document : appended_) wanted.push_back(line_of(document));
    std::sort(wanted.begin(), wanted.end());
    CHECK(lines_of(view.out) == wanted);
}

void Life::check_grammars() const {
    const auto is_valid = [](std::vector<std::string> options) {
        options.insert(options.begin(), {"xmllint", "--noout", "--nonet"});
        const Run run = test::run(options);
        INFO(run.err);
        CHECK(run.code == 0);
    };
    is_valid({"--valid", sequence() + "/index.xml"});
    const std::string regional = sequence() + "/" + region_.regional;
    if (ends_with(regional, "us-regional.xml"))
        is_valid({"--dtdvalid", standards() + "/us/us-regional-v3-3.dtd", regional});
    else // no other schema than ours is at hand; xmllint judges by it without the attributes of XLink
        is_valid({regional});
    const Run stfs = run({"find", sequence(), "-name", "stf-*.xml"});
    for (const std::string& stf : lines_of(stfs.out)) is_valid({"--valid", stf});
}

void Life::check_validator() const {
    const Run run = dossier({"ectd", "validate", sequence(), "--json"}, "", {"DOSSIER_STANDARDS=" + standards()});
    const auto report = parse_json(run.out);
    INFO(run.out << run.err);
    REQUIRE(report);
    for (const Json& finding : report->find("findings")->items()) {
        const std::string rule = finding.find("rule")->text();
        INFO(finding.dump());
        CHECK(std::find(region_.known.begin(), region_.known.end(), rule) != region_.known.end());
    }
    CHECK(run.code == 0);
    CHECK(report->find("not_run")->items().empty());
}

// The exported plan is the plan, and planning it again brings nothing but what every sequence brings.
void Life::check_round_trip() const {
    const std::string file = app() + "/exported.csv";
    (void)run({"rm", "-f", file});
    REQUIRE(dossier({"ectd", "plan", app(), "--export", file}).code == 0);
    const Run read = run({"python3", "-B", source_folder() + "/tests/ectd/current_view.py", "plan", file});
    INFO(read.err);
    std::vector<std::string> wanted;
    for (const auto& entry : documents_) wanted.push_back(line_of(entry.second));
    for (const LifeDocument& document : appended_) wanted.push_back(line_of(document));
    const std::size_t staying = wanted.size();
    for (const LifeDocument& document : once_) wanted.push_back(line_of(document));
    std::sort(wanted.begin(), wanted.end());
    CHECK(lines_of(read.out) == wanted);
    const Run again = dossier({"ectd", "plan", app(), "--plan", file, "--json"});
    INFO(again.err);
    REQUIRE(again.code == 0);
    const auto plan = parse_json(again.out);
    REQUIRE(plan);
    for (const Json& item : plan->find("operations")->items()) CHECK(item.find("reason")->text() == "sent new in every sequence");
    CHECK(plan->find("unchanged")->integer() == static_cast<std::int64_t>(staying));
}

} // namespace test
