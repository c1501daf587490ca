// The triggers of the ledger's format: what keeps rows of the audit trail, documents and decisions from being changed or deleted by anybody
// with a SQLite shell and no further intent, and what empties a roll-up that has become stale.
#include "tmf/ledger_sqlite.hpp"

#include <map>

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

namespace {

using Triggers = std::map<std::string, std::string>; // name -> its text

// Of a text that creates tables; each trigger ends with its END;
void add_triggers(std::string_view schema, Triggers& triggers) {
    constexpr std::string_view create = "CREATE TRIGGER ", end = "END;";
    for (std::size_t at = schema.find(create); at != std::string_view::npos; at = schema.find(create, at + 1)) {
        const std::string_view rest = schema.substr(at), name = rest.substr(create.size());
        triggers.emplace(name.substr(0, name.find(' ')), rest.substr(0, rest.find(end) + end.size() - 1));
    }
}

Triggers guards_of_this_format() {
    Triggers triggers;
    for (const char* schema :
         {ledger_schema::tables, ledger_schema::access_tables, ledger_schema::submission_tables, ledger_schema::rollup_tables})
        add_triggers(schema, triggers);
    return triggers;
}

} // namespace

std::string ledger_schema::guard(std::string_view name) { return guards_of_this_format().at(std::string(name)); }

Result<std::vector<std::string>> SqliteLedger::check_guards() {
    Triggers expected = guards_of_this_format(), there;
    DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"));
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) break;
        there.emplace(rows->text(0), rows->text(1));
    }
    if (format_ != ledger_schema::format) { // has others of the roll-up, which nobody reads here
        for (Triggers* const triggers : {&expected, &there})
            std::erase_if(*triggers, [](const auto& trigger) { return trigger.second.find("rollup_head") != std::string::npos; });
        std::string& gaps = expected[std::string(ledger_schema::no_gaps)];
        gaps = replace_all(gaps, ledger_schema::now_raises, ledger_schema::formerly_raised);
    }
    std::vector<std::string> problems;
    for (const auto& [name, sql] : expected) {
        const auto found = there.find(name);
        if (found == there.end())
            problems.push_back(fill("the trigger {} is gone", name));
        else if (found->second != sql)
            problems.push_back(fill("the trigger {} is not the one of this format", name));
    }
    for (const auto& [name, sql] : there)
        if (expected.count(name) == 0) problems.push_back(fill("the trigger {} is none of this format", name));
    return problems;
}

} // namespace dossier::tmf
