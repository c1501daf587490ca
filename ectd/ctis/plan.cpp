#include "ectd/ctis/plan.hpp"

#include <algorithm>
#include <tuple>

#include "core/digest.hpp"
#include "core/text.hpp"
#include "ectd/ctis/head_check.hpp"
#include "ectd/ctis/row_check.hpp"
#include "ectd/ctis/twin_notes.hpp"

namespace dossier::ectd::ctis {

namespace {

class Planner {
public:
    explicit Planner(const PlanRequest& request) : request_(request) {}

    Result<Plan> run() {
        std::vector<Error> head_errors;
        plan_.contents = read_head(request_.catalogue, request_.application, request_.number, request_.before, head_errors);
        if (request_.building)
            errors_ = std::move(head_errors);
        else
            for (const Error& error : head_errors) plan_.notes.push_back("before this can be built: " + dossier::to_text(error));
        resolve_rows();
        check_twice();
        if (errors_.empty()) compare();
        if (errors_.empty() && !request_.delta) withdraw_absent();
        if (errors_.empty()) carry_over();
        for (std::string& note : twin_notes(request_.catalogue, plan_.contents)) plan_.notes.push_back(std::move(note));
        return finish();
    }

private:
    void complain(const Row& row, const std::string& column, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), row.at(column), std::move(remedy));
    }

    Result<Plan> finish() {
        if (!errors_.empty()) {
            if (errors_.size() == 1) return std::move(errors_.front());
            Error all(ErrorKind::invalid, fill("{} errors; nothing was changed", errors_.size()), {request_.table.path});
            all.details = std::move(errors_);
            return all;
        }
        std::stable_sort(plan_.contents.documents.begin(), plan_.contents.documents.end(),
                         [this](const Document& a, const Document& b) { return order_of(a) < order_of(b); });
        return std::move(plan_);
    }

    std::tuple<const void*, std::string, std::string> order_of(const Document& document) const {
        return {request_.catalogue.document(document.code), document.country, document.site}; // kinds lie in the order of the Annex
    }

    void resolve_rows() {
        const RowContext context{request_.catalogue, plan_.contents, request_.source};
        for (const Row& row : request_.table.rows) {
            auto planned = resolve_row(context, row, errors_);
            if (planned) rows_.push_back(std::move(*planned));
        }
    }

    void check_twice() {
        std::map<std::string, const Row*> keys, paths;
        for (const PlannedDocument& item : rows_) {
            if (item.row->waits()) continue;
            if (const auto [first, fresh] = keys.emplace(item.document.key(), item.row); !fresh)
                complain(*item.row, "title", fill("row {} is the same document: {}", first->second->place.line, item.document.shown()),
                         "give the two titles that differ, or remove one of the rows");
            else if (item.content)
                if (const auto [place, free] = paths.emplace(to_lower(item.document.path), item.row); !free)
                    complain(*item.row, "title",
                             fill("the file would be called as that of row {}: {}", place->second->place.line, item.document.path),
                             "give the two titles that differ in letters or digits");
        }
    }

    const Document* before(const Document& document) const {
        if (!request_.before) return nullptr;
        for (const Document& item : request_.before->documents)
            if (item.key() == document.key()) return &item;
        return nullptr;
    }

    void compare() {
        for (PlannedDocument& item : rows_) {
            const Document* earlier = before(item.document);
            if (item.row->waits()) {
                plan_.waiting.push_back(item.row);
                if (earlier) keep(*earlier, "its row waits for a document");
            } else if (item.content) {
                bring(item, earlier);
            } else {
                state(item.document, earlier);
            }
        }
    }

    void keep(const Document& earlier, std::string why) {
        Document document = earlier;
        document.operation = "unchanged";
        document.why = std::move(why);
        plan_.contents.documents.push_back(std::move(document));
    }

    void bring(PlannedDocument& item, const Document* earlier) {
        auto digests = digests_of_content(*item.content, request_.known);
        if (!digests) return errors_.push_back(std::move(digests).error());
        Document& document = item.document;
        document.sha256 = digests->sha256.hex();
        document.bytes = digests->size;
        document.dossier = request_.number.text();
        document.origin = item.content->origin;
        document.operation = earlier ? "replace" : "new";
        document.why = !earlier ? "the dossiers before have none like it" : what_changed(document, *earlier);
        if (earlier && document.why.empty()) return keep(*earlier, "the same file");
        plan_.sources.emplace(document.path, PlannedFile{std::move(*item.content), digests->md5});
        plan_.contents.documents.push_back(std::move(document));
    }

    // Empty: nothing.
    static std::string what_changed(const Document& now, const Document& then) {
        std::vector<std::string> changes;
        if (now.sha256 != then.sha256) changes.push_back(then.has_file() ? "other bytes" : "there is a file now");
        for (const auto& [what, is, was] :
             {std::tuple{"version", now.version, then.version}, std::tuple{"date", now.date, then.date},
              std::tuple{"protocol version", now.protocol_version, then.protocol_version}, std::tuple{"reason", now.reason, then.reason}})
            if (is != was) changes.push_back(fill("{} \"{}\" instead of \"{}\"", std::string_view(what), is, was));
        return join(changes, ", ");
    }

    void state(Document& document, const Document* earlier) {
        document.operation = !earlier ? "new" : earlier->reason == document.reason && !earlier->has_file() ? "unchanged" : "replace";
        document.why = "a reason instead of a file";
        plan_.contents.documents.push_back(std::move(document));
    }

    // Documents of a modification belong to their own dossier.
    bool is_past(const Document& document) const {
        const auto* kind = request_.catalogue.document(document.code);
        return kind && kind->part == templates::CtisPart::modification;
    }

    std::vector<const Document*> without_row() const {
        std::vector<const Document*> list;
        if (!request_.before) return list;
        std::map<std::string, bool> there;
        for (const Document& document : plan_.contents.documents) there[document.key()] = true;
        for (const Document& document : request_.before->documents)
            if (!is_past(document) && there.count(document.key()) == 0) list.push_back(&document);
        return list;
    }

    void withdraw_absent() {
        const auto absent = without_row();
        if (static_cast<std::int64_t>(absent.size()) > request_.allow_deletes) {
            Error error(ErrorKind::invalid,
                        fill("{} documents of the dossier before have no row and would be withdrawn; at most {} are without being asked",
                             absent.size(), request_.allow_deletes),
                        {request_.table.path},
                        fill("if that is meant, add --allow-deletes {}; if the plan lists only what this dossier brings, add --delta",
                             absent.size()));
            for (const Document* document : absent) error.details.emplace_back(ErrorKind::invalid, "no row for " + document->shown());
            return errors_.push_back(std::move(error));
        }
        for (const Document* document : absent) {
            plan_.contents.withdrawn.push_back(*document);
            plan_.contents.withdrawn.back().operation = "withdraw";
            plan_.contents.withdrawn.back().why = "the plan has no row for it";
        }
    }

    void carry_over() {
        if (!request_.delta) return;
        for (const Document* document : without_row()) keep(*document, "the plan says nothing about it");
    }

    const PlanRequest& request_;
    Plan plan_;
    std::vector<PlannedDocument> rows_;
    std::vector<Error> errors_;
};

} // namespace

Result<Plan> make_plan(const PlanRequest& request) { return Planner(request).run(); }

} // namespace dossier::ectd::ctis
