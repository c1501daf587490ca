#include "ectd/plan.hpp"

#include <algorithm>
#include <set>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

std::map<LeafId, StudyMembership> study_memberships(const Application& application) {
    std::map<LeafId, StudyMembership> members;
    for (const Sequence& sequence : application.sequences)
        for (const Stf& stf : sequence.stfs)
            for (const StfContent& content : stf.contents) {
                StudyMembership member{stf.study_id, {}, ""};
                for (const auto& tag : content.file_tags) member.file_tags.push_back(tag.first);
                for (const auto& [name, value] : content.properties)
                    if (name == "site-identifier") member.site = value;
                members[content.leaf] = std::move(member);
            }
    return members;
}

namespace {

std::string path_in_sequence(const Leaf& leaf) {
    const std::size_t slash = leaf.path.find('/');
    return slash == std::string::npos ? "" : leaf.path.substr(slash + 1);
}

std::string without_extension(const std::string& name) {
    const std::string extension = path::extension(name);
    return extension.empty() ? name : name.substr(0, name.size() - extension.size() - 1);
}

class Planner {
public:
    explicit Planner(const PlanRequest& request) : request_(request) {}

    Result<Plan> run() {
        auto lifecycle = std::make_shared<Lifecycle>(compute_lifecycle(*request_.history));
        plan_.sequence = request_.sequence;
        plan_.delta = request_.delta;
        plan_.first = request_.history->sequences.empty();
        plan_.history = request_.history;
        plan_.application = request_.application;
        plan_.table = request_.table;
        plan_.lifecycle = lifecycle;
        DOSSIER_CHECK(check_history());
        members_ = study_memberships(*request_.history);
        for (const LeafHistory* history : lifecycle->current())
            if (!is_regional_leaf(*history->leaf)) existing_.push_back(history->leaf);
        resolve_rows();
        check_paths();
        if (errors_.empty()) match_rows();
        if (errors_.empty() && !request_.delta) delete_absent();
        if (errors_.empty()) give_ids();
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
        if (errors_.size() == 1) return std::move(errors_.front());
        Error all(ErrorKind::invalid, fill("{} errors in the plan; nothing was changed", errors_.size()), {request_.table->path});
        all.details = std::move(errors_);
        return all;
    }

    // Module 1 first, then the headings of the standard (they lie in document order in the catalogue), rows in their order.
    std::pair<int, const templates::Heading*> order_of(const PlannedOperation& operation) const {
        return {operation.file == "index.xml" ? 1 : 0, operation.steps.empty() ? nullptr : operation.steps.back().heading};
    }

    Result<void> check_history() const {
        for (const Sequence& sequence : request_.history->sequences) {
            if (!sequence.index.present || !sequence.regional.present)
                return Error(ErrorKind::invalid,
                             fill("sequence {} has no {}, so what the application contains is not known", sequence.folder,
                                  sequence.index.present ? sequence.regional.file : sequence.index.file),
                             {path::join(request_.history->folder, sequence.folder)}, "put the complete sequence there");
            if (!sequence.problems.empty()) return sequence.problems.front();
        }
        return {};
    }

    void complain(const PlanRow& row, const std::string& column, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), row.at(column), std::move(remedy));
    }

    void resolve_rows() {
        auto leaves = std::make_shared<std::vector<PlannedLeaf>>();
        leaves->reserve(request_.table->rows.size());
        const RowContext context{request_.catalogue, request_.region, *request_.application, request_.source};
        std::map<std::string, std::string> path_of_source; // one file under several headings is one path with several leaves
        for (const PlanRow& row : request_.table->rows) {
            auto leaf = resolve_row(context, row, errors_);
            if (!leaf) continue;
            if (leaf->content) {
                const auto first = path_of_source.emplace(leaf->content->path, leaf->path);
                if (!first.second && row.path.empty()) leaf->path = first.first->second;
            }
            leaves->push_back(std::move(*leaf));
        }
        leaves_ = leaves.get();
        plan_.leaves = std::move(leaves);
    }

    void check_paths() {
        std::map<std::string, const PlannedLeaf*> by_path;
        std::set<std::string> by_section_and_path;
        for (const PlannedLeaf& leaf : *leaves_) {
            if (!leaf.content) continue;
            const auto first = by_path.emplace(leaf.path, &leaf);
            if (!first.second && first.first->second->content->path != leaf.content->path)
                complain(*leaf.row, "path",
                         fill("{} is already the path of row {}, with another source ({})", leaf.path, first.first->second->row->place.line,
                              first.first->second->row->source),
                         "give one of the two rows another path");
            else if (!by_section_and_path.insert(leaf.section + "|" + leaf.form_code + "|" + leaf.path).second)
                complain(*leaf.row, "section", fill("{} stands twice under section {}", leaf.path, leaf.heading->number),
                         "remove one of the two rows");
        }
    }

    // ---- matching: replaces or id; section and path; section, study, file tag and title ----
    const Leaf* by_reference(const PlannedLeaf& planned) {
        const PlanRow& row = *planned.row;
        const std::string column = row.replaces.empty() ? "id" : "replaces";
        const std::string wanted = row.replaces.empty() ? row.id : row.replaces;
        if (wanted.empty()) return nullptr;
        const std::size_t cut = wanted.find_last_of("#/");
        const std::string id = cut == std::string::npos ? wanted : wanted.substr(cut + 1);
        std::optional<SequenceNumber> sequence;
        if (cut != std::string::npos)
            for (const std::string& part : path::parts(wanted.substr(0, cut)))
                if (const auto number = SequenceNumber::parse(part)) sequence = number;
        std::vector<const Leaf*> found;
        for (const Leaf* leaf : existing_)
            if (leaf->at.id == id && (!sequence || leaf->at.sequence == *sequence) && leaf->at.file == planned.file) found.push_back(leaf);
        if (found.size() == 1 && found.front()->section == planned.section) return found.front();
        if (row.replaces.empty()) return nullptr; // an id may be meant for a new leaf
        if (found.size() > 1)
            complain(row, column, fill("{} fits {} leaves", wanted, found.size()),
                     fill("write {}", found.back()->at.sequence.text() + "#" + id));
        else if (found.size() == 1)
            complain(row, column, fill("{} is under another section or other attributes ({})", wanted, found.front()->section),
                     "a leaf is only replaced in its own place; leave replaces empty to move it (delete and new)");
        else
            complain_dead_target(row, wanted, id, sequence);
        return nullptr;
    }

    void complain_dead_target(const PlanRow& row, const std::string& wanted, const std::string& id,
                              std::optional<SequenceNumber> sequence) {
        for (const auto& [at, history] : plan_.lifecycle->leaves)
            if (at.id == id && (!sequence || at.sequence == *sequence) && history.ended_by)
                return complain(row, "replaces",
                                fill("{} was already {} in {}", wanted,
                                     std::string_view(history.state == LeafState::deleted ? "deleted" : "replaced"),
                                     history.ended_by->at.sequence.text()),
                                history.state == LeafState::deleted
                                    ? "leave replaces empty: it is new again"
                                    : fill("write {}", history.ended_by->at.sequence.text() + "#" + history.ended_by->at.id));
        std::vector<std::string> ids;
        for (const Leaf* leaf : existing_) ids.push_back(leaf->at.sequence.text() + "#" + leaf->at.id);
        const std::string near = nearest(wanted, ids);
        complain(row, "replaces", fill("no current leaf is called {}", wanted), near.empty() ? "" : fill("is {} meant?", near));
    }

    const Leaf* unmatched(const std::vector<const Leaf*>& candidates) const {
        for (const Leaf* leaf : candidates)
            if (matched_.count(leaf) == 0) return leaf;
        return nullptr;
    }

    const Leaf* by_path(const PlannedLeaf& planned) const {
        if (planned.path.empty()) return nullptr;
        std::vector<const Leaf*> found;
        for (const Leaf* leaf : existing_)
            if (leaf->section == planned.section && leaf->at.file == planned.file && path_in_sequence(*leaf) == planned.path)
                found.push_back(leaf);
        return unmatched(found);
    }

    const Leaf* by_title(const PlannedLeaf& planned) const {
        if (planned.row->title.empty()) return nullptr;
        std::vector<const Leaf*> found;
        for (const Leaf* leaf : existing_) {
            if (leaf->section != planned.section || leaf->at.file != planned.file || leaf->title != planned.row->title) continue;
            const auto member = members_.find(leaf->at);
            const std::string study = member == members_.end() ? "" : member->second.study_id;
            const std::vector<std::string> tags = member == members_.end() ? std::vector<std::string>() : member->second.file_tags;
            const bool same_tag =
                planned.row->file_tag.empty() ? tags.empty() : std::count(tags.begin(), tags.end(), planned.row->file_tag) > 0;
            if (study == planned.row->study && same_tag) found.push_back(leaf);
        }
        return unmatched(found);
    }

    // (a) for all rows first, then (b), then (c): an exact reference is never taken by another row's likeness.
    void match_rows() {
        std::vector<const Leaf*> target(leaves_->size(), nullptr);
        auto pass = [&](auto find) {
            for (std::size_t i = 0; i < leaves_->size(); ++i) {
                const PlannedLeaf& planned = (*leaves_)[i];
                if (target[i] || (planned.per_sequence() && planned.row->operation != "delete")) continue;
                if (const Leaf* leaf = find(planned)) {
                    if (planned.row->operation != "append" && !matched_.insert(leaf).second)
                        complain(*planned.row, "section", fill("{} is already taken by another row", leaf->at.text()),
                                 "remove one of the two rows");
                    target[i] = leaf;
                }
            }
        };
        pass([this](const PlannedLeaf& planned) { return by_reference(planned); });
        pass([this](const PlannedLeaf& planned) { return planned.row->operation == "append" ? nullptr : by_path(planned); });
        pass([this](const PlannedLeaf& planned) { return planned.row->operation == "append" ? nullptr : by_title(planned); });
        for (std::size_t i = 0; i < leaves_->size(); ++i) decide((*leaves_)[i], target[i]);
    }

    void decide(const PlannedLeaf& planned, const Leaf* target) {
        const std::string& wish = planned.row->operation;
        if (wish == "delete") {
            if (target) return add(planned, "delete", target, "the plan says so");
            if (planned.row->replaces.empty())
                complain(*planned.row, "operation", "there is no current leaf to delete here", "name it in replaces: 0001#ID");
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
        if (!target) return add(planned, "new", nullptr, planned.per_sequence() ? "sent new in every sequence" : "not in the current view");
        if (wish == "append") return add(planned, "append", target, "the plan says so");
        compare(planned, target);
    }

    void compare(const PlannedLeaf& planned, const Leaf* target) {
        const auto digests = digests_of_file(*request_.fs, planned.content->path, Hasher::What::md5);
        if (!digests) return complain(*planned.row, "source", digests.error().message, digests.error().remedy);
        const bool same_bytes = to_lower(target->checksum) == digests->md5.hex();
        const std::string& title = planned.row->title;
        if (!same_bytes) return add(planned, "replace", target, fill("other bytes than {}", target->at.text()));
        if (title.empty() || title == target->title) {
            if (planned.row->operation != "replace") return plan_.unchanged.push_back(target);
            return add(planned, "replace", target, "same bytes; the plan asks for a replace");
        }
        add(planned, "replace", target, fill("the title changed from \"{}\"; the file is the same and is not sent again", target->title));
        plan_.operations.back().reused = target->path;
    }

    void add(const PlannedLeaf& planned, const std::string& operation, const Leaf* target, std::string reason) {
        PlannedOperation item;
        item.operation = operation;
        item.planned = &planned;
        item.target = target;
        item.steps = planned.steps;
        item.file = planned.file;
        item.section = planned.heading->number;
        item.title = !planned.row->title.empty() ? planned.row->title
                     : target                    ? target->title
                                                 : without_extension(planned.content ? planned.content->name : planned.path);
        item.path = operation == "delete" && target ? path_in_sequence(*target) : planned.path;
        item.source = planned.row->source;
        item.study = planned.row->study;
        item.reason = std::move(reason);
        plan_.operations.push_back(std::move(item));
    }

    // ---- deletes by absence ----
    void delete_absent() {
        std::vector<const Leaf*> absent;
        for (const Leaf* leaf : existing_)
            if (matched_.count(leaf) == 0 && !is_per_sequence(*leaf)) absent.push_back(leaf);
        if (static_cast<std::int64_t>(absent.size()) > request_.allow_deletes) {
            Error error(
                ErrorKind::invalid,
                fill("{} leaves of the application have no row in the plan and would be deleted; at most {} are without being asked",
                     absent.size(), request_.allow_deletes),
                {request_.table->path},
                fill("if that is meant, add --allow-deletes {}; if the plan lists only what this sequence brings, add --delta",
                     absent.size()));
            for (const Leaf* leaf : absent)
                error.details.emplace_back(ErrorKind::invalid, fill("no row for {} \"{}\"", leaf->at.text(), leaf->title));
            errors_.push_back(std::move(error));
            return;
        }
        for (const Leaf* leaf : absent) {
            PlannedOperation item;
            item.operation = "delete";
            item.target = leaf;
            item.file = leaf->at.file;
            item.steps = steps_of(*leaf);
            item.section = item.steps.empty() ? "" : item.steps.back().heading->number;
            item.title = leaf->title;
            item.path = path_in_sequence(*leaf);
            item.reason = "the plan has no row for it";
            if (const auto member = members_.find(leaf->at); member != members_.end()) item.study = member->second.study_id;
            plan_.operations.push_back(std::move(item));
        }
    }

    const templates::Heading* heading_of(const Leaf& leaf) const {
        const auto& tree = leaf.at.file == "index.xml" ? request_.catalogue.ctd : request_.region.module1();
        return tree.by_element(leaf.element);
    }

    bool is_per_sequence(const Leaf& leaf) const {
        const templates::Heading* heading = heading_of(leaf);
        return leaf.element == "form" || (heading && heading->per_sequence);
    }

    std::vector<HeadingStep> steps_of(const Leaf& leaf) {
        std::vector<HeadingStep> steps;
        const templates::Heading* heading = heading_of(leaf);
        if (!heading || !leaf.extensions.empty()) {
            errors_.emplace_back(ErrorKind::unsupported,
                                 fill("{} lies under {}, where this region does not let us write", leaf.at.text(), leaf.section),
                                 Place{request_.table->path}, "keep a row for it, or use --delta");
            return steps;
        }
        const auto& tree = leaf.at.file == "index.xml" ? request_.catalogue.ctd : request_.region.module1();
        for (const templates::Heading* part : tree.path_to(*heading)) {
            HeadingStep step{part, {}};
            for (const auto& attribute : part->attributes)
                if (const auto value = leaf.attributes.find(attribute.name); value != leaf.attributes.end())
                    step.attributes[attribute.name] = value->second;
            steps.push_back(std::move(step));
        }
        return steps;
    }

    // ---- identifiers: the same plan gives the same ones; a replaced leaf keeps its place's ID from sequence to sequence ----
    void give_ids() {
        std::set<std::pair<std::string, std::string>> used;
        for (PlannedOperation& item : plan_.operations) {
            const std::string wish = item.planned && item.operation != "delete" ? item.planned->row->id : "";
            if (!wish.empty()) {
                item.id = wish;
            } else {
                std::string seed = item.file + "|" + item.operation.substr(0, item.operation == "delete" ? 6 : 0) + "|";
                seed += item.target && item.operation == "delete" ? item.target->at.text() : item.planned->section + "|" + item.path;
                if (item.planned) seed += "|" + item.planned->form_code;
                item.id = "id-" + sha256_of(seed).hex().substr(0, 16);
            }
            if (!used.emplace(item.file, item.id).second && item.planned)
                complain(*item.planned->row, "id", fill("the ID {} is used twice", item.id), "give one of the two rows another id");
        }
    }

    // ---- explanations: moves, likely targets ----
    void explain() {
        for (PlannedOperation& item : plan_.operations) {
            if (item.operation != "new" || item.planned->per_sequence() || plan_.first) continue;
            std::optional<std::string> md5;
            for (PlannedOperation& other : plan_.operations) {
                if (other.operation != "delete" || !other.target) continue;
                if (!md5) {
                    const auto digests = digests_of_file(*request_.fs, item.planned->content->path, Hasher::What::md5);
                    md5 = digests ? digests->md5.hex() : "";
                }
                if (!md5->empty() && to_lower(other.target->checksum) == *md5) {
                    item.reason =
                        fill("the document of {} under another heading, attribute or path: delete and new", other.target->at.text());
                    other.reason = fill("its document moves to section {}", item.section);
                }
            }
            add_likely(item);
        }
    }

    void add_likely(PlannedOperation& item) const {
        for (const Leaf* leaf : existing_) {
            if (matched_.count(leaf) > 0 || leaf->section != item.planned->section || leaf->at.file != item.file) continue;
            const std::string words = to_lower(leaf->title), wanted = to_lower(item.title);
            const bool near = !nearest(wanted, {words}).empty() || path::file_name(leaf->path) == path::file_name(item.path);
            if (near && item.likely.size() < 3)
                item.likely.push_back(leaf->at.sequence.text() + "#" + leaf->at.id + " \"" + leaf->title + "\"");
        }
    }

    const PlanRequest& request_;
    Plan plan_;
    std::vector<Error> errors_;
    const std::vector<PlannedLeaf>* leaves_ = nullptr;
    std::vector<const Leaf*> existing_; // current leaves, without the regional file and study tagging files
    std::set<const Leaf*> matched_;
    std::map<LeafId, StudyMembership> members_;
};

} // namespace

Result<Plan> make_plan(const PlanRequest& request) { return Planner(request).run(); }

} // namespace dossier::ectd
