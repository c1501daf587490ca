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
#include "ectd/plan_compare.hpp"
#include "ectd/plan_explain.hpp"
#include "ectd/plan_ids.hpp"
#include "ectd/plan_moves.hpp"
#include "ectd/plan_near.hpp"
#include "ectd/plan_notes.hpp"
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
        matcher_.emplace(*request_.history, *lifecycle, digests_, plan_.study_files);
        earlier_.emplace(request_.fs, *request_.history);
        comparison_.emplace(request_, *matcher_, *earlier_, digests_);
        resolve_rows();
        decide_rows();
        check_files();
        if (errors_.empty() && !request_.delta) add_deletes();
        for (auto& found :
             {give_ids(plan_), check_reserved_paths(plan_, request_.region), check_folder_names(plan_, request_.catalogue.ctd)})
            errors_.insert(errors_.end(), found.begin(), found.end());
        if (errors_.empty()) DOSSIER_CHECK(add_submission_form(plan_, request_));
        if (errors_.empty()) explain();
        return finish();
    }

private:
    Result<Plan> finish() {
        if (errors_.empty()) {
            std::stable_sort(plan_.operations.begin(), plan_.operations.end(),
                             [this](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
            find_unchanged();
            return std::move(plan_);
        }
        std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) { return a.where.line < b.where.line; });
        if (errors_.size() == 1) return std::move(errors_.front());
        Error all(ErrorKind::invalid, fill("{} errors in the plan; nothing was changed", errors_.size()), {request_.table->path});
        all.details = std::move(errors_);
        return all;
    }

    void find_unchanged() {
        std::set<const Leaf*> ended;
        for (const PlannedOperation& item : plan_.operations)
            if (item.target && item.operation != "append") ended.insert(item.target);
        for (const Leaf* leaf : matcher_->index().all())
            if (ended.count(leaf) == 0 && !is_sent_each_time(*leaf, request_.catalogue.ctd, request_.region.module1()))
                plan_.unchanged.push_back(leaf);
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

    // Rows with errors are matched too: what they mean is not what another row means, and everything wrong with them is told at once.
    void decide_rows() {
        matching_ = match_rows(*leaves_, *matcher_, request_.delta, errors_);
        std::vector<std::pair<const PlannedLeaf*, const Leaf*>> pairs;
        for (std::size_t i = 0; i < leaves_->size(); ++i) pairs.emplace_back(&(*leaves_)[i], matching_.targets[i]);
        comparison_->read(pairs);
        for (std::size_t i = 0; i < leaves_->size(); ++i)
            if (!matching_.is_unclear[i]) decide(i);
        for (const PlannedOperation& item : plan_.operations)
            if ((item.operation == "replace" || item.operation == "delete") && item.planned && matching_.appended_to.count(item.target) > 0)
                complain(*item.planned->row, "operation", fill("{} is also appended to in this plan", item.target->at.text()),
                         "a leaf that is replaced or deleted takes no appendix: append to its replacement in a later sequence");
    }

    void complain_when_sent(const PlannedLeaf& planned) {
        errors_.insert(errors_.end(), planned.when_sent.begin(), planned.when_sent.end());
    }

    void check_files() {
        std::set<const PlannedLeaf*> sent, copied;
        for (const PlannedOperation& item : plan_.operations) {
            if (!item.planned || item.operation == "delete") continue;
            sent.insert(item.planned);
            if (!item.reused.empty() || has_illegal_path(*item.planned)) continue;
            copied.insert(item.planned);
            note_long_path(*item.planned);
        }
        for (Error& error : check_paths(*leaves_, sent, copied)) errors_.push_back(std::move(error));
    }

    static bool has_illegal_path(const PlannedLeaf& planned) {
        return std::any_of(planned.when_sent.begin(), planned.when_sent.end(),
                           [](const Error& error) { return error.where.column == "path"; });
    }

    void note_long_path(const PlannedLeaf& planned) {
        const std::size_t advised = request_.region.advised_path_length(), length = planned.path.size();
        if (advised == 0 || length <= advised) return;
        const std::string message = fill("the path has {} characters, the agency advises at most {}: {}", length, advised, planned.path);
        plan_.notes.push_back(to_text(Error(ErrorKind::invalid, message, planned.row->at("path"), "write a shorter one in path")));
    }

    void decide(std::size_t index) {
        const PlannedLeaf& planned = (*leaves_)[index];
        const Leaf* target = matching_.targets[index];
        const std::string& wish = planned.row->operation;
        if (!is_possible(planned, target)) return;
        if (planned.is_broken) {
            if (!target) complain_when_sent(planned);
            return;
        }
        if (wish == "delete") return add(planned, "delete", target, "the plan says so");
        if (!planned.content) {
            plan_.without_source.push_back(planned.row);
            return;
        }
        if (!target) return add_new(planned);
        if (wish == "append") return add(planned, "append", target, "the plan says so");
        compare(planned, target, matching_.by_path[index]);
    }

    // Whether what the row asks for can be done with the leaf that it meets, or with none.
    bool is_possible(const PlannedLeaf& planned, const Leaf* target) {
        const std::string& wish = planned.row->operation;
        if ((wish == "delete" || wish == "replace" || wish == "append") && !target) {
            const bool is_told = planned.per_sequence() || (wish == "append" && planned.row->id.empty());
            if (planned.row->replaces.empty() && !is_told)
                complain(*planned.row, "operation", fill("there is no current leaf to {} here", wish),
                         "name it in replaces as 0001#ID; ectd plan --export FILE lists the current leaves with their ids");
            return false;
        }
        if (wish == "new" && target) {
            complain(*planned.row, "operation", fill("{} \"{}\" is there already and current", target->at.text(), target->title),
                     "leave operation empty, or give the row another path");
            return false;
        }
        return true;
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

    void compare(const PlannedLeaf& planned, const Leaf* target, bool by_path) {
        const auto change = comparison_->compare(planned, *target);
        if (!change) return complain(*planned.row, "source", change.error().message, change.error().remedy);
        if (change->what.empty()) {
            if (planned.row->operation == "replace") add(planned, "replace", target, "same bytes; the plan asks for a replace");
            return;
        }
        add(planned, "replace", target, change->what);
        if (change->same_bytes) return keep_file_of(*target);
        const std::string& title = planned.row->title;
        plan_.operations.back().met_by_path_alone = by_path && !title.empty() && title != target->title;
    }

    void keep_file_of(const Leaf& target) {
        plan_.operations.back().reused = target.path;
        plan_.operations.back().reused_checksum = to_lower(target.checksum());
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
        item.language = planned.row->language.empty() && target ? target->language() : planned.row->language;
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
        item.reused_checksum = to_lower(file->leaf->checksum());
        item.reason += fill("; its file is {} and is not sent again", file->path);
    }

    void add_deletes() {
        Moves moves(plan_.operations, digests_);
        for (PlannedOperation& item : delete_absent(request_, *matcher_, matching_.appended_to, moves, errors_))
            plan_.operations.push_back(std::move(item));
    }

    void explain() {
        const templates::HeadingTree &ctd = request_.catalogue.ctd, &module1 = request_.region.module1();
        for (const std::string& fact : request_.region.uncertain()) plan_.notes.push_back("not certain: " + fact);
        note_titles(plan_);
        note_unlike_replacements(plan_);
        note_ids_of_others(plan_, *matcher_);
        note_appended_leaves(plan_);
        note_studies(plan_, request_.catalogue);
        note_studies_of_two_headings(plan_, ctd);
        explain_moves(plan_, *matcher_, digests_);
        explain_new_nodes(plan_, *matcher_, ctd, module1);
        explain_likely_targets(plan_, request_, *matcher_, digests_);
        note_resent(plan_, digests_);
        note_shared_folders(plan_, ctd);
        note_attribute_twins(plan_, *matcher_, ctd, module1);
    }

    const PlanRequest& request_;
    Plan plan_;
    std::vector<Error> errors_;
    const std::vector<PlannedLeaf>* leaves_ = nullptr;
    ContentDigests digests_;
    std::optional<LeafMatcher> matcher_;
    std::optional<EarlierFiles> earlier_;
    std::optional<LeafComparison> comparison_;
    RowMatching matching_;
};

} // namespace

Result<Plan> make_plan(const PlanRequest& request) { return Planner(request).run(); }

} // namespace dossier::ectd
