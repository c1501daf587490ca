// STUDY.yaml -> Study, list by list. What the lists say about each other is checked in study_checks.cpp.
#include "tmf/study.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "tmf/study_checks.hpp"
#include "tmf/study_quality.hpp"
#include "tmf/yaml_fields.hpp"

namespace dossier::tmf {

namespace {

class StudyReader {
public:
    StudyReader(const Yaml& file, const templates::TmfCatalogue& catalogue, bool from_ledger)
        : file_(file), catalogue_(catalogue), from_ledger_(from_ledger) {}

    Result<StudyReading> read() {
        if (file_.kind != Yaml::Kind::map)
            return Error(ErrorKind::invalid, "this is no study file", {file_.path, "", file_.line, "", -1},
                         "start it with 'study:' and, indented below, 'id: ...'");
        YamlFields top(file_, "study file", errors_);
        read_head(top);
        read_places(top);
        read_parties(top);
        read_changes(top);
        read_happenings(top);
        top.finish();
        check_study(out_.study, entries_, errors_, out_.notes, catalogue_);
        if (errors_.empty()) return std::move(out_);
        std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) { return a.where.line < b.where.line; });
        if (errors_.size() == 1) return errors_.front();
        Error all(ErrorKind::invalid, fill("the study file has {} errors; nothing was changed", errors_.size()), {file_.path});
        all.details = std::move(errors_);
        return all;
    }

private:
    void read_head(YamlFields& top) {
        const Yaml* head = top.raw("study");
        if (!head || head->kind != Yaml::Kind::map) {
            top.fail("study", "the map 'study:' with the study's id is missing", "write 'study:' and, indented below, 'id: ...'");
            return;
        }
        YamlFields fields(*head, "study", errors_);
        Study& study = out_.study;
        study.id = fields.id();
        study.title = fields.text("title");
        study.sponsor = fields.text("sponsor");
        study.phase = fields.text("phase");
        const std::string model = fields.text("model");
        if (!model.empty()) study.model = model;
        study.start = fields.date("start");
        study.dibd = fields.date("dibd");
        study.review = fields.flag("review", false);
        study.grace_days = fields.days("grace_days", 0);
        study.timeliness_target = fields.days("timeliness_target", 1);
        study.promote = fields.texts("promote");
        check_promoted(fields);
        read_lists(fields);
        read_quality_keys(fields, catalogue_, study);
        fields.finish();
        study.switches = read_switches(top);
    }

    void check_promoted(YamlFields& fields) {
        for (const std::string& rule : out_.study.promote) {
            if (catalogue_.rule(rule)) continue;
            std::vector<std::string> ids;
            for (const auto& known : catalogue_.rules) ids.push_back(known.id);
            const std::string near = nearest(rule, ids);
            fields.fail("promote", fill("promote: there is no rule {}", rule),
                        near.empty() ? "the rules are those of the model and of the study's lists" : fill("did you mean {}?", near));
        }
    }

    void read_lists(YamlFields& fields) {
        for (const std::string& name : fields.texts("lists")) {
            auto& lists = out_.study.lists;
            if (std::find(lists.begin(), lists.end(), name) != lists.end())
                fields.fail("lists", fill("lists: {} stands there twice", name), "name each list once");
            lists.push_back(name);
        }
    }

    Switches read_switches(YamlFields& fields) {
        Switches answers;
        const Yaml* map = fields.raw("switches");
        if (!map) return answers;
        if (map->kind != Yaml::Kind::map) {
            fields.fail("switches", "switches is no map", "write 'switches: {imp_blinded: yes}'");
            return answers;
        }
        YamlFields inner(*map, fields.map().find("study") ? "switches" : fields.what() + ", switches", errors_);
        for (const auto& known : catalogue_.switches)
            if (inner.raw(known.name)) answers[known.name] = inner.flag(known.name, known.fallback);
        inner.finish();
        return answers;
    }

    std::string to_alpha3(YamlFields& fields, const std::string& key, const std::string& text) {
        if (text.empty()) return {};
        if (const auto* country = catalogue_.country(text)) return country->alpha3;
        static const std::map<std::string, const char*> habits = {{"uk", "GB or GBR"}, {"el", "GR or GRC"}, {"ger", "DE or DEU"}};
        const auto meant = habits.find(to_lower(text));
        fields.fail(key, fill("there is no country \"{}\"", text),
                    fill("use the ISO 3166 code of two or three letters: {}",
                         std::string_view(meant == habits.end() ? "DE or DEU" : meant->second)));
        return {};
    }
    std::string country_code(YamlFields& fields, const std::string& key, bool required = false) {
        return to_alpha3(fields, key, fields.text(key, required));
    }
    std::vector<std::string> country_codes(YamlFields& fields) {
        std::vector<std::string> codes;
        for (const std::string& text : fields.texts("countries")) codes.push_back(to_alpha3(fields, "countries", text));
        return codes;
    }

    // Remembers where an identifier stands, for the checks over all lists.
    std::string own_id(YamlFields& fields, const std::string& list, const std::string& name = {}) {
        const std::string id = fields.id();
        if (!id.empty()) entries_.ids.push_back({id, list, name, fields.map().place()});
        return id;
    }
    void refer(YamlFields& fields, Reference::To to, const std::string& key, const std::string& id) {
        if (id.empty()) return;
        const Yaml* value = fields.map().find(key);
        entries_.references.push_back({to, id, fields.what(), key, value ? value->place() : fields.map().place()});
    }
    void refer_all(YamlFields& fields, Reference::To to, const std::string& key, const std::vector<std::string>& ids) {
        for (const std::string& id : ids) refer(fields, to, key, id);
    }
    std::string site_of(YamlFields& fields) {
        const std::string site = fields.text("site");
        refer(fields, Reference::To::site, "site", site);
        return site;
    }
    void check_order(YamlFields& fields, const OptionalDate& first, const OptionalDate& last, const std::string& last_key,
                     const std::string& first_key) {
        if (first && last && *last < *first)
            fields.fail(last_key, fill("{} {} is before {} {}", last_key, last->text(), first_key, first->text()),
                        "correct the one of the two dates that is wrong");
    }

    void read_places(YamlFields& top) {
        Study& study = out_.study;
        top.each("countries", [&](YamlFields& f) {
            Country country;
            country.code = country_code(f, "code", true);
            country.approved = f.date("approved");
            for (const std::string& text : f.texts("languages")) {
                const std::string language = normal_language(text);
                if (language.empty()) f.fail("languages", fill("\"{}\" is no language code", text), "use two letters: en, de, fr");
                country.languages.push_back(language);
            }
            country.switches = read_switches(f);
            if (!country.code.empty() && study.country(country.code)) // a code that could not be read is told above
                f.fail("code", fill("country {} is listed twice", country.code), "leave one of the two entries out");
            study.countries.push_back(std::move(country));
        });
        top.each("sites", [&](YamlFields& f) {
            Site site;
            site.name = f.text("name");
            site.id = own_id(f, "sites", site.name);
            site.country = country_code(f, "country", true);
            refer(f, Reference::To::country, "country", site.country);
            site.activated = f.date("activated");
            site.closed = f.date("closed");
            site.rejected = f.date("rejected");
            check_order(f, site.activated, site.closed, "closed", "activated");
            if (site.rejected && site.activated)
                f.fail("rejected", "a site cannot be both activated and rejected",
                       "leave out the date that is wrong; one that ended is closed");
            site.switches = read_switches(f);
            study.sites.push_back(std::move(site));
        });
        top.each("milestones", [&](YamlFields& f) { read_milestone(f); });
    }

    void read_milestone(YamlFields& f) {
        MilestoneEntry entry;
        entry.code = f.text("code", true);
        if (entry.code.size() == 1 && entry.code[0] >= '1' && entry.code[0] <= '9') entry.code = "0" + entry.code;
        if (!entry.code.empty() && !catalogue_.milestone(entry.code)) {
            std::vector<std::string> codes;
            for (const auto& known : catalogue_.milestones) codes.push_back(known.code);
            f.fail("code", fill("there is no milestone {}", entry.code), fill("the codes are {}", join(codes, " ")));
        }
        entry.site = site_of(f);
        entry.country = country_code(f, "country");
        refer(f, Reference::To::country, "country", entry.country);
        entry.date = f.date("date");
        entry.planned = f.date("planned");
        if (from_ledger_) read_recorder(f, entry);
        entries_.milestone_places.push_back(f.map().place());
        out_.study.milestones.push_back(std::move(entry));
    }

    // Who gave the entry's dates, as the ledger marks it (docs/repository_format.md).
    static void read_recorder(YamlFields& f, MilestoneEntry& entry) {
        const bool by_command = f.flag("from_command", false);
        const std::string from_file = f.word("from_file", {"date", "planned"}, false);
        entry.date_recorded = by_command && entry.date && from_file != "date";
        entry.planned_recorded = by_command && entry.planned && from_file != "planned";
    }

    void read_parties(YamlFields& top) {
        Study& study = out_.study;
        top.each("people", [&](YamlFields& f) {
            Person person;
            person.name = f.text("name");
            person.id = own_id(f, "people", person.name);
            person.role = f.word("role", templates::person_roles());
            person.site = site_of(f);
            person.country = country_code(f, "country");
            refer(f, Reference::To::country, "country", person.country);
            person.from = f.needed_date("from");
            person.to = f.date("to");
            check_order(f, person.from, person.to, "to", "from");
            person.physician = f.flag("physician", false);
            person.ec_member = f.flag("ec_member", false);
            entries_.person_places.push_back(f.map().place());
            study.people.push_back(std::move(person));
        });
        top.each("trainings", [&](YamlFields& f) {
            Training training{own_id(f, "trainings"), {}, f.needed_date("date")};
            for (const std::string& text : f.texts("roles")) add_roles(f, replace_all(text, "-", "_"), training.roles);
            study.trainings.push_back(std::move(training));
        });
        top.each("committees", [&](YamlFields& f) {
            Committee committee{own_id(f, "committees"), f.text("name"), f.date("from"), f.date("to"), read_dated(f, "meetings", "date")};
            check_order(f, committee.from, committee.to, "to", "from");
            study.committees.push_back(std::move(committee));
        });
        top.each("vendors", [&](YamlFields& f) {
            Vendor vendor{own_id(f, "vendors"), f.text("name"), f.date("from"), f.date("to"), f.flag("obligations", false), {}};
            check_order(f, vendor.from, vendor.to, "to", "from");
            f.each("contracts", [&](YamlFields& c) { vendor.contracts.push_back({own_id(c, "contracts"), c.date("signed")}); });
            study.vendors.push_back(std::move(vendor));
        });
        top.each("laboratories", [&](YamlFields& f) {
            Laboratory laboratory{
                own_id(f, "laboratories"), f.text("name"), site_of(f), f.date("from"), f.date("to"), f.flag("accredited", true), {}};
            check_order(f, laboratory.from, laboratory.to, "to", "from");
            f.each("certificates", [&](YamlFields& c) { laboratory.certificates.push_back({own_id(c, "certificates"), c.text("name")}); });
            study.laboratories.push_back(std::move(laboratory));
        });
    }

    void add_roles(YamlFields& fields, const std::string& word, std::vector<std::string>& roles) {
        const auto& known = templates::person_roles();
        for (const std::string& role : templates::roles_in(word)) {
            if (std::find(known.begin(), known.end(), role) == known.end()) {
                const std::string near = nearest(role, known);
                fields.fail("roles", fill("there is no role {}", role),
                            near.empty() ? fill("it may be {}", join(known, ", ")) : fill("did you mean {}?", near));
            } else {
                roles.push_back(role);
            }
        }
    }

    std::vector<Dated> read_dated(YamlFields& fields, const std::string& list, const std::string& key) {
        std::vector<Dated> entries;
        fields.each(list, [&](YamlFields& f) { entries.push_back({own_id(f, list), f.needed_date(key)}); });
        return entries;
    }

    void read_scope(YamlFields& f, std::vector<std::string>& countries, std::vector<std::string>& sites) {
        countries = country_codes(f);
        refer_all(f, Reference::To::country, "countries", countries);
        sites = f.texts("sites");
        refer_all(f, Reference::To::site, "sites", sites);
    }

    void read_changes(YamlFields& top) {
        Study& study = out_.study;
        top.each("amendments", [&](YamlFields& f) {
            Amendment amendment;
            amendment.id = own_id(f, "amendments");
            amendment.approved = f.needed_date("approved");
            amendment.substantial = f.flag("substantial", true);
            amendment.ec = f.flag("ec", amendment.substantial);
            read_scope(f, amendment.countries, amendment.sites);
            study.amendments.push_back(std::move(amendment));
        });
        top.each("safety_notices", [&](YamlFields& f) {
            SafetyNotice notice;
            notice.id = own_id(f, "safety_notices");
            notice.type = f.word("type", {"susar", "usm", "serious_breach", "line_listing", "other"}, false);
            notice.date = f.needed_date("date");
            notice.ec = f.flag("ec", notice.type == "susar" || notice.type == "usm" || notice.type == "serious_breach");
            read_scope(f, notice.countries, notice.sites);
            study.safety_notices.push_back(std::move(notice));
        });
        study.protocol_versions = read_dated(top, "protocol_versions", "date");
        study.ib_versions = read_dated(top, "ib_versions", "date");
        top.each("icf_versions", [&](YamlFields& f) {
            IcfVersion version{own_id(f, "icf_versions"), f.needed_date("approved"), {}, {}};
            read_scope(f, version.countries, version.sites);
            study.icf_versions.push_back(std::move(version));
        });
    }

    void read_happenings(YamlFields& top) {
        Study& study = out_.study;
        top.each("visits", [&](YamlFields& f) {
            study.visits.push_back({own_id(f, "visits"), site_of(f),
                                    f.word("type", {"qualification", "initiation", "interim", "close_out"}, false), f.needed_date("date")});
        });
        top.each("batches", [&](YamlFields& f) {
            Batch batch{own_id(f, "batches"), f.needed_date("released"), country_codes(f)};
            refer_all(f, Reference::To::country, "countries", batch.countries);
            study.batches.push_back(std::move(batch));
        });
        top.each("shipments", [&](YamlFields& f) {
            study.shipments.push_back({own_id(f, "shipments"), site_of(f), f.needed_date("date")});
        });
        study.audits = read_dated(top, "audits", "date");
        top.each("systems", [&](YamlFields& f) {
            study.systems.push_back({own_id(f, "systems"), f.word("kind", {"irt", "edc", "epro", "safety", "other"}, false),
                                     read_dated(f, "releases", "date")});
        });
        top.each("occurrences", [&](YamlFields& f) {
            study.occurrences.push_back(
                {own_id(f, "occurrences"), f.word("type", templates::occurrence_types(), false), site_of(f), f.needed_date("date")});
        });
    }

    const Yaml& file_;
    const templates::TmfCatalogue& catalogue_;
    bool from_ledger_;
    StudyReading out_;
    StudyEntries entries_;
    std::vector<Error> errors_;
};

} // namespace

Result<StudyReading> read_study(const Yaml& file, const templates::TmfCatalogue& catalogue, bool from_ledger) {
    return StudyReader(file, catalogue, from_ledger).read();
}

} // namespace dossier::tmf
