#include "ectd/ctis/row_check.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/pdf.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "ectd/ctis/file_name.hpp"

namespace dossier::ectd::ctis {

namespace {

using templates::CtisPart;
using templates::CtisPer;

class RowResolver {
public:
    RowResolver(const RowContext& context, const Row& row, std::vector<Error>& errors) : context_(context), row_(row), errors_(errors) {}

    std::optional<PlannedDocument> run() {
        const std::size_t before = errors_.size();
        planned_.row = &row_;
        if (!find_kind()) return std::nullopt;
        check_text();
        find_country();
        find_site();
        check_language();
        find_publication();
        check_dates();
        if (!row_.waits()) find_content();
        if (errors_.size() == before && planned_.content) find_path();
        if (errors_.size() != before) return std::nullopt;
        return std::move(planned_);
    }

private:
    void complain(const std::string& column, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), row_.at(column), std::move(remedy));
    }

    bool find_kind() {
        const templates::CtisCatalogue& catalogue = context_.catalogue;
        if (row_.section.empty()) return complain("section", "the row has no section", "write the code of Annex I: D1"), false;
        kind_ = catalogue.document(row_.section);
        if (kind_) return true;
        const auto of_section = catalogue.of_section(row_.section);
        if (of_section.size() == 1) return kind_ = of_section.front(), true;
        std::vector<std::string> codes;
        for (const auto* item : of_section) codes.push_back(item->code + " " + item->title);
        const std::string near = nearest(row_.section, catalogue.codes());
        complain("section",
                 codes.empty() ? fill("there is no section {}", row_.section) : fill("section {} has several documents", row_.section),
                 !codes.empty() ? fill("write which one: {}", join(codes, ", "))
                 : near.empty() ? "write the code of Annex I, such as D1 or L1"
                                : fill("is {} meant?", near));
        return false;
    }

    void check_text() {
        Document& document = planned_.document;
        document.code = kind_->code;
        document.title = row_.title.empty() ? kind_->title : row_.title;
        document.version = row_.version;
        document.protocol_version = row_.protocol_version;
        document.answers = row_.answers;
        document.reason = row_.reason;
        for (const auto& [column, text] :
             {std::pair{"title", row_.title}, std::pair{"version", row_.version}, std::pair{"reason", row_.reason}})
            for (const char c : text)
                if (static_cast<unsigned char>(c) < 0x20)
                    return complain(column, "the cell holds a line break or another control character", "write it on one line");
    }

    void find_country() {
        if (row_.country.empty()) {
            const bool needed = kind_->per != CtisPer::trial && kind_->part == CtisPart::two;
            if (needed && !row_.waits())
                complain("country", fill("{} is a document of a member state, and the row names none", kind_->code),
                         "write the member state: DE or DEU");
            return;
        }
        if (kind_->per == CtisPer::trial && kind_->languages != templates::CtisLanguages::member_state)
            return complain("country", fill("{} is one document for the whole trial", kind_->code), "empty the cell");
        const templates::CtisMemberState* state = context_.catalogue.member_state(row_.country);
        const auto& states = context_.head.trial.member_states;
        const auto concerned = [&](const MemberStateEntry& item) { return state && item.country == state->country; };
        const auto found = std::find_if(states.begin(), states.end(), concerned);
        if (found == states.end()) {
            std::vector<std::string> names;
            for (const MemberStateEntry& item : states) names.push_back(item.country);
            return complain("country", fill("{} is no member state of this trial", row_.country),
                            fill("those of application.yaml are {}; add it there, or correct the cell", join(names, ", ")));
        }
        state_ = &*found;
        planned_.document.country = state->country;
    }

    void find_site() {
        if (row_.site.empty()) return;
        planned_.document.site = row_.site;
        if (kind_->per != CtisPer::site) return complain("site", fill("{} is no document of a site", kind_->code), "empty the cell");
        if (state_ && !state_->sites.empty() && std::find(state_->sites.begin(), state_->sites.end(), row_.site) == state_->sites.end())
            complain("site", fill("site {} is not among those of {}", row_.site, state_->country),
                     fill("application.yaml has {}", join(state_->sites, ", ")));
    }

    void check_language() {
        const std::string& language = row_.language;
        planned_.document.language = language;
        if (language.empty()) {
            if (!row_.source.empty())
                complain("language", "the row does not say in which language the document is", "two letters of ISO 639-1: en, de, fr");
            return;
        }
        const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
        if (language.size() != 2 || !std::all_of(language.begin(), language.end(), letter))
            complain("language", fill("{} is no language code", language), "two letters of ISO 639-1: en, de, fr");
    }

    void find_publication() {
        const std::string word = row_.publication.empty() ? (kind_->published ? for_publication : not_for_publication) : row_.publication;
        planned_.document.publication = word;
        if (word != for_publication && word != not_for_publication)
            return complain("publication", fill("{} is no word for publication", word),
                            fill("{} or {}", std::string_view(for_publication), std::string_view(not_for_publication)));
        if (word == for_publication && !kind_->published)
            complain("publication", fill("{} {} is not published by the authority", kind_->code, kind_->title), "empty the cell");
    }

    void check_dates() {
        if (row_.date.empty()) return;
        if (const auto date = parse_date(row_.date))
            planned_.document.date = date->text();
        else
            complain("date", fill("{} is not a date", row_.date), "write it as 2026-03-01");
    }

    void find_content() {
        if (row_.source.empty()) return; // a reason
        if (!kind_->upload)
            return complain("source", fill("{} {} has no file: {}", kind_->code, kind_->title, kind_->note),
                            "empty the cell, or remove the row");
        auto content = context_.source.find(row_.source);
        if (!content) return complain("source", content.error().message, content.error().remedy);
        if (to_lower(path::extension(content->name)) == "pdf")
            if (const auto whole = check_pdf_ends(*content->fs, content->path); !whole)
                return complain("source", fill("{}: {}", row_.source, whole.error().message), whole.error().remedy);
        if (const auto info = content->fs->info(content->path); info && info->kind == FileKind::file && info->size == 0)
            return complain("source", fill("{} is empty", row_.source), "copy or export the document again");
        planned_.content = std::move(*content);
    }

    void find_path() {
        Document& document = planned_.document;
        document.path = standard_path(context_.catalogue, document, context_.head.application, planned_.content->name);
        if (path::extension(document.path).empty())
            complain("source", fill("{} has no extension, and a file of a dossier needs one that tells its format", planned_.content->name),
                     "give the file one, or write a name in path");
        if (row_.path.empty()) return;
        const std::vector<std::string> parts = path::parts(row_.path);
        const bool legal =
            path::is_inside(row_.path) && is_plain_path(row_.path) && parts.size() > 1 && !path::extension(row_.path).empty();
        if (!legal)
            complain(
                "path",
                fill("{} is not a legal path in a dossier (folder and file; letters, digits, - _ and the dot of the extension)", row_.path),
                fill("write {}", document.path));
        document.path = path::normalise(row_.path);
    }

    const RowContext& context_;
    const Row& row_;
    std::vector<Error>& errors_;
    const templates::CtisDocument* kind_ = nullptr;
    const MemberStateEntry* state_ = nullptr;
    PlannedDocument planned_;
};

} // namespace

std::optional<PlannedDocument> resolve_row(const RowContext& context, const Row& row, std::vector<Error>& errors) {
    return RowResolver(context, row, errors).run();
}

} // namespace dossier::ectd::ctis
