#include "tmf/filed_before.hpp"

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

class Comparing {
public:
    Comparing(const TableRow& row, const VersionRecord& wanted, const VersionRecord& filed) : row_(row), wanted_(wanted), filed_(filed) {}

    FiledBefore compare(const std::string& study, const std::string& reason) {
        take_withdrawal(study, reason);
        note_title();
        for (const char* column : {"person", "event", "language", "date", "expires"})
            if (differs(column)) note_particular(column);
        note_status();
        for (const char* column : {"received", "final"})
            if (differs(column) && (filed_.final || column != std::string_view("final")))
                note_left(column, "; that day is not changed afterwards");
        note_review();
        return std::move(result_);
    }

private:
    std::string id() const { return version_id(filed_.document, filed_.number); }
    void note(const std::string& text) { result_.notes.push_back(text); }

    static std::string text(const VersionRecord& version, std::string_view column) {
        const auto day = [](const OptionalDate& date) { return date ? date->text() : std::string(); };
        if (column == "person") return version.person;
        if (column == "event") return version.event;
        if (column == "language") return version.language;
        if (column == "date") return day(version.date);
        if (column == "expires") return day(version.expires);
        return day(column == "received" ? version.received : version.final);
    }

    // Only what the row itself says, not what filing fills in.
    bool differs(const char* column) const {
        const std::string said = row_.cell(column).empty() ? "" : text(wanted_, column);
        return !said.empty() && said != text(filed_, column);
    }

    void take_withdrawal(const std::string& study, const std::string& reason) {
        if (!wanted_.withdrawn || wanted_.withdrawn == filed_.withdrawn) return;
        if (filed_.withdrawn)
            return note(fill("withdrawn {} was left: {} was withdrawn on {}", wanted_.withdrawn->text(), id(), filed_.withdrawn->text()));
        Change change;
        change.action = "version_withdrawn";
        change.study = study;
        change.object = id();
        change.reason = reason;
        change.old_value = Json::object({{"version", to_json(filed_)}});
        change.version = filed_;
        change.version->withdrawn = wanted_.withdrawn;
        change.version->carried.withdrawn = true;
        result_.change = std::move(change);
        result_.said = "withdrawn on " + wanted_.withdrawn->text();
    }

    void note_title() {
        if (row_.cell("title").empty() || wanted_.title == filed_.title) return;
        note(fill("title \"{}\" was left: {} was filed with \"{}\"{}", wanted_.title, id(), filed_.title,
                  correction("title", in_shell(wanted_.title))));
    }

    // As a shell takes it as one word; cmd.exe wants double quotes instead.
    static std::string in_shell(const std::string& text) {
        const bool plain = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_") == std::string::npos;
        return plain ? text : "'" + replace_all(text, "'", "'\\''") + "'";
    }
    std::string correction(std::string_view column, const std::string& value) const {
        return fill("; if the list is right: dossier tmf reindex {} --{} {} --reason ...", id(), column, value);
    }

    void note_left(const std::string& column, const std::string& remedy) {
        const std::string before = text(filed_, column);
        note(fill("{} {} was left: {} was filed {}{}", column, text(wanted_, column), id(),
                  before.empty() ? std::string("without") : "with " + before, remedy));
    }
    void note_particular(const std::string& column) { note_left(column, correction(column, in_shell(text(wanted_, column)))); }

    // A version became final on a day that its record keeps: a list that comes later makes it neither final nor a draft.
    void note_status() {
        const std::string day = row_.cell("final").empty() ? "" : text(wanted_, "final");
        const std::string status = to_lower(row_.cell("status"));
        if (!filed_.final && wanted_.final)
            note(fill(
                "{} was left: {} is filed as a draft; if the list is right, this makes it final today: dossier tmf reindex {} --status "
                "final --reason ...",
                day.empty() ? std::string("status final") : "final " + day, id(), id()));
        if (!filed_.final || status != "draft") return;
        note(filed_.accepted ? fill("status draft was left: {} is final and was accepted on {}; a draft of the same bytes is filed under "
                                    "another label",
                                    id(), filed_.accepted->text())
                             : fill("status draft was left: {} is filed as final{}", id(), correction("status", "draft")));
    }

    // A review is an act of today by somebody who may: a list that comes later brings none.
    void note_review() {
        const auto left = [&](const char* column, const OptionalDate& wanted, const OptionalDate& filed, const std::string& command) {
            if (!wanted || wanted == filed) return;
            note(filed ? fill("{} {} was left: {} was {} on {}; a review that is recorded is not changed", std::string_view(column),
                              wanted->text(), id(), std::string_view(column), filed->text())
                       : fill("{} {} was left: {} is filed without; to review it today: dossier tmf review {} {}", std::string_view(column),
                              wanted->text(), id(), id(), command));
        };
        left("accepted", wanted_.accepted, filed_.accepted, "--accept");
        left("rejected", wanted_.rejected, filed_.rejected, "--reject CODE --comment ...");
        if (wanted_.copy.is_set() && wanted_.copy != filed_.copy)
            note(fill("what is said of its certification was left as it was; if the list is right: dossier tmf reindex {} "
                      "--copy-certified-by ... --copy-certified-on ... --copy-statement ... --reason ...",
                      id()));
    }

    const TableRow& row_;
    const VersionRecord &wanted_, &filed_;
    FiledBefore result_;
};

} // namespace

FiledBefore compare_with_filed(const TableRow& row, const CheckedRow& wanted, const VersionRecord& filed, const std::string& study,
                               const std::string& reason) {
    return Comparing(row, wanted.version, filed).compare(study, reason);
}

} // namespace dossier::tmf
