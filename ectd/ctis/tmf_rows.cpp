#include "ectd/ctis/tmf_rows.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"

namespace dossier::ectd::ctis {

namespace {

using Standing = Proposal::Standing;
using templates::CtisDocument;

class RowMaker {
public:
    RowMaker(const RowContext& context, const OfferedDocument& document, const CtisDocument& kind)
        : context_(context), document_(document), kind_(kind) {}

    Row run() {
        row_.section = kind_.code;
        row_.title = document_.title.empty() ? document_.artifact_name : document_.title;
        row_.version = document_.origin.label.empty() ? document_.origin.version : document_.origin.label;
        row_.date = document_.date;
        row_.source = fill("tmf:{}@{}", document_.origin.document, row_.version);
        row_.note = note_of(document_);
        if (kind_.published) row_.publication = not_for_publication;
        const bool of_state = kind_.languages == templates::CtisLanguages::member_state;
        if (kind_.per != templates::CtisPer::trial || of_state) row_.country = document_.country;
        if (kind_.per == templates::CtisPer::site) row_.site = document_.site;
        if (row_.country.empty() && kind_.per != templates::CtisPer::trial && kind_.part == templates::CtisPart::two) ask("country");
        choose_language(of_state);
        return std::move(row_);
    }

private:
    void ask(const std::string& column) { row_.note += fill("; FILL IN {}: the trial master file does not tell it", column); }

    void choose_language(bool of_state) {
        row_.language = document_.language;
        if (!row_.language.empty()) return;
        const auto* state = context_.catalogue.member_state(row_.country);
        if (kind_.languages == templates::CtisLanguages::english) row_.language = "en";
        if (of_state && state && state->languages.size() == 1) row_.language = state->languages.front();
        if (row_.language.empty()) return ask("language");
        row_.note += fill("; look at the language: the trial master file does not tell it, {} is what the section asks for", row_.language);
    }

    const RowContext& context_;
    const OfferedDocument& document_;
    const CtisDocument& kind_;
    Row row_;
};

std::string name_of(const Document& document) { return document.dossier + "#" + document.path; }

// In the state of before; the very version first.
const Document* find_before(const Contents* before, const Origin& origin) {
    const Document* found = nullptr;
    if (!before) return found;
    for (const Document& item : before->documents) {
        if (!item.origin || !is_same_document(*item.origin, origin)) continue;
        if (item.origin->version == origin.version) return &item;
        found = &item;
    }
    return found;
}

void find_standing(Proposal& proposal, Row& row, const Contents* before, const std::vector<PlannedOrigin>& planned) {
    const Origin& origin = proposal.document.origin;
    const Document* known = find_before(before, origin);
    if (known && known->origin->version == origin.version) {
        proposal.standing = Standing::there;
        proposal.leaf = name_of(*known);
    } else if (!find_planned(proposal, planned) && known) {
        proposal.standing = Standing::out_of_date;
        proposal.leaf = name_of(*known);
        row.title = known->title; // what replaces it is known by the same words
        row.country = known->country;
        row.site = known->site;
        row.language = known->language;
        row.publication = known->publication;
    }
}

std::string key_of(const Row& row) { return join({row.section, to_lower(row.title), row.country, row.site, row.language}, "|"); }

Row twin_of(const Row& row) {
    Row twin = row;
    twin.source.clear();
    twin.publication = for_publication;
    twin.note = fill("the version for the public of {}: redact it and name its file. Where nothing has to be redacted, remove this row and "
                     "write {} in the one above; where there is none, write why in reason",
                     row.source, std::string_view(for_publication));
    return twin;
}

// What the common forms of proposals show.
PlanRow shown_row(const Row& row) {
    PlanRow shown;
    shown.section = row.section;
    shown.title = row.title;
    shown.source = row.source;
    shown.country = row.country;
    shown.site = row.site;
    shown.language = row.language;
    shown.note = row.note;
    return shown;
}

} // namespace

TmfRows propose_rows(const RowContext& context, const std::vector<OfferedDocument>& documents, const Contents* before,
                     const std::vector<PlannedOrigin>& planned) {
    TmfRows result;
    std::vector<Row> rows;
    std::map<std::string, int> titles;
    for (const OfferedDocument& document : documents) {
        Proposal proposal;
        proposal.document = document;
        const CtisDocument* kind = context.catalogue.document(document.section);
        Row row = kind ? RowMaker(context, document, *kind).run() : Row();
        find_standing(proposal, row, before, planned);
        if (proposal.standing == Standing::propose) ++titles[key_of(row)];
        result.proposals.push_back(std::move(proposal));
        rows.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Proposal& proposal = result.proposals[i];
        if (proposal.standing == Standing::propose && titles[key_of(rows[i])] > 1)
            rows[i].title += fill(" ({})", proposal.document.origin.document);
        proposal.row = shown_row(rows[i]);
        if (!proposal.to_add()) continue;
        (void)resolve_row(context, rows[i], proposal.problems);
        result.rows.push_back(rows[i]);
        const CtisDocument* kind = context.catalogue.document(rows[i].section);
        if (kind && kind->published && rows[i].publication == not_for_publication) result.rows.push_back(twin_of(rows[i]));
    }
    return result;
}

Sheet to_plan(const std::vector<Row>& rows) {
    Sheet sheet{"plan", row_columns(), {}};
    for (const Row& row : rows)
        sheet.rows.push_back({row.section, row.title, row.country, row.site, row.language, row.publication, row.version, row.date,
                              row.source, row.reason, row.protocol_version, row.answers, row.path, row.note});
    return sheet;
}

} // namespace dossier::ectd::ctis
