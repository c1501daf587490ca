// Correcting the index of what is filed: the bytes stay, what they were filed as changes, with the reason in the audit trail.
#include <algorithm>
#include <map>
#include <set>

#include "core/fold.hpp"
#include "core/text.hpp"
#include "tmf/certified_copy.hpp"
#include "tmf/evidence.hpp"
#include "tmf/reopening.hpp"
#include "tmf/resaved_cells.hpp"
#include "tmf/review.hpp"
#include "tmf/sealing.hpp"
#include "tmf/shared_corrections.hpp"
#include "tmf/study_apply.hpp"

namespace dossier::tmf {

namespace {

std::vector<TableColumn> columns_of_corrections() {
    std::vector<TableColumn> columns = {
        {"document", {"document_id"}, true},
        {"artifact", {"artifact_number", "tmf_artifact"}, false},
        {"sub_artifact", {"subartifact", "record_type"}, false},
        {"title", {"document_title"}, false},
        {"country", {"country_code"}, false},
        {"site", {"site_id", "site_number"}, false},
        {"person", {"persons", "person_id"}, false},
        {"event", {"events", "event_id"}, false},
        {"date", {"document_date", "artifact_date"}, false},
        {"expires", {"expiry", "expiry_date", "expiration_date"}, false},
        {"version", {"document_version"}, false},
        {"status", {"document_status"}, false},
        {"language", {}, false},
        {"restricted", {}, false},
    };
    columns.insert(columns.end(), copy_columns().begin(), copy_columns().end());
    return columns;
}

std::string date_text(const OptionalDate& date) { return date ? date->text() : ""; }

TableRow current_row(const StoredDocument& stored, const VersionRecord& version) {
    TableRow row;
    const auto set = [&row](const char* column, const std::string& text) {
        if (!text.empty()) row.cells[column] = text;
    };
    set("artifact", fill("{:03}", stored.document.unique_id));
    set("sub_artifact", stored.document.sub_artifact);
    set("country", stored.document.country);
    set("site", stored.document.site);
    set("restricted", stored.document.restricted ? "yes" : "no");
    set("title", version.title);
    set("person", version.person);
    set("event", version.event);
    set("language", version.language);
    set("date", date_text(version.date));
    set("expires", date_text(version.expires));
    set("version", version.label);
    set("pointer", version.pointer);
    put_certified_copy(version.copy, row);
    return row;
}

std::optional<Error> emptied_in_vain(const std::map<std::string, std::string>& cells, std::string& column) {
    for (const auto& [name, text] : cells) {
        if (text != "-" || may_be_emptied(name)) continue;
        column = name;
        return Error(ErrorKind::invalid, fill("{} cannot be emptied", name), {}, "write the right value, or leave it out");
    }
    return std::nullopt;
}

void overlay(TableRow& row, const std::map<std::string, std::string>& cells) {
    // A new place is a new place as a whole: the old country must not linger beside a new site.
    if (cells.count("site") > 0 && cells.count("country") == 0 && cells.at("site") != "-") row.cells.erase("country");
    // Parts are an artifact's own: another artifact, and no part unless one is named.
    if (cells.count("artifact") > 0 && cells.count("sub_artifact") == 0) row.cells.erase("sub_artifact");
    for (const auto& [column, text] : cells) {
        if (text == "-")
            row.cells.erase(column);
        else
            row.cells[column] = text;
    }
}

class Reindexing {
public:
    Reindexing(Repository& repository, const RowContext& context, const std::string& reason, const Horizon& horizon)
        : repository_(repository), context_(context), check_(context), reason_(reason), horizon_(horizon) {}

    Result<std::vector<Corrected>> run(const std::vector<Correction>& corrections, bool dry_run) {
        DOSSIER_TRY(last_review_, repository_.ledger().last_review());
        for (const Correction& correction : corrections) add(correction);
        if (errors_.size() == 1) return errors_.front();
        if (!errors_.empty()) {
            Error all(ErrorKind::invalid, fill("{} errors; nothing was changed", errors_.size()), {errors_.front().where.path});
            all.details = std::move(errors_);
            return all;
        }
        if (!changes_.empty() && !dry_run) DOSSIER_CHECK(repository_.ledger().commit(context_.author, changes_));
        return std::move(done_);
    }

private:
    void add(Correction correction) {
        auto found = find_version(repository_.ledger(), correction.version);
        if (!found) return fail(correction, found.error());
        const DocumentRecord before = found->stored.document;
        const VersionRecord old_version = found->version;
        if (before.study != context_.study.id)
            return fail(correction, Error(ErrorKind::invalid, fill("{} belongs to study {}", document_id(before.number), before.study)));
        if (!seen_.insert({old_version.document, old_version.number}).second)
            return fail(correction,
                        Error(ErrorKind::invalid, fill("{} is corrected twice in one go", version_id(before.number, old_version.number)),
                              {}, "one row for each version"));
        if (const auto error = number_for_label(correction, found->stored, old_version)) return fail(correction, *error, "version");
        TableRow row = current_row(found->stored, old_version);
        std::vector<std::string> left;
        if (correction.where.line > 0) // of a list; a value for one document is meant as it is written
            left = leave_resaved(correction.cells, row, context_.study, version_id(before.number, old_version.number));
        std::string emptied;
        if (const auto error = emptied_in_vain(correction.cells, emptied)) return fail(correction, *error, emptied);
        leave_artifact(correction, before);
        overlay(row, correction.cells);
        if (const auto error = unsaid_restriction(correction, before, row)) return fail(correction, *error);
        auto checked = check(correction, found->stored, old_version, row);
        if (!checked) return;
        if (const auto error = shared_.leave_shared(before, checked->document, correction.cells)) return fail(correction, *error);
        if (const auto* const earlier = shared_.find(before.number)) { // on top of what the rows before say
            found->stored = earlier->stored;
            found->version = *std::find_if(found->stored.versions.begin(), found->stored.versions.end(),
                                           [&](const VersionRecord& version) { return version.number == old_version.number; });
            row = current_row(found->stored, found->version);
            overlay(row, correction.cells);
            checked = check(correction, found->stored, found->version, row);
            if (!checked) return;
        }
        take(correction, found->stored, found->version, *checked, std::move(left));
    }

    // The row that a correction makes of a version, with the notes that the version as it was did not have. Nothing: there are errors.
    std::optional<CheckedRow> check(const Correction& correction, const StoredDocument& stored, const VersionRecord& version,
                                    const TableRow& row) {
        const auto place_in_row = [&](const std::string& column) { return place(correction, column); };
        std::vector<Error> errors, known;
        const CheckedRow as_it_was = check_.check(current_row(stored, version), place_in_row, known);
        CheckedRow checked = check_.check(row, place_in_row, errors);
        std::erase_if(checked.notes, [&as_it_was](const std::string& note) {
            return std::find(as_it_was.notes.begin(), as_it_was.notes.end(), note) != as_it_was.notes.end();
        });
        errors_.insert(errors_.end(), errors.begin(), errors.end());
        if (!errors.empty()) return std::nullopt;
        return checked;
    }

    // A list of documents as they are names their artifacts, too: that moves none, and takes no part away.
    void leave_artifact(Correction& correction, const DocumentRecord& before) const {
        const auto said = correction.cells.find("artifact");
        if (said == correction.cells.end()) return;
        const auto artifact = find_artifact(context_.catalogue, said->second);
        if (artifact && (*artifact)->unique_id == before.unique_id) correction.cells.erase(said);
    }

    // `tmf list` shows the number of a version under that name: without its labels nobody can tell which of the two a list means.
    static std::optional<Error> number_for_label(Correction& correction, const StoredDocument& stored, const VersionRecord& version) {
        const auto said = correction.cells.find("version");
        if (correction.where.line == 0 || correction.version.version != 0 || said == correction.cells.end()) return std::nullopt;
        const auto number = std::find_if(stored.versions.begin(), stored.versions.end(),
                                         [&](const VersionRecord& other) { return fill("{}", other.number) == said->second; });
        if (number == stored.versions.end()) return std::nullopt;
        if (number->number == version.number && label_key(said->second) == label_key(version.label)) {
            correction.cells.erase(said); // the same version in both meanings
            return std::nullopt;
        }
        return Error(ErrorKind::invalid,
                     fill("version {} may be the number of {}, as a list shows it, or a new label of {}", said->second,
                          version_id(number->document, number->number), version_id(version.document, version.number)),
                     {},
                     fill("write {} in document where the number is meant, and what a version is called in a column label",
                          version_id(number->document, number->number)));
    }

    // As filing: each version has a label of its own, but for copies of one version that were signed.
    Result<void> check_label(const StoredDocument& stored, const VersionRecord& old_version, const std::string& label) {
        if (label.empty() || label_key(label) == label_key(old_version.label)) return {};
        DOSSIER_TRY(const int signed_first, first_signed_version(repository_.ledger(), old_version.document, old_version.number));
        for (const VersionRecord& other : stored.versions) {
            if (other.number == old_version.number || label_key(other.label) != label_key(label)) continue;
            DOSSIER_TRY(const int of_other, first_signed_version(repository_.ledger(), other.document, other.number));
            if (of_other == signed_first) continue;
            return Error(ErrorKind::conflict,
                         fill("{} has the label {} already{}", version_id(other.document, other.number), label,
                              other.label == label ? std::string() : fill(" (as {})", other.label)),
                         {}, "give each version its own; correct the other one first where it is the wrong one");
        }
        return {};
    }

    void take(const Correction& correction, const StoredDocument& stored, const VersionRecord& old_version, const CheckedRow& checked,
              std::vector<std::string> left) {
        const DocumentRecord& before = stored.document;
        if (before.restricted && !checked.document.restricted) // here, not at the commit: the dry run ends before it
            return fail(correction, restriction_stays(before.number), "restricted");
        DocumentRecord document = before;
        document.unique_id = checked.document.unique_id;
        document.sub_artifact = checked.document.sub_artifact;
        document.country = checked.document.country;
        document.site = checked.document.site;
        document.restricted = checked.document.restricted;
        VersionRecord version = old_version;
        version.title = checked.version.title;
        version.person = checked.version.person;
        version.event = checked.version.event;
        version.language = checked.version.language;
        version.date = checked.version.date;
        version.expires = checked.version.expires;
        version.label = checked.version.label;
        version.copy = checked.version.copy;
        if (const auto error = set_status(correction, version)) return fail(correction, *error);
        if (const auto labels = check_label(stored, old_version, version.label); !labels)
            return fail(correction, labels.error(), "version");
        Change change;
        change.action = "reindexed";
        change.study = before.study;
        change.object = fill("{}@{}", document_id(version.document), version.number);
        change.reason = reason_;
        change.old_value = Json::object({{"document", to_json(before)}, {"version", to_json(old_version)}});
        change.document = document;
        change.version = version;
        Corrected corrected{change.object, differences(change), {}, std::move(left)};
        if (corrected.changes.empty()) {
            if (!corrected.notes.empty()) done_.push_back(std::move(corrected));
            return;
        }
        corrected.notes.insert(corrected.notes.end(), checked.notes.begin(), checked.notes.end());
        const auto reviews = reviews_of(before.number);
        if (!reviews) return fail(correction, reviews.error());
        const ReopeningRules rules{context_.author, reason_, horizon_, is_index_demanded()};
        std::vector<Change> more; // behind the correction they come from
        corrected.reopened = reopen_index_checks(rules, stored, *reviews, last_review_, change, more);
        shared_.take(stored, *reviews, change, more);
        changes_.push_back(std::move(change));
        changes_.insert(changes_.end(), more.begin(), more.end());
        done_.push_back(std::move(corrected));
    }

    Result<std::vector<ReviewRecord>> reviews_of(std::int64_t number) const {
        if (const auto* const earlier = shared_.find(number)) return earlier->reviews;
        return repository_.ledger().reviews("", number);
    }

    // An open document that is moved to an artifact for unblinded people: whether it may unblind has to be said.
    std::optional<Error> unsaid_restriction(const Correction& correction, const DocumentRecord& before, const TableRow& row) const {
        if (before.restricted || correction.cells.count("artifact") == 0 || correction.cells.count("restricted") > 0) return std::nullopt;
        const auto artifact = find_artifact(context_.catalogue, row.cell("artifact"));
        if (!artifact || !(*artifact)->restricted) return std::nullopt;
        return Error(ErrorKind::invalid,
                     fill("documents of {} {} are for unblinded people, and {} is open to all", (*artifact)->number, (*artifact)->name,
                          document_id(before.number)),
                     place(correction, "restricted"), "say restricted yes, or no where it unblinds nobody");
    }

    bool is_index_demanded() const {
        const auto& steps = context_.study.review_steps;
        return std::find(steps.begin(), steps.end(), ReviewStep::index) != steps.end();
    }

    std::optional<Error> set_status(const Correction& correction, VersionRecord& version) const {
        const auto status = correction.cells.find("status");
        if (status == correction.cells.end()) return std::nullopt;
        if (to_lower(status->second) == "final" && !version.final) {
            version.final = context_.today();
            version.carried.final = false;
        }
        if (to_lower(status->second) == "draft" && version.final) {
            if (version.accepted)
                return Error(ErrorKind::conflict, fill("it was accepted on {} and cannot be a draft again", version.accepted->text()), {},
                             "reject it, or file a new version");
            version.final.reset();
            version.carried.final = false;
        }
        return std::nullopt;
    }

    static std::vector<std::string> differences(const Change& change) {
        std::vector<std::string> lines;
        const Json now = new_value_of(change);
        for (const char* part : {"document", "version"})
            for (std::string line :
                 describe_changes(Json::object({{part, *change.old_value.find(part)}}), Json::object({{part, *now.find(part)}})))
                lines.push_back(line.substr(std::string_view(part).size() + 2));
        return lines;
    }

    static Place place(const Correction& correction, const std::string& column) {
        Place where = correction.where;
        if (where.line > 0) where.column = column;
        return where;
    }

    void fail(const Correction& correction, Error error, const std::string& column = "document") {
        error.where = place(correction, column);
        errors_.push_back(std::move(error));
    }

    Repository& repository_;
    const RowContext& context_;
    RowCheck check_;
    const std::string& reason_;
    const Horizon& horizon_;
    std::int64_t last_review_ = 0;
    std::vector<Error> errors_;
    std::set<std::pair<std::int64_t, int>> seen_; // documents and versions that have a row
    SharedCorrections shared_;
    std::vector<Change> changes_;
    std::vector<Corrected> done_;
};

} // namespace

const std::vector<TableColumn>& correction_columns() {
    static const std::vector<TableColumn> columns = columns_of_corrections();
    return columns;
}

bool may_be_emptied(const std::string& column) { return column != "artifact" && column != "status" && column != "restricted"; }

Result<std::vector<Corrected>> reindex(Repository& repository, const RowContext& context, const std::vector<Correction>& corrections,
                                       const std::string& reason, const Horizon& horizon, bool dry_run) {
    if (seen_text(reason).empty())
        return Error(ErrorKind::usage, "a correction needs a reason", {},
                     "add --reason with why it was wrong; it stays in the audit trail");
    return Reindexing(repository, context, reason, horizon).run(corrections, dry_run);
}

} // namespace dossier::tmf
