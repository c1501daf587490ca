#include <algorithm>
#include <set>

#include "cli/day_of_roles.hpp"
#include "cli/tmf_session.hpp"
#include "core/text.hpp"
#include "tmf/head_columns.hpp"
#include "tmf/role_times.hpp"

namespace dossier::cli {

namespace {

struct Listing {
    std::vector<tmf::GrantRecord> grants;
    std::map<std::string, std::string> printed_names; // by user
    std::map<std::int64_t, tmf::RoleTimes> times;     // by number
    Date as_of, judged_on;
    bool is_now = false, enforced = false;
    tmf::RoleTimes times_of(const tmf::GrantRecord& grant) const {
        const auto found = times.find(grant.number);
        return found == times.end() ? tmf::RoleTimes() : found->second;
    }
};

std::string or_all(const std::string& part) { return part.empty() ? "all" : part; }

std::string day_text(const std::string& time, const tmf::EntryTime& entry) {
    return time.substr(0, 10) + (entry.clock_given ? " (--now)" : "");
}

// What is wrong with a time, if the trail shows it.
std::string doubt(const char* what, const tmf::EntryTime& time) {
    if (!time.is_back && !time.is_ahead()) return {};
    const std::string counted = time.counted == time.said ? "" : ", counts from " + time.counted.substr(0, 10);
    return fill("{} is dated {}{}", std::string_view(what), std::string_view(time.is_back ? "back" : "ahead"), counted);
}

std::string remarks(const tmf::GrantRecord& grant, const tmf::RoleTimes& times) {
    std::vector<std::string> texts;
    if (!grant.ended.empty())
        texts.push_back("ended " + day_text(grant.ended, times.taken));
    else if (grant.until)
        texts.push_back("to " + grant.until->text());
    texts.push_back(doubt("its beginning", times.given));
    texts.push_back(doubt("its end", times.taken));
    std::erase(texts, "");
    return join(texts, "; ");
}

std::string to_text(const Listing& listing) {
    std::vector<std::vector<std::string>> rows;
    for (const tmf::GrantRecord& grant : listing.grants)
        rows.push_back({grant.user, listing.printed_names.at(grant.user), grant.role, or_all(grant.scope.study),
                        or_all(grant.scope.country), or_all(grant.scope.site), day_text(grant.from, listing.times_of(grant).given),
                        remarks(grant, listing.times_of(grant))});
    std::string text = fill("who {} do what on {}\n", std::string_view(listing.is_now ? "may" : "could"), listing.as_of.text());
    if (listing.is_now && listing.judged_on != listing.as_of)
        text += fill("last days of roles are judged on {}, the day of the newest entry of the audit trail\n", listing.judged_on.text());
    if (!listing.enforced)
        text += "roles do not hold yet: whoever may write the folder may do everything, until the first 'dossier user add'\n";
    return text + text_table({"user", "name", "role", "study", "country", "site", "since", ""}, rows);
}

std::string clock_text(const tmf::EntryTime& time) { return time.said.empty() ? "" : time.clock_given ? "given" : "system"; }
std::string dated_text(const tmf::EntryTime& time) { return time.is_back ? "back" : time.is_ahead() ? "ahead" : ""; }
std::string counted_text(const tmf::EntryTime& time) { return time.counted == time.said ? "" : time.counted; }

void set_time(Json& json, const std::string& name, const tmf::EntryTime& time) {
    if (time.said.empty()) return;
    json.set(name + "_clock", clock_text(time));
    if (time.is_back || time.is_ahead()) json.set(name + "_dated", dated_text(time));
    if (time.counted != time.said) json.set(name + "_counted", time.counted);
}

Json to_json(const Listing& listing) {
    Json grants = Json::array();
    for (const tmf::GrantRecord& grant : listing.grants) {
        Json json = tmf::to_json(grant);
        json.set("printed_name", listing.printed_names.at(grant.user));
        set_time(json, "from", listing.times_of(grant).given);
        set_time(json, "ended", listing.times_of(grant).taken);
        grants.push(std::move(json));
    }
    return Json::object({{"as_of", listing.as_of.text()}, {"enforced", listing.enforced}, {"grants", std::move(grants)}});
}

Sheet to_sheet(const Listing& listing) {
    Sheet sheet{"Users " + listing.as_of.text(),
                {"grant", "user", "printed_name", "role", "study", "country", "site", "from", "until", "by", "reason", "ended", "ended_by",
                 "from_clock", "from_dated", "from_counted", "ended_clock", "ended_dated", "ended_counted"},
                {}};
    for (const tmf::GrantRecord& grant : listing.grants) {
        const tmf::RoleTimes times = listing.times_of(grant);
        sheet.rows.push_back({tmf::grant_id(grant.number), grant.user, listing.printed_names.at(grant.user), grant.role, grant.scope.study,
                              grant.scope.country, grant.scope.site, grant.from, grant.until ? SheetCell::date(grant.until->text()) : "",
                              grant.by, grant.reason, grant.ended, grant.ended_by, clock_text(times.given), dated_text(times.given),
                              counted_text(times.given), clock_text(times.taken), dated_text(times.taken), counted_text(times.taken)});
    }
    tmf::add_head(sheet, {{"as_of", SheetCell::date(listing.as_of.text())}});
    return sheet;
}

Result<void> read_times(const Context& context, tmf::Ledger& ledger, Listing& listing) {
    tmf::RoleTimesReader reader;
    DOSSIER_CHECK(ledger.each_audit("", "", [&reader](const tmf::AuditView& entry) -> Result<void> {
        reader.feed(entry);
        return {};
    }));
    listing.times = reader.finish(context.machine_clock->now().precise_text());
    return {};
}

// Now: the very grants by which access control lets people act. On a day: those that held at some time of it, by the times that the trail
// lets be true, since nobody could act by a role before its entry was made, or after it was taken.
Result<Listing> make_listing(Context& context, const std::string& as_of) {
    Listing listing;
    DOSSIER_TRY(const auto day, date_option("--as-of", as_of));
    listing.is_now = !day;
    listing.as_of = day.value_or(context.clock->now().date());
    DOSSIER_TRY(const auto repository, open_repository(context, tmf::Repository::Access::read));
    DOSSIER_TRY(const auto snapshot, repository->ledger().snapshot());
    DOSSIER_TRY(const auto records, repository->ledger().access());
    DOSSIER_TRY(listing.judged_on, day_of_roles(context, repository->stored_ledger()));
    DOSSIER_CHECK(read_times(context, repository->stored_ledger(), listing));
    for (const tmf::UserRecord& user : records.users) listing.printed_names[user.name] = user.printed_name;
    tmf::AccessRecords counted = records;
    for (tmf::GrantRecord& grant : counted.grants) grant = tmf::as_counted(grant, listing.times_of(grant));
    for (const tmf::GrantRecord& grant : counted.grants) // by whom it is empty: made with the repository, holds nobody back
        listing.enforced = listing.enforced || (!grant.by.empty() && (listing.is_now || grant.from.substr(0, 10) <= listing.as_of.text()));
    std::set<std::int64_t> held;
    for (const tmf::GrantRecord& grant : tmf::grants_on(counted, listing.as_of)) held.insert(grant.number);
    for (const tmf::GrantRecord& grant : records.grants)
        if (listing.is_now ? grant.in_force(listing.judged_on) : held.count(grant.number) > 0) listing.grants.push_back(grant);
    std::stable_sort(listing.grants.begin(), listing.grants.end(),
                     [](const tmf::GrantRecord& a, const tmf::GrantRecord& b) { return a.user < b.user; });
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
    command.declare = [as_of](Options& list) { list.text("--as-of", *as_of, "On this day, at any time of it (default: now)"); };
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
