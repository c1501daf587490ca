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
        for (const char* column : {"received", "final"})
            if (differs(column)) note_left(column, "");
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
        if (!row_.cell("title").empty() && wanted_.title != filed_.title)
            note(fill("it is filed already as {}, with the title \"{}\", which was left: use 'dossier tmf reindex'",
                      document_id(filed_.document), filed_.title));
    }

    void note_left(const std::string& column, const std::string& remedy) {
        const std::string before = text(filed_, column);
        note(fill("{} {} was left: {} was filed {}{}", column, text(wanted_, column), id(),
                  before.empty() ? std::string("without") : "with " + before, remedy));
    }
    void note_particular(const std::string& column) {
        const std::string value = text(wanted_, column);
        const std::string_view quote = value.find(';') == std::string::npos ? "" : "'";
        note_left(column,
                  fill("; if the list is right: dossier tmf reindex {} --{} {}{}{} --reason ...", id(), column, quote, value, quote));
    }

    void note_review() {
        if ((wanted_.accepted && wanted_.accepted != filed_.accepted) || (wanted_.rejected && wanted_.rejected != filed_.rejected))
            note(fill("it is filed already as {}; its dates of review were left as they are: use 'dossier tmf review'",
                      document_id(filed_.document)));
        if (wanted_.copy.is_set() && wanted_.copy != filed_.copy)
            note(fill("it is filed already as {}; what is said of its certification was left as it was: use 'dossier tmf reindex'",
                      document_id(filed_.document)));
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
