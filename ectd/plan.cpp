#include "ectd/plan.hpp"

#include <algorithm>
#include <set>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"
#include "ectd/earlier_file.hpp"
#include "ectd/folder_names.hpp"
#include "ectd/history_check.hpp"
#include "ectd/leaf_matcher.hpp"
#include "ectd/leaf_place.hpp"
#include "ectd/node_extension.hpp"
#include "ectd/plan_absent.hpp"
#include "ectd/plan_explain.hpp"
#include "ectd/plan_ids.hpp"
#include "ectd/plan_paths.hpp"
#include "ectd/resent_notes.hpp"
#include "ectd/reserved_paths.hpp"
#include "ectd/row_matching.hpp"
#include "ectd/study_notes.hpp"

namespace dossier::ectd {

namespace {

std::string without_extension(const std::string& name) {
    const std::string extension = path::extension(name);
    return extension.empty() ? name : name.substr(0, name.size() - extension.size() - 1);
}

class Planner {
public:
    explicit Planner(const PlanRequest& request) : request_(request), digests_(request.known) {}

    Result<Plan> run() {
        auto lifecycle = std::make_shared<Lifecycle>(compute_lifecycle(*request_.history));
        plan_.sequence = request_.sequence;
        plan_.delta = request_.delta;
        plan_.study_files = request_.region.wants_stf();
        plan_.regional_leaf_id = regional_leaf_id(request_.region);
        plan_.first = request_.history->sequences.empty();
        plan_.history = request_.history;
        plan_.application = request_.application;
        plan_.table = request_.table;
        plan_.lifecycle = lifecycle;
        DOSSIER_CHECK(check_history());
        matcher_.emplace(*request_.history, *lifecycle, digests_);
        earlier_.emplace(request_.fs, *request_.history);
        resolve_rows();
        decide_rows();
        if (errors_.empty()) check_files();
        if (errors_.empty() && !request_.delta) add_deletes();
        if (errors_.empty()) errors_ = give_ids(plan_);
        if (errors_.empty()) errors_ = check_reserved_paths(plan_, request_.region);
        if (errors_.empty()) errors_ = check_folder_names(plan_, request_.catalogue.ctd);
        if (errors_.empty()) DOSSIER_CHECK(add_submission_form(plan_, request_));
        if (errors_.empty()) explain();
        return finish();
    }

private:
    Result<Plan> finish() {
        if (errors_.empty()) {
            std::stable_sort(plan_.operations.begin(), plan_.operations.end(),
                             [this](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
            return std::move(plan_);
        }
        std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) { return a.where.line < b.where.line; });
        if (errors_.size() == 1) return std::move(errors_.front());
        Error all(ErrorKind::invalid, fill("{} errors in the plan; nothing was changed", errors_.size()), {request_.table->path});
        all.details = std::move(errors_);
        return all;
    }

    // Module 1 first, then the headings of the standard (they lie in document order in the catalogue), rows in their order.
    std::pair<int, const templates::Heading*> order_of(const PlannedOperation& operation) const {
        return {operation.file == "index.xml" ? 1 : 0, lowest_heading(operation.steps)};
    }

    Result<void> check_history() {
        for (const Sequence& sequence : request_.history->sequences) {
            if (!sequence.index.present || !sequence.regional.present)
                return Error(ErrorKind::invalid,
                             fill("sequence {} has no {}, so what the application contains is not known", sequence.folder,
                                  sequence.index.present ? sequence.regional.file : sequence.index.file),
                             {path::join(request_.history->folder, sequence.folder)}, "put the complete sequence there");
            if (!sequence.problems.empty()) return sequence.problems.front();
        }
        for (Error& error : unknown_history(*request_.history, *plan_.lifecycle)) {
            if (request_.building) return std::move(error);
            plan_.notes.push_back("before this can be built: " + to_text(error));
        }
        for (std::string& note : dead_targets(*request_.history, *plan_.lifecycle)) plan_.notes.push_back(std::move(note));
        return {};
    }

    void complain(const PlanRow& row, const std::string& column, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), row.at(column), std::move(remedy));
    }

    void resolve_rows() {
        auto leaves = std::make_shared<std::vector<PlannedLeaf>>();
        leaves->reserve(request_.table->rows.size());
        std::set<std::string> studies;
        for (const Sequence& sequence : request_.history->sequences)
            for (const Stf& stf : sequence.stfs) studies.insert(stf.study_id);
        std::map<std::string, std::set<std::string>> values;
        for (const Leaf* leaf : matcher_->index().first_of_places())
            for (const auto& [name, value] : leaf->place->attributes) values[name].insert(value);
        const RowContext context{request_.catalogue, request_.region, *request_.application, request_.source, studies, values};
        std::map<std::string, std::string> path_of_source; // one file under several headings is one path with several leaves
        for (const PlanRow& row : request_.table->rows) {
            auto leaf = resolve_row(context, row, errors_);
            if (!leaf) continue;
            if (leaf->content) {
                const auto first = path_of_source.emplace(leaf->content->path, leaf->path);
                if (!first.second && row.path.empty()) leaf->path = first.first->second;
            }
            plan_.notes.insert(plan_.notes.end(), leaf->notes.begin(), leaf->notes.end());
            leaves->push_back(std::move(*leaf));
        }
        leaves_ = leaves.get();
        plan_.leaves = std::move(leaves);
    }

    // Rows with errors are not matched; what the others certainly lack is told together with these errors.
    void decide_rows() {
        std::vector<Error> errors;
        matching_ = match_rows(*leaves_, *matcher_, request_.delta, errors);
        if (!errors_.empty()) {
            for (std::size_t i = 0; i < leaves_->size(); ++i)
                if (!matching_.targets[i]) complain_when_sent((*leaves_)[i]);
            return;
        }
        errors_ = std::move(errors);
        if (!errors_.empty()) return;
        read_what_is_compared();
        for (std::size_t i = 0; i < leaves_->size(); ++i) decide((*leaves_)[i], matching_.targets[i]);
        for (const PlannedOperation& item : plan_.operations)
            if ((item.operation == "replace" || item.operation == "delete") && item.planned && matching_.appended_to.count(item.target) > 0)
                complain(*item.planned->row, "operation", fill("{} is also appended to in this plan", item.target->at.text()),
                         "a leaf that is replaced or deleted takes no appendix: append to its replacement in a later sequence");
    }

    void read_what_is_compared() {
        std::vector<const Content*> contents;
        for (std::size_t i = 0; i < leaves_->size(); ++i) {
            const auto& content = (*leaves_)[i].content;
            if (!matching_.targets[i] || !content) continue;
            const EarlierFile* own = earlier_->find(*content);
            if (!own || !earlier_->is_as_written(*own)) contents.push_back(&*content);
        }
        digests_.read(contents);
    }

    void complain_when_sent(const PlannedLeaf& planned) {
        errors_.insert(errors_.end(), planned.when_sent.begin(), planned.when_sent.end());
    }

    void check_files() {
        std::set<const PlannedLeaf*> sent, copied;
        for (const PlannedOperation& item : plan_.operations) {
            if (!item.planned || item.operation == "delete") continue;
            sent.insert(item.planned);
            if (!item.reused.empty()) continue;
            copied.insert(item.planned);
            note_long_path(*item.planned);
        }
        errors_ = check_paths(*leaves_, sent, copied);
    }

    void note_long_path(const PlannedLeaf& planned) {
        const std::size_t advised = request_.region.advised_path_length(), length = planned.path.size();
        if (advised == 0 || length <= advised) return;
        const std::string message = fill("the path has {} characters, the agency advises at most {}: {}", length, advised, planned.path);
        plan_.notes.push_back(to_text(Error(ErrorKind::invalid, message, planned.row->at("path"), "write a shorter one in path")));
    }

    void decide(const PlannedLeaf& planned, const Leaf* target) {
        const std::string& wish = planned.row->operation;
        if (wish == "delete") {
            if (target) return add(planned, "delete", target, "the plan says so");
            if (planned.row->replaces.empty())
                complain(*planned.row, "operation", "there is no current leaf to delete here",
                         "name it in replaces as 0001#ID; ectd plan --export FILE lists the current leaves with their ids");
            return;
        }
        if ((wish == "replace" || wish == "append") && !target) {
            if (planned.row->replaces.empty())
                complain(*planned.row, "operation", fill("there is no current leaf to {} here", wish), "name it in replaces: 0001#ID");
            return;
        }
        if (wish == "new" && target)
            return complain(*planned.row, "operation", fill("{} is there already and current", target->at.text()),
                            "leave operation empty, or give the row another path");
        if (!planned.content) {
            plan_.without_source.push_back(planned.row);
            return;
        }
        if (!target) return add_new(planned);
        if (wish == "append") return add(planned, "append", target, "the plan says so");
        compare(planned, target);
    }

    void add_new(const PlannedLeaf& planned) {
        std::string reason = planned.per_sequence() ? "sent new in every sequence" : "not in the current view";
        if (!planned.row->extensions.empty() && !matcher_->is_place_known(planned)) {
            const auto opened = open_node_extension(request_.catalogue, *request_.application, *planned.heading, planned.row->extensions);
            if (!opened) return complain(*planned.row, "extension", opened.error().message, opened.error().remedy);
            reason += "; " + opened->reason;
            if (!opened->caution.empty() && std::count(plan_.notes.begin(), plan_.notes.end(), opened->caution) == 0)
                plan_.notes.push_back(opened->caution);
        }
        add(planned, "new", nullptr, reason);
    }

    void compare(const PlannedLeaf& planned, const Leaf* target) {
        const EarlierFile* own = earlier_->find(*planned.content);
        if (own && own->path == target->path && earlier_->is_as_written(*own)) return compare_words(planned, target); // nothing to hash
        const auto md5 = digests_.of(*planned.content);
        if (!md5) return complain(*planned.row, "source", md5.error().message, md5.error().remedy);
        std::string earlier = to_lower(target->checksum);
        if (earlier.empty()) // allowed in the US module 1
            if (const auto file = digests_.of({request_.fs, path::join(request_.history->folder, target->path), {}})) earlier = file->hex();
        const bool same_bytes = earlier == md5->hex();
        if (!same_bytes) return add(planned, "replace", target, fill("other bytes than {}", target->at.text()));
        compare_words(planned, target);
    }

    // Of a leaf whose bytes stay.
    void compare_words(const PlannedLeaf& planned, const Leaf* target) {
        const std::string& title = planned.row->title;
        if (const std::string change = matcher_->changed_tags(planned, *target); !change.empty()) {
            add(planned, "replace", target, change + "; the file is the same and is not sent again");
            keep_file_of(*target);
            return;
        }
        if (title.empty() || title == target->title) {
            if (planned.row->operation != "replace") return plan_.unchanged.push_back(target);
            return add(planned, "replace", target, "same bytes; the plan asks for a replace");
        }
        add(planned, "replace", target, fill("the title changed from \"{}\"; the file is the same and is not sent again", target->title));
        keep_file_of(*target);
    }

    void keep_file_of(const Leaf& target) {
        plan_.operations.back().reused = target.path;
        plan_.operations.back().reused_checksum = to_lower(target.checksum);
    }

    void add(const PlannedLeaf& planned, const std::string& operation, const Leaf* target, std::string reason) {
        complain_when_sent(planned);
        PlannedOperation item;
        item.operation = operation;
        item.planned = &planned;
        item.target = target;
        item.steps = planned.steps;
        if (target)
            add_extensions(item.steps, *target);
        else
            for (const std::string& title : planned.row->extensions) item.steps.push_back({nullptr, {}, title});
        item.file = planned.file;
        item.section = planned.heading->number;
        item.title = !planned.row->title.empty() ? planned.row->title
                     : target                    ? target->title
                                                 : without_extension(planned.content ? planned.content->name : planned.path);
        item.path = operation == "delete" && target ? std::string(path_in_sequence(*target)) : planned.path;
        item.source = planned.row->source;
        item.study = planned.row->study;
        item.reason = std::move(reason);
        if (operation != "delete" && !planned.per_sequence()) refer_to_earlier(item);
        plan_.operations.push_back(std::move(item));
    }

    void refer_to_earlier(PlannedOperation& item) {
        const EarlierFile* file = earlier_->find(*item.planned->content);
        if (!file) return;
        if (const auto unchanged = earlier_->check_unchanged(*file, digests_); !unchanged)
            return complain(*item.planned->row, "source", unchanged.error().message, unchanged.error().remedy);
        item.reused = file->path;
        item.reused_checksum = to_lower(file->leaf->checksum);
        item.reason += fill("; its file is {} and is not sent again", file->path);
    }

    void add_deletes() {
        for (PlannedOperation& item : delete_absent(request_, *matcher_, matching_.appended_to, errors_))
            plan_.operations.push_back(std::move(item));
    }

    void explain() {
        for (const std::string& fact : request_.region.uncertain()) plan_.notes.push_back("not certain: " + fact);
        explain_moves(plan_, digests_);
        explain_new_nodes(plan_, *matcher_, request_.catalogue.ctd, request_.region.module1());
        explain_likely_targets(plan_, *matcher_);
        note_studies(plan_, request_.catalogue);
        note_resent(plan_, digests_);
        note_shared_folders(plan_, request_.catalogue.ctd);
        note_attribute_twins(plan_, *matcher_, request_.catalogue.ctd, request_.region.module1());
    }

    const PlanRequest& request_;
    Plan plan_;
    std::vector<Error> errors_;
    const std::vector<PlannedLeaf>* leaves_ = nullptr;
    ContentDigests digests_;
    std::optional<LeafMatcher> matcher_;
    std::optional<EarlierFiles> earlier_;
    RowMatching matching_;
};

} // namespace

Result<Plan> make_plan(const PlanRequest& request) { return Planner(request).run(); }

} // namespace dossier::ectd
