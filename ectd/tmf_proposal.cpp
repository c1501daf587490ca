#include "ectd/tmf_proposal.hpp"

#include <algorithm>
#include <map>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/leaf_matcher.hpp"
#include "ectd/names.hpp"

namespace dossier::ectd {

namespace {

using Standing = Proposal::Standing;

std::string label_of(const Origin& origin) { return origin.label.empty() ? origin.version : origin.label; }

PlanRow row_for(const OfferedDocument& document, const StudyPlace& place) {
    PlanRow row;
    row.section = document.section;
    row.title = document.title.empty() ? document.artifact_name : document.title;
    if (document.every_version) row.title += ", version " + label_of(document.origin);
    row.source = fill("tmf:{}@{}", document.origin.document, label_of(document.origin));
    if (!document.file_tag.empty()) {
        row.study = place.study;
        row.file_tags = {document.file_tag};
        if (document.section == place.section) row.attributes = place.attributes;
    }
    row.note = note_of(document);
    if (!document.file_tag.empty() && document.section == place.section) row.note += unknown_note(place);
    return row;
}

// The newest current leaf with this very version, or with another one of the document.
const LeafUse* find_use(const std::vector<LeafUse>& uses, const Origin& origin, bool same_version) {
    const LeafUse* found = nullptr;
    for (const LeafUse& use : uses)
        if (is_current(use.history->state) && is_same_document(use.origin->origin, origin) &&
            (use.origin->origin.version == origin.version) == same_version)
            found = &use;
    return found;
}

void find_standing(Proposal& proposal, const std::vector<LeafUse>& uses, const std::vector<PlannedOrigin>& planned) {
    const Origin& origin = proposal.document.origin;
    if (const LeafUse* use = find_use(uses, origin, true)) {
        proposal.standing = Standing::there;
        proposal.leaf = short_text(*use->history->leaf);
        return;
    }
    if (find_planned(proposal, planned)) return;
    if (proposal.document.every_version) return;
    if (const LeafUse* use = find_use(uses, origin, false)) {
        proposal.standing = Standing::out_of_date;
        proposal.leaf = short_text(*use->history->leaf);
        proposal.row.attributes = use->history->leaf->place->attributes; // what replaces it stays under its heading
        proposal.row.replaces = proposal.leaf;
    }
}

// Rows that would have the same `key` get the document's number, and its version where that does not tell them apart.
template <class Key, class Tell> void tell_apart(std::vector<Proposal>& proposals, Key key, Tell tell) {
    std::map<std::string, std::vector<Proposal*>> met;
    for (Proposal& proposal : proposals)
        if (proposal.to_add() && proposal.problems.empty()) met[key(proposal)].push_back(&proposal);
    for (auto& [text, group] : met) {
        if (group.size() < 2) continue;
        for (Proposal* proposal : group) {
            const Origin& mine = proposal->document.origin;
            const bool twice = std::count_if(group.begin(), group.end(),
                                             [&](const Proposal* p) { return is_same_document(p->document.origin, mine); }) > 1;
            tell(*proposal, mine.document + (twice ? "-" + mine.version : ""));
        }
    }
}

} // namespace

bool is_same_document(const Origin& a, const Origin& b) { return a.repository == b.repository && a.document == b.document; }

std::string note_of(const OfferedDocument& document) {
    return fill("{} {}; {}{}; confidence {}", document.artifact, document.artifact_name, document.how,
                document.use.empty() ? "" : " (" + document.use + ")", document.confidence);
}

bool find_planned(Proposal& proposal, const std::vector<PlannedOrigin>& planned) {
    for (const PlannedOrigin& item : planned) {
        if (!is_same_document(item.origin, proposal.document.origin)) continue;
        const bool same = item.origin.version == proposal.document.origin.version;
        if (!same && proposal.document.every_version) continue;
        proposal.plan_row = item.row;
        proposal.standing = same ? Proposal::Standing::planned : Proposal::Standing::plan_older;
        if (same) return true;
    }
    return false;
}

std::vector<std::string> unknown_columns(const templates::HeadingTree& ctd, const StudyPlace& place) {
    std::vector<std::string> columns;
    const templates::Heading* heading = ctd.by_number(place.section);
    if (!heading) return columns;
    for (const templates::Heading* part : ctd.path_to(*heading))
        for (const templates::HeadingAttribute& attribute : part->attributes)
            if (attribute.required && place.attributes.count(attribute.name) == 0) columns.push_back(column_of_attribute(attribute.name));
    return columns;
}

std::string unknown_note(const StudyPlace& place) {
    if (place.unknown.empty()) return "";
    return fill("; FILL IN {}: section {} asks for it, and neither the application nor its plan tells it", join(place.unknown, " and "),
                place.section);
}

std::string_view to_text(Standing standing) {
    switch (standing) {
    case Standing::propose:
        return "propose";
    case Standing::out_of_date:
        return "out_of_date";
    case Standing::planned:
        return "planned";
    case Standing::plan_older:
        return "plan_older";
    case Standing::there:
        break;
    }
    return "there";
}

std::vector<Proposal> propose_rows(const RowContext& context, const std::vector<OfferedDocument>& documents,
                                   const std::vector<LeafUse>& uses, const std::vector<PlannedOrigin>& planned, const StudyPlace& place) {
    std::vector<Proposal> proposals;
    std::vector<std::string> paths(documents.size());
    for (const OfferedDocument& document : documents) {
        Proposal proposal;
        proposal.document = document;
        proposal.row = row_for(document, place);
        find_standing(proposal, uses, planned);
        if (document.section.empty())
            proposal.problems.emplace_back(
                ErrorKind::invalid, fill("the section of the report of study {} is not known", place.study), Place{},
                "say it in application.yaml, under studies, the study's id: section: 5.3.5.1, or with --study-section");
        proposals.push_back(std::move(proposal));
    }
    tell_apart(
        proposals,
        [](const Proposal& p) { return fill("{}|{}|{}|{}", p.row.section, p.row.study, join(p.row.file_tags, ";"), p.row.title); },
        [](Proposal& p, const std::string& name) { p.row.title += fill(" ({})", name); });
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        if (!proposals[i].to_add() || !proposals[i].problems.empty()) continue;
        const auto leaf = resolve_row(context, proposals[i].row, proposals[i].problems);
        if (!leaf) continue;
        paths[i] = leaf->path;
        proposals[i].problems.insert(proposals[i].problems.end(), leaf->when_sent.begin(), leaf->when_sent.end());
    }
    tell_apart(
        proposals, [&](const Proposal& p) { return paths[static_cast<std::size_t>(&p - proposals.data())]; },
        [&](Proposal& p, const std::string& name) {
            const std::string& path = paths[static_cast<std::size_t>(&p - proposals.data())];
            const std::string file = path::file_name(path), extension = path::extension(file);
            const std::string stem = extension.empty() ? file : file.substr(0, file.size() - extension.size() - 1);
            const std::string told = fill("{}-{}{}", stem, name, extension.empty() ? "" : "." + extension);
            p.row.path = path::join(path::parent(path), legal_name(told, extension == "xpt"));
        });
    return proposals;
}

Sheet to_plan(const std::vector<Proposal>& proposals) {
    Sheet sheet{"plan", {}, {}};
    for (const std::string& column : plan_columns())
        if (!is_rare_column(column)) sheet.header.push_back(column);
    for (const Proposal& proposal : proposals) {
        if (!proposal.to_add()) continue;
        std::map<std::string, std::string> cells{{"section", proposal.row.section},   {"title", proposal.row.title},
                                                 {"source", proposal.row.source},     {"path", proposal.row.path},
                                                 {"study", proposal.row.study},       {"file_tag", join(proposal.row.file_tags, ";")},
                                                 {"replaces", proposal.row.replaces}, {"note", proposal.row.note}};
        for (const auto& [name, value] : proposal.row.attributes) cells[column_of_attribute(name)] = value;
        std::vector<SheetCell> row;
        for (const std::string& column : sheet.header) row.emplace_back(cells[column]);
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

} // namespace dossier::ectd
