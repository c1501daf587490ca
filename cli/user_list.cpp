#include "cli/tmf_session.hpp"
#include "core/text.hpp"
#include "tmf/head_columns.hpp"

namespace dossier::cli {

namespace {

struct Listing {
    std::vector<tmf::GrantRecord> grants;
    std::map<std::string, std::string> printed_names; // by user
    Date as_of;
    bool enforced = false;
};

std::string or_all(const std::string& part) { return part.empty() ? "all" : part; }

std::string to_text(const Listing& listing) {
    std::vector<std::vector<std::string>> rows;
    for (const tmf::GrantRecord& grant : listing.grants)
        rows.push_back({grant.user, listing.printed_names.at(grant.user), grant.role, or_all(grant.scope.study),
                        or_all(grant.scope.country), or_all(grant.scope.site), grant.from.substr(0, 10),
                        grant.ended.empty() ? (grant.until ? "to " + grant.until->text() : "") : "ended " + grant.ended.substr(0, 10)});
    std::string text = fill("who could do what on {}\n", listing.as_of.text());
    if (!listing.enforced)
        text += "roles do not hold yet: whoever may write the folder may do everything, until the first 'dossier user add'\n";
    return text + text_table({"user", "name", "role", "study", "country", "site", "since", ""}, rows);
}

Json to_json(const Listing& listing) {
    Json grants = Json::array();
    for (const tmf::GrantRecord& grant : listing.grants) {
        Json json = tmf::to_json(grant);
        json.set("printed_name", listing.printed_names.at(grant.user));
        grants.push(std::move(json));
    }
    return Json::object({{"as_of", listing.as_of.text()}, {"enforced", listing.enforced}, {"grants", std::move(grants)}});
}

Sheet to_sheet(const Listing& listing) {
    Sheet sheet{"Users " + listing.as_of.text(),
                {"grant", "user", "printed_name", "role", "study", "country", "site", "from", "until", "by", "reason", "ended", "ended_by"},
                {}};
    for (const tmf::GrantRecord& grant : listing.grants)
        sheet.rows.push_back({tmf::grant_id(grant.number), grant.user, listing.printed_names.at(grant.user), grant.role, grant.scope.study,
                              grant.scope.country, grant.scope.site, grant.from, grant.until ? SheetCell::date(grant.until->text()) : "",
                              grant.by, grant.reason, grant.ended, grant.ended_by});
    tmf::add_head(sheet, {{"as_of", SheetCell::date(listing.as_of.text())}});
    return sheet;
}

Result<Listing> make_listing(Context& context, const std::string& as_of) {
    Listing listing;
    DOSSIER_TRY(const auto day, date_option("--as-of", as_of));
    listing.as_of = day.value_or(context.clock->now().date());
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
    DOSSIER_TRY(const auto records, repository->ledger().access());
    for (const tmf::UserRecord& user : records.users) listing.printed_names[user.name] = user.printed_name;
    for (const tmf::GrantRecord& grant : records.grants) // by whom it is empty: made with the repository, holds nobody back
        listing.enforced = listing.enforced || (!grant.by.empty() && grant.from.substr(0, 10) <= listing.as_of.text());
    listing.grants = tmf::grants_on(records, listing.as_of);
    std::erase_if(listing.grants, [&](const tmf::GrantRecord& grant) { return !repository->require(grant.scope); });
    return listing;
}

} // namespace

Command make_user_list() {
    auto as_of = std::make_shared<std::string>();
    Command command;
    command.name = "user list";
    command.right = "user.read";
    command.summary = "Who may do what, or who could on a day";
    command.example = "dossier user list --as-of 2026-03-01 --format csv";
    command.declare = [as_of](Options& list) { list.text("--as-of", *as_of, "On this day (default: today)"); };
    command.run = [as_of](Context& context) -> Result<int> {
        DOSSIER_TRY(const Listing listing, make_listing(context, *as_of));
        Rendering rendering;
        rendering.text = [&] { return to_text(listing); };
        rendering.json = [&] { return to_json(listing); };
        rendering.sheets = [&] { return std::vector<Sheet>{to_sheet(listing)}; };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
