// A validation report as a page: head, causes, a table that sorts, the tree of the files with the findings on its nodes.
#include <algorithm>

#include "cli/page.hpp"
#include "cli/validation_words.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

using ectd::ValidationReport;

// A file or folder of the sequence, or one that a finding says is missing.
struct Node {
    std::map<std::string, Node> children;
    std::vector<std::size_t> findings; // of the report, at this very place
    bool is_there = false;
};

struct Tree {
    Node root;      // of the sequence folder
    Node elsewhere; // findings about what lies beside it: other sequences, litter of an archive; never said to be missing
};

Node& node_at(Node& root, const std::string& path) {
    Node* node = &root;
    for (const std::string& part : path::parts(path)) node = &node->children[part];
    return *node;
}

Tree tree_of(const ValidationReport& report) {
    Tree tree;
    for (const std::string& file : report.files) node_at(tree.root, file).is_there = true;
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        const std::string& path = report.findings[i].path;
        const bool beside = starts_with(path, "../");
        Node& node = beside ? node_at(tree.elsewhere, path.substr(3)) : node_at(tree.root, path);
        node.is_there = node.is_there || beside;
        node.findings.push_back(i);
    }
    return tree;
}

std::string rank_text(const std::string& severity) { return std::to_string(severity_rank(severity)); }

class PageXml {
public:
    explicit PageXml(const ValidationResult& result) : result_(result) {}

    std::string write(const std::string& css, const std::string& script) {
        writer_.declaration();
        writer_.start("validation", {{"name", result_.name}, {"noun", result_.noun}, {"tool", tool_name()}});
        for (const ValidationReport& report : result_.reports) write_report(report);
        for (const std::string& stranger : result_.strangers)
            write_empty(writer_, "stranger", {{"path", stranger}, {"reason", stranger_reason}});
        writer_.text_element("css", css);
        writer_.text_element("script", script);
        return writer_.finish();
    }

private:
    void write_report(const ValidationReport& report) {
        writer_.start("report", {{"target", report.target},
                                 {"application", report.application},
                                 {"verdict", ectd::to_text(report.verdict)},
                                 {"words", in_words(report.verdict)},
                                 {"rules", report.rules},
                                 {"edition", report.rules_version},
                                 {"as_of", report.as_of.text()},
                                 {"sha256", report.package_sha256},
                                 {"coverage", coverage_text(report)},
                                 {"counts", counts_text(report.counts)},
                                 {"waived", waived_text(report)},
                                 {"comparison", comparison_text(report)}});
        for (const std::string& note : report.notes) writer_.text_element("note", note);
        for (const Cause& cause : causes_of(report))
            write_empty(writer_, "cause",
                        {{"severity", cause.severity},
                         {"rank", rank_text(cause.severity)},
                         {"rule", cause.rule},
                         {"title", title_of(result_, cause.rule)},
                         {"count", std::to_string(cause.findings.size())},
                         {"remedy", report.findings[cause.findings.front()].remedy}});
        for (std::size_t i = 0; i < report.findings.size(); ++i)
            write_finding("finding", report.findings[i], !report.comparison ? "" : report.comparison->is_new[i] ? "new" : "known");
        if (report.comparison) {
            for (const Finding& finding : report.comparison->gone) write_finding("gone", finding, "");
            for (const Finding& finding : report.comparison->not_run) write_finding("earlier-not-run", finding, "");
        }
        for (const ectd::WaivedFinding& waived : report.waived)
            write_finding("waived-finding", waived.finding,
                          fill("{} ({}{})", waived.reason, waived.who, waived.until ? ", until " + waived.until->text() : ""));
        for (const RuleOutcome& outcome : report.not_run)
            write_empty(writer_, "not-run",
                        {{"rule", outcome.rule}, {"title", title_of(result_, outcome.rule)}, {"reason", outcome.reason}});
        const Tree tree = tree_of(report);
        write_node(report.target, tree.root, report);
        if (!tree.elsewhere.children.empty()) write_node("beside the sequence", tree.elsewhere, report);
        writer_.end();
    }

    void write_finding(const char* element, const Finding& finding, const std::string& more) {
        write_empty(writer_, element,
                    {{"severity", finding.severity},
                     {"rank", rank_text(finding.severity)},
                     {"rule", finding.rule},
                     {"path", finding.path},
                     {"location", finding.location},
                     {"message", finding.message},
                     {"remedy", finding.remedy},
                     {"more", more}});
    }

    struct Sum {
        std::size_t count = 0;
        int worst = -1;
    };

    static Sum sum_of(const Node& node, const ValidationReport& report) {
        Sum sum{node.findings.size(), -1};
        for (const std::size_t at : node.findings) sum.worst = std::max(sum.worst, severity_rank(report.findings[at].severity));
        for (const auto& [name, child] : node.children) {
            const Sum below = sum_of(child, report);
            sum.count += below.count;
            sum.worst = std::max(sum.worst, below.worst);
        }
        return sum;
    }

    void write_node(const std::string& name, const Node& node, const ValidationReport& report) {
        const Sum sum = sum_of(node, report);
        const bool is_file = node.children.empty();
        writer_.start(is_file ? "file" : "folder", {{"name", name},
                                                    {"count", std::to_string(sum.count)},
                                                    {"rank", std::to_string(sum.worst)},
                                                    {"missing", is_file && !node.is_there ? "yes" : ""}});
        for (const std::size_t at : node.findings) {
            const Finding& finding = report.findings[at];
            write_empty(writer_, "here",
                        {{"rule", finding.rule},
                         {"severity", finding.severity},
                         {"rank", rank_text(finding.severity)},
                         {"location", finding.location},
                         {"message", finding.message}});
        }
        for (const bool folders : {true, false}) // folders first, as file managers do
            for (const auto& [child_name, child] : node.children)
                if (child.children.empty() != folders) write_node(child_name, child, report);
        writer_.end();
    }

    const ValidationResult& result_;
    XmlWriter writer_;
};

} // namespace

Result<std::string> validation_html(const Context& context, const ValidationResult& result) {
    DOSSIER_TRY(const std::string css, context.templates.read("pages/page.css"));
    DOSSIER_TRY(const std::string more, context.templates.read("pages/validation.css"));
    DOSSIER_TRY(const std::string script, context.templates.read("pages/sort.js"));
    std::string subject = "Validation of " + result.name;
    if (!result.reports.empty()) subject += ", " + result.reports.front().as_of.text();
    return make_page(context, "pages/validation.xsl", PageXml(result).write(css + more + running_line(subject), script));
}

} // namespace dossier::cli
