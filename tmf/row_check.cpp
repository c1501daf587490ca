#include "tmf/row_check.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/certified_copy.hpp"
#include "tmf/listed_file.hpp"
#include "tmf/row_dates.hpp"
#include "tmf/row_notes.hpp"
#include "tmf/yaml_fields.hpp"

namespace dossier::tmf {

using templates::Rule;

namespace {

std::vector<TableColumn> columns_of_lists() {
    std::vector<TableColumn> columns = {
        {"file", {"path", "file_name", "filename"}, false},
        {"artifact", {"artifact_number", "tmf_artifact"}, true},
        {"sub_artifact", {"subartifact", "record_type"}, false},
        {"title", {"document_title"}, false},
        {"country", {"country_code"}, false},
        {"site", {"site_id", "site_number"}, false},
        {"person", {"persons", "person_id"}, false},
        {"event", {"events", "event_id"}, false},
        {"date", {"document_date", "artifact_date"}, false},
        {"expires", {"expiry", "expiry_date", "expiration_date"}, false},
        {"document", {"document_id"}, false},
        {"version", {"document_version"}, false},
        {"status", {"document_status"}, false},
        {"language", {}, false},
        {"restricted", {}, false},
        {"pointer", {"signpost"}, false},
        {"received", {"received_date"}, false},
        {"final", {"final_date"}, false},
        {"accepted", {"accepted_date"}, false},
        {"rejected", {"rejected_date"}, false},
        {"withdrawn", {"withdrawn_date"}, false},
        // Of a list of refused rows that was mended and comes again (import --rejects).
        {"row", {}, false},
        {"problem", {}, false},
        // Of the proposals of `tmf scan`: a row that is not sure counts when somebody confirmed it.
        {"confidence", {}, false},
        {"confirmed", {}, false},
        {"why", {}, false},
        {"alternatives", {}, false},
    };
    columns.insert(columns.end(), copy_columns().begin(), copy_columns().end());
    return columns;
}

} // namespace

const std::vector<TableColumn>& list_columns() {
    static const std::vector<TableColumn> columns = columns_of_lists();
    return columns;
}

const std::vector<const Rule*>& RowCheck::rules_of(int unique_id) {
    const auto [found, is_new] = rules_.try_emplace(unique_id);
    if (is_new)
        for (const Rule& rule : context_.catalogue.rules)
            if (rule.unique_id == unique_id) found->second.push_back(&rule);
    return found->second;
}

const std::set<std::string>& RowCheck::events() {
    if (!events_) {
        const auto ids = event_ids(context_.study);
        events_.emplace(ids.begin(), ids.end());
    }
    return *events_;
}

const PeopleById& RowCheck::people() {
    if (!people_) {
        people_.emplace();
        for (const Person& person : context_.study.people) (*people_)[person.id].push_back(&person);
    }
    return *people_;
}

const EventPlaces& RowCheck::event_places() {
    if (!event_places_) event_places_.emplace(tmf::event_places(context_.study));
    return *event_places_;
}

namespace {

// What `find` makes of a text, asked once for each; faults are not kept.
template <class Value, class Find>
Result<Value> looked_up(std::unordered_map<std::string, Value>& known, const std::string& text, Find find) {
    const auto there = known.find(text);
    if (there != known.end()) return there->second;
    DOSSIER_TRY(const Value value, find());
    known.emplace(text, value);
    return value;
}

} // namespace

class RowReading {
public:
    RowReading(RowCheck& check, const TableRow& row, const std::function<Place(const std::string&)>& place, std::vector<Error>& errors)
        : check_(check), context_(check.context_), row_(row), place_(place), errors_(errors) {}

    CheckedRow read() {
        if (!is_confirmed()) return std::move(out_);
        read_artifact();
        read_file();
        read_place();
        read_parts();
        read_dates();
        read_status();
        out_.version.copy = read_certified_copy(
            row_, [this](const std::string& column) { return read_date(column); },
            [this](const std::string& column, std::string message, std::string remedy) {
                fail(column, std::move(message), std::move(remedy));
            });
        if (artifact_) add_notes();
        return std::move(out_);
    }

private:
    // What people write into a cell to say that it has nothing in it: two documents called n/a are not versions of one.
    static bool says_none(const std::string& text) {
        static const std::set<std::string> words = {"-", "--", "\xE2\x80\x93", "\xE2\x80\x94", "n/a", "n.a.", "none", "k.a."};
        return text.size() <= 4 && words.count(to_lower(text)) > 0;
    }
    std::string cell(const std::string& column) const {
        const std::string text = row_.cell(column);
        const bool is_literal = column == "file" || column == "title" || column == "confirmed";
        return !is_literal && says_none(text) ? std::string() : text;
    }

    void fail(const std::string& column, const Error& error) {
        errors_.emplace_back(ErrorKind::invalid, error.message, place_(column), error.remedy);
    }
    void fail(const std::string& column, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), place_(column), std::move(remedy));
    }

    // Text that people read, in tables and on terminals: one line, nothing but characters.
    std::string words(const std::string& column) {
        std::string text = cell(column);
        for (char& c : text) {
            if (c == '\n' || c == '\r' || c == '\t') c = ' ';
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
                fail(column, fill("{} holds a control character", column), "type the cell again, without what cannot be seen");
                return {};
            }
        }
        return text;
    }

    bool is_confirmed() {
        const std::string confirmed = cell("confirmed");
        if (confirmed.empty()) return true;
        const auto flag = to_flag(confirmed);
        if (!flag) {
            fail("confirmed", fill("\"{}\" is neither yes nor no", confirmed), "write yes when the row is right");
            return true;
        }
        if (!*flag) {
            const std::string why = cell("why");
            fail("confirmed", fill("nobody has confirmed this proposal{}", why.empty() ? "" : fill(" ({})", why)),
                 "correct the row where it is wrong, and write yes in confirmed; or take it out");
        }
        return *flag;
    }

    void read_artifact() {
        const auto found = find_artifact(context_.catalogue, cell("artifact"));
        if (!found) return fail("artifact", found.error());
        artifact_ = *found;
        out_.document.study = context_.study.id;
        out_.document.unique_id = artifact_->unique_id;
        out_.document.restricted = artifact_->restricted;
        if (const auto part = find_sub_artifact(context_.catalogue, *artifact_, cell("sub_artifact")))
            out_.document.sub_artifact = *part;
        else
            fail("sub_artifact", part.error());
        const std::string restricted = cell("restricted");
        if (restricted.empty()) return;
        const auto flag = to_flag(restricted);
        if (!flag)
            return fail("restricted", fill("\"{}\" is neither yes nor no", restricted), "write yes or no, or leave it to the artifact");
        if (artifact_->restricted && !*flag)
            out_.notes.push_back(
                fill("documents of {} are for unblinded people; it is filed open to all, because restricted says no", artifact_->number));
        out_.document.restricted = *flag;
    }

    void read_file() {
        VersionRecord& version = out_.version;
        version.pointer = words("pointer");
        const std::string named = cell("file");
        if (named.empty()) {
            if (version.pointer.empty() && !context_.is_filed)
                fail("file", "neither a file nor a pointer is given", "name the file, or say in pointer where the record is kept");
        } else if (const auto found = find_listed_file(context_, named)) {
            out_.file = *found;
            version.file_name = path::file_name(*found);
        } else {
            fail("file", found.error());
        }
        version.title = words("title");
        if (version.title.empty() && !version.file_name.empty()) {
            const std::size_t dot = version.file_name.rfind('.');
            version.title = version.file_name.substr(0, dot == 0 ? std::string::npos : dot);
        }
    }

    void read_place() {
        DocumentRecord& document = out_.document;
        document.external = words("document");
        if (const std::string country = cell("country"); !country.empty()) {
            const auto found =
                looked_up(check_.countries_, country, [&] { return find_country(context_.catalogue, context_.study, country); });
            if (!found) return fail("country", found.error());
            document.country = *found;
        }
        const std::string site = cell("site");
        if (site.empty()) return;
        const auto found = looked_up(check_.sites_, site, [&] { return find_site(context_.study, site); });
        if (!found) return fail("site", found.error());
        document.site = (*found)->id;
        if (!document.country.empty() && document.country != (*found)->country)
            return fail("country", fill("site {} is in {}, not in {}", document.site, (*found)->country, document.country),
                        "clear the country, or name the right site");
        document.country = (*found)->country;
    }

    void read_parts() {
        VersionRecord& version = out_.version;
        const std::string named = cell("person");
        const auto persons = looked_up(check_.persons_, named, [&] { return find_persons(context_.study, named); });
        if (persons)
            version.person = *persons;
        else
            fail("person", persons.error());
        std::vector<std::string> events;
        for (const std::string& event : split(cell("event"), ';')) {
            if (event.empty()) continue;
            const std::set<std::string>& known = check_.events();
            if (known.count(event) == 0 && !is_known_event(context_.study, event)) {
                const std::string near = nearest(event, {known.begin(), known.end()});
                fail("event", fill("the study has no {}", event),
                     near.empty() ? "add what happened to the study file and apply it" : fill("did you mean {}?", near));
            }
            events.push_back(event);
        }
        version.event = join(events, ";");
        if (const std::string language = cell("language"); !language.empty()) {
            version.language = normal_language(language);
            if (version.language.empty()) fail("language", fill("\"{}\" is no language code", language), "use two letters: en, de, fr");
        }
        version.label = words("version");
    }

    OptionalDate read_date(const std::string& column, bool may_be_ahead = false) {
        RowDate read = read_row_date(row_, column, cell(column), context_.today(), may_be_ahead);
        if (read.fault) fail(column, *read.fault);
        for (std::string& note : read.notes) out_.notes.push_back(std::move(note));
        return read.date;
    }

    void read_dates() {
        VersionRecord& version = out_.version;
        version.date = read_date("date");
        version.expires = read_date("expires", true);
        version.received = read_date("received");
        version.final = read_date("final");
        version.accepted = read_date("accepted");
        version.rejected = read_date("rejected");
        version.withdrawn = read_date("withdrawn");
        version.carried = {version.received.has_value(), version.final.has_value(), version.accepted.has_value(),
                           version.rejected.has_value(), version.withdrawn.has_value()};
    }

    void read_status() {
        VersionRecord& version = out_.version;
        const std::string status = to_lower(cell("status"));
        if (!status.empty() && status != "draft" && status != "final")
            fail("status", fill("status \"{}\" is not known", cell("status")), "write draft or final");
        if (status == "draft" && version.final)
            fail("status", fill("the status is draft, but final says {}", version.final->text()), "clear one of the two");
        if (version.accepted && cell("final").empty())
            fail("accepted", fill("accepted on {}, but no final date is given", version.accepted->text()),
                 "what was accepted was final before: give the date in final");
        if (!version.received) version.received = context_.today();
        if (status == "final" && !version.final) version.final = context_.today();
        version.filed_at = context_.author.time.precise_text();
        version.filed_by = context_.author.user;
    }

    void add_notes() {
        static const PeopleById nobody; // a trial has thousands of people, most rows name none
        static const EventPlaces nothing;
        const NotedFacts facts{*artifact_, check_.rules_of(artifact_->unique_id), out_.version.person.empty() ? nobody : check_.people(),
                               out_.version.event.empty() ? nothing : check_.event_places()};
        for (std::string& text : row_notes(context_, facts, row_, out_)) out_.notes.push_back(std::move(text));
    }

    RowCheck& check_;
    const RowContext& context_;
    const TableRow& row_;
    const std::function<Place(const std::string&)>& place_;
    std::vector<Error>& errors_;
    const templates::Artifact* artifact_ = nullptr;
    CheckedRow out_;
};

CheckedRow RowCheck::check(const TableRow& row, const std::function<Place(const std::string&)>& place, std::vector<Error>& errors) {
    return RowReading(*this, row, place, errors).read();
}

} // namespace dossier::tmf
