#include "ectd/waivers.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "core/fold.hpp"
#include "core/path.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"

namespace dossier::ectd {

namespace {

const std::vector<std::string> keys = {"rule", "sequence", "path", "reason", "who", "until"};

// "1", as spreadsheets keep it, is 0001.
std::string with_zeros(std::string sequence) {
    const bool is_number = sequence.find_first_not_of("0123456789") == std::string::npos;
    if (is_number && !sequence.empty() && sequence.size() < 4) sequence.insert(0, 4 - sequence.size(), '0');
    return sequence;
}

class WaiverReader {
public:
    void add(const std::function<std::string(const std::string&)>& value, const Place& place) {
        Waiver waiver{value("rule"), with_zeros(value("sequence")), value("path"), value("reason"), value("who"), std::nullopt, place};
        if (waiver.rule.empty()) fail(place, "a waiver names no rule", "write the rule's id or number under rule");
        if (seen_text(waiver.reason).empty()) fail(place, "a waiver gives no reason", "write under reason why the finding may stay");
        if (seen_text(waiver.who).empty()) fail(place, "nobody answers for a waiver", "write under who whose decision it is");
        if (const std::string until = value("until"); !until.empty()) {
            waiver.until = parse_date(until);
            if (!waiver.until) fail(place, fill("until is {}, which is no date", until), "write YYYY-MM-DD");
        }
        waivers_.push_back(std::move(waiver));
    }
    void fail(const Place& place, const std::string& message, const std::string& remedy) {
        errors_.emplace_back(ErrorKind::invalid, message, place, remedy);
    }
    void fail(std::vector<Error> errors) {
        for (Error& error : errors) errors_.push_back(std::move(error));
    }
    Result<std::vector<Waiver>> finish(const std::string& path) {
        if (errors_.empty()) return std::move(waivers_);
        if (errors_.size() == 1) return errors_.front();
        Error error(ErrorKind::invalid, fill("the list of waivers has {} errors", errors_.size()), {path});
        error.details = std::move(errors_);
        return error;
    }

private:
    std::vector<Waiver> waivers_;
    std::vector<Error> errors_;
};

Result<std::vector<Waiver>> read_yaml(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(const std::string bytes, read_file(fs, path));
    DOSSIER_TRY(const Yaml root, parse_yaml(bytes, path));
    WaiverReader reader;
    reader.fail(root.unknown_keys({"waivers"}));
    const Yaml* list = root.find("waivers");
    if (!list || list->kind != Yaml::Kind::list)
        return Error(ErrorKind::invalid, "there is no list of waivers", {path}, "begin it with waivers:");
    for (const Yaml& item : list->list) {
        reader.fail(item.unknown_keys(keys));
        reader.add([&](const std::string& key) { return std::string(trim(item.text(key))); }, item.place());
    }
    return reader.finish(path);
}

bool is_like(std::string_view text, std::string_view pattern) {
    std::size_t at = 0, in_pattern = 0, after_star = std::string_view::npos, star_took = 0;
    while (at < text.size()) {
        if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
            after_star = ++in_pattern;
            star_took = at;
        } else if (in_pattern < pattern.size() && pattern[in_pattern] == text[at]) {
            ++at;
            ++in_pattern;
        } else if (after_star != std::string_view::npos) { // the last star takes one character more
            at = ++star_took;
            in_pattern = after_star;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

bool meets(const Waiver& waiver, const ValidationReport& report, const Finding& finding) {
    if (!waiver.sequence.empty() && waiver.sequence != report.target) return false;
    if (waiver.rule != finding.rule && waiver.rule != finding.number && "dossier:" + waiver.rule != finding.rule) return false;
    return waiver.path.empty() || is_like(finding.path, waiver.path);
}

bool is_over(const Waiver& waiver, Date as_of) { return waiver.until && *waiver.until < as_of; }

std::string words(const Waiver& waiver) {
    return fill("the waiver of {}{} ({}, line {})", waiver.rule, waiver.path.empty() ? "" : " for " + waiver.path,
                path::file_name(waiver.at.path), waiver.at.line);
}

} // namespace

Result<std::vector<Waiver>> read_waivers(FileSystem& fs, const std::string& path) {
    const std::string extension = to_lower(path::extension(path));
    if (extension == "yaml" || extension == "yml") return read_yaml(fs, path);
    std::vector<TableColumn> columns;
    for (const std::string& key : keys) columns.push_back({key, {}, key == "rule" || key == "reason" || key == "who"});
    DOSSIER_TRY(const Table table, read_table(fs, path, columns));
    WaiverReader reader;
    for (const TableRow& row : table.rows) reader.add([&](const std::string& key) { return row.cell(key); }, table.place(row));
    return reader.finish(path);
}

namespace {

// The waiver is of a rule that the report's set does not have: the nearest one that it has, where there is one. None: it has the rule.
std::optional<std::string> unknown_rule(const Waiver& waiver, const ValidationReport& report) {
    std::set<std::string> ids(report.passed.begin(), report.passed.end());
    for (const auto* list : {&report.not_run, &report.not_applicable})
        for (const RuleOutcome& outcome : *list) ids.insert(outcome.rule);
    for (const Finding& finding : report.findings) ids.insert(finding.rule);
    for (const WaivedFinding& waived : report.waived) ids.insert(waived.finding.rule);
    std::vector<std::string> names;
    for (const std::string& id : ids) {
        names.push_back(id);
        names.push_back(id.substr(id.find(':') + 1)); // its number, or the short name of a house rule
    }
    if (std::find(names.begin(), names.end(), waiver.rule) != names.end()) return std::nullopt;
    return nearest(waiver.rule, names);
}

std::string unmet_words(const Waiver& waiver, const ValidationReport& report) {
    const auto near = unknown_rule(waiver, report);
    if (!near) return words(waiver) + " meets no finding";
    return fill("{} names a rule that {} does not have{}", words(waiver), report.rules, near->empty() ? "" : fill(": is {} meant?", *near));
}

} // namespace

void apply_waivers(const std::vector<Waiver>& waivers, std::vector<ValidationReport>& reports) {
    std::vector<bool> met(waivers.size(), false);
    for (ValidationReport& report : reports) {
        std::vector<Finding> kept;
        for (Finding& finding : report.findings) {
            const Waiver* by = nullptr;
            for (std::size_t i = 0; i < waivers.size(); ++i) {
                if (!meets(waivers[i], report, finding)) continue;
                met[i] = true;
                if (!by && !is_over(waivers[i], report.as_of)) by = &waivers[i];
            }
            if (by)
                report.waived.push_back({std::move(finding), by->reason, by->who, by->until});
            else
                kept.push_back(std::move(finding));
        }
        report.findings = std::move(kept);
        judge(report);
    }
    for (std::size_t i = 0; i < waivers.size(); ++i)
        for (ValidationReport& report : reports) {
            if (!waivers[i].sequence.empty() && waivers[i].sequence != report.target) continue;
            if (is_over(waivers[i], report.as_of))
                report.notes.push_back(fill("{} was good until {}: it is over", words(waivers[i]), waivers[i].until->text()));
            else if (!met[i])
                report.notes.push_back(unmet_words(waivers[i], report));
            if (waivers[i].sequence.empty()) break; // said once
        }
}

} // namespace dossier::ectd
