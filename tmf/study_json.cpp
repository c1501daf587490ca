// Study -> JSON in the form of STUDY.yaml; absent values and defaults are left out, so equal studies give equal text.
#include "tmf/study.hpp"

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

class Entry {
public:
    Entry& text(const char* key, const std::string& value) {
        if (!value.empty()) json_.set(key, value);
        return *this;
    }
    Entry& date(const char* key, const OptionalDate& value) {
        if (value) json_.set(key, value->text());
        return *this;
    }
    Entry& flag(const char* key, bool value, bool fallback) {
        if (value != fallback) json_.set(key, value);
        return *this;
    }
    Entry& days(const char* key, int value) {
        if (value > 0) json_.set(key, value);
        return *this;
    }
    Entry& texts(const char* key, const std::vector<std::string>& values) {
        if (!values.empty()) json_.set(key, Json::texts(values));
        return *this;
    }
    Entry& switches(const Switches& answers) {
        if (answers.empty()) return *this;
        Json map = Json::object();
        for (const auto& [name, value] : answers) map.set(name, value);
        json_.set("switches", std::move(map));
        return *this;
    }
    template <class Items, class Convert> Entry& list(const char* key, const Items& items, Convert convert) {
        if (items.empty()) return *this;
        Json array = Json::array();
        for (const auto& item : items) {
            Entry entry;
            convert(entry, item);
            array.push(entry.take());
        }
        json_.set(key, std::move(array));
        return *this;
    }
    Entry& dated(const char* key, const std::vector<Dated>& items) {
        return list(key, items, [](Entry& e, const Dated& d) { e.text("id", d.id).date("date", d.date); });
    }
    Json take() { return std::move(json_); }

private:
    Json json_ = Json::object();
};

Json head_of(const Study& study) {
    Entry head;
    head.text("id", study.id).text("title", study.title).text("sponsor", study.sponsor).text("phase", study.phase);
    head.text("model", study.model).date("start", study.start).date("dibd", study.dibd).flag("review", study.review, false);
    head.days("grace_days", study.grace_days).days("timeliness_target", study.timeliness_target);
    std::vector<std::string> steps, critical;
    for (const auto step : study.review_steps) steps.emplace_back(templates::to_text(step));
    for (const int id : study.critical.value_or(std::vector<int>())) critical.push_back(fill("{:03}", id));
    head.texts("promote", study.promote).texts("lists", study.lists).texts("review_steps", steps);
    Json json = head.take();
    if (study.critical) json.set("critical", Json::texts(critical)); // an empty list is an answer, too
    return json;
}

void add_places(Entry& top, const Study& study) {
    top.switches(study.switches);
    top.list("countries", study.countries, [](Entry& e, const Country& c) {
        e.text("code", c.code).date("approved", c.approved).texts("languages", c.languages).switches(c.switches);
    });
    top.list("sites", study.sites, [](Entry& e, const Site& s) {
        e.text("id", s.id).text("country", s.country).text("name", s.name).date("activated", s.activated).date("closed", s.closed);
        e.date("rejected", s.rejected).switches(s.switches);
    });
    top.list("milestones", study.milestones, [](Entry& e, const MilestoneEntry& m) {
        e.text("code", m.code).text("country", m.country).text("site", m.site).date("date", m.date).date("planned", m.planned);
        e.flag("from_command", m.from_command(), false);
        if (m.from_command() && m.date && !m.date_recorded) e.text("from_file", "date");
        if (m.from_command() && m.planned && !m.planned_recorded) e.text("from_file", "planned");
    });
}

void add_parties(Entry& top, const Study& study) {
    top.list("people", study.people, [](Entry& e, const Person& p) {
        e.text("id", p.id).text("name", p.name).text("role", p.role).text("site", p.site).text("country", p.country);
        e.date("from", p.from).date("to", p.to).flag("physician", p.physician, false).flag("ec_member", p.ec_member, false);
    });
    top.list("trainings", study.trainings,
             [](Entry& e, const Training& t) { e.text("id", t.id).texts("roles", t.roles).date("date", t.date); });
    top.list("committees", study.committees, [](Entry& e, const Committee& c) {
        e.text("id", c.id).text("name", c.name).date("from", c.from).date("to", c.to).dated("meetings", c.meetings);
    });
    top.list("vendors", study.vendors, [](Entry& e, const Vendor& v) {
        e.text("id", v.id).text("name", v.name).date("from", v.from).date("to", v.to).flag("obligations", v.obligations, false);
        e.list("contracts", v.contracts, [](Entry& c, const Contract& k) { c.text("id", k.id).date("signed", k.signed_on); });
    });
    top.list("laboratories", study.laboratories, [](Entry& e, const Laboratory& l) {
        e.text("id", l.id).text("name", l.name).text("site", l.site).date("from", l.from).date("to", l.to);
        e.flag("accredited", l.accredited, true);
        e.list("certificates", l.certificates, [](Entry& c, const Certificate& k) { c.text("id", k.id).text("name", k.name); });
    });
}

void add_changes(Entry& top, const Study& study) {
    top.list("amendments", study.amendments, [](Entry& e, const Amendment& a) {
        e.text("id", a.id).date("approved", a.approved).flag("substantial", a.substantial, true).flag("ec", a.ec, a.substantial);
        e.texts("countries", a.countries).texts("sites", a.sites);
    });
    top.list("safety_notices", study.safety_notices, [](Entry& e, const SafetyNotice& n) {
        const bool expedited = n.type == "susar" || n.type == "usm" || n.type == "serious_breach";
        e.text("id", n.id).text("type", n.type).date("date", n.date).flag("ec", n.ec, expedited);
        e.texts("countries", n.countries).texts("sites", n.sites);
    });
    top.dated("protocol_versions", study.protocol_versions).dated("ib_versions", study.ib_versions);
    top.list("icf_versions", study.icf_versions, [](Entry& e, const IcfVersion& v) {
        e.text("id", v.id).date("approved", v.approved).texts("countries", v.countries).texts("sites", v.sites);
    });
}

void add_happenings(Entry& top, const Study& study) {
    top.list("visits", study.visits,
             [](Entry& e, const Visit& v) { e.text("id", v.id).text("site", v.site).text("type", v.type).date("date", v.date); });
    top.list("batches", study.batches,
             [](Entry& e, const Batch& b) { e.text("id", b.id).date("released", b.released).texts("countries", b.countries); });
    top.list("shipments", study.shipments,
             [](Entry& e, const Shipment& s) { e.text("id", s.id).text("site", s.site).date("date", s.date); });
    top.dated("audits", study.audits);
    top.list("systems", study.systems,
             [](Entry& e, const System& s) { e.text("id", s.id).text("kind", s.kind).dated("releases", s.releases); });
    top.list("occurrences", study.occurrences,
             [](Entry& e, const Occurrence& o) { e.text("id", o.id).text("type", o.type).text("site", o.site).date("date", o.date); });
}

} // namespace

Json to_json(const Study& study) {
    Entry rest;
    add_places(rest, study);
    add_parties(rest, study);
    add_changes(rest, study);
    add_happenings(rest, study);
    Json json = Json::object();
    json.set("study", head_of(study));
    const Json lists = rest.take();
    for (const auto& [key, value] : lists.members()) json.set(key, value);
    return json;
}

Yaml to_yaml(const Json& json, const std::string& path) {
    Yaml yaml;
    yaml.path = path;
    if (json.is_object()) {
        yaml.kind = Yaml::Kind::map;
        for (const auto& [key, value] : json.members()) yaml.map.emplace_back(key, to_yaml(value, path));
    } else if (json.is_array()) {
        yaml.kind = Yaml::Kind::list;
        for (const Json& item : json.items()) yaml.list.push_back(to_yaml(item, path));
    } else if (!json.is_null()) {
        yaml.kind = Yaml::Kind::scalar;
        const std::string text = json.dump(0);
        yaml.scalar = text.empty() || text[0] != '"' ? text : json.text();
    }
    return yaml;
}

} // namespace dossier::tmf
