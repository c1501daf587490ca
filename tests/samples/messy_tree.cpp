#include "tests/samples/messy_tree.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "core/text.hpp"
#include "core/time.hpp"

namespace messy {

using namespace dossier;

namespace {

const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

class Writer {
public:
    Writer(const Tsv& names, const tmf::Study& study, const templates::TmfCatalogue& catalogue, unsigned seed)
        : names_(names), study_(study), catalogue_(catalogue), random_(seed) {}

    File write(const std::string& habit, const TableRow& row) {
        row_ = &row;
        file_ = {habit, "", &row, false};
        name_ = find_name();
        if (habit == "CRO export") cro_export();
        if (habit == "site binder") site_binder();
        if (habit == "upload codes") upload_codes();
        if (habit == "mail") mail();
        if (habit == "titles") titles();
        for (int copy = 2; !used_.insert(habit + "/" + file_.path).second; ++copy) {
            if (copy > 2)
                file_.path.erase(file_.path.rfind(" ("));
            else
                file_.path.erase(file_.path.rfind('.'));
            file_.path += fill(" ({})", copy) + (habit == "mail" ? "" : ".pdf");
        }
        return file_;
    }

private:
    unsigned pick(unsigned of) { return static_cast<unsigned>(random_() % of); }
    bool one_in(unsigned of) { return pick(of) == 0; }
    std::string any(const std::vector<std::string>& of) { return of[pick(static_cast<unsigned>(of.size()))]; }
    std::string cell(const char* column) const { return row_->cell(column); }
    const tmf::Site* site() const { return study_.site(cell("site")); }

    struct Name {
        std::string tab;
        std::vector<std::string> english, german, french;
    };
    // The row of the names that fits the document's event best: the first without one, unless one is for that very event.
    Name find_name() const {
        Name found;
        for (const TsvRow& line : names_.rows) {
            if (line.cells[0] != cell("artifact")) continue;
            const bool general = line.cells[1] == "-";
            if (!general && line.cells[1] != cell("event")) continue;
            if (!found.tab.empty() && general) continue;
            const auto list = [&](std::size_t at) {
                std::vector<std::string> all;
                if (line.cells[at] != "-") all = split(line.cells[at], '|');
                return all;
            };
            found = {line.cells[2], list(3), list(4), list(5)};
        }
        return found;
    }

    std::string local_name() {
        const bool german = cell("country") == "DEU", french = cell("site") == "202" || cell("language") == "fr";
        if (german && !name_.german.empty() && !one_in(3)) return any(name_.german);
        if (french && !name_.french.empty() && !one_in(3)) return any(name_.french);
        return any(name_.english);
    }

    // ---- parts of a name ----
    struct Who {
        std::string first, last, title;
    };
    Who who() const {
        const std::vector<std::string> ids = split(cell("person"), ';');
        const tmf::Person* person = ids.size() == 1 ? study_.person(ids[0]) : nullptr;
        if (!person) return {};
        std::vector<std::string> words = split(person->name, ' ');
        Who who;
        if (ends_with(words[0], ".")) {
            who.title = words[0];
            words.erase(words.begin());
        }
        who.last = words.back();
        words.pop_back();
        who.first = join(words, " ");
        return who;
    }

    // The day that people write: the visit's for what is about a visit, mostly the document's own.
    std::optional<Date> day() {
        auto date = parse_date(cell("date"));
        for (const tmf::Visit& visit : study_.visits)
            if (visit.id == cell("event") && !one_in(3)) return visit.date;
        return date;
    }

    std::string month_date(Date d, const char* gap) {
        return fill("{:02}{}{}{}{}", d.day(), std::string_view(gap), std::string_view(months[d.month() - 1]), std::string_view(gap),
                    d.year());
    }

    std::string event_words() {
        const std::string event = cell("event");
        if (event == "A1" || event == "TR-A1") return any({"Amendment 1", "Amd 1", "Amd01", "A1"});
        if (event == "SN1" || event == "SAE1" || event == "DBC1" || event == "EXC1" || event == "AUD1") return event;
        if (starts_with(event, "B25")) return any({"Batch " + event, event, "Lot " + event});
        if (starts_with(event, "SH-")) return any({event, "shipment 1", "Shipment #1"});
        if (starts_with(event, "V") && event.find('-') != std::string::npos)
            return any({"", "", "visit " + event.substr(event.size() - 1)});
        if (event == "DMC-M1") return any({"meeting 1", "M1"});
        if (event == "IRT-R2" || event == "EDC-R2") return any({"release 2", "R2", "Rel 2"});
        if (ends_with(event, "Y1")) return vendor_word(event) + any({" Year 1", " Y1", ""});
        return vendor_word(event);
    }

    static std::string vendor_word(const std::string& event) {
        if (starts_with(event, "CRO")) return "Fieldstone";
        if (starts_with(event, "LAB") || starts_with(event, "NCL")) return "Northgate";
        if (event == "IRTV" || event == "IRT-C1") return "Randora";
        if (starts_with(event, "LRK")) return "Rheinpark";
        return "";
    }

    std::string language_word(bool code) const {
        const std::string language = cell("language");
        if (language.empty()) return "";
        if (code) return upper(language);
        return language == "en" ? "English" : language == "fr" ? "French" : "German";
    }

    bool has_versions() const { return !cell("document").empty(); }
    std::string joined(const std::vector<std::string>& parts, const char* gap) const {
        std::vector<std::string> there;
        for (const std::string& part : parts)
            if (!trim(part).empty()) there.emplace_back(trim(part));
        return join(there, gap);
    }

    // ---- habits ----
    void cro_export() {
        const templates::Artifact* artifact = catalogue_.artifact_by_number(cell("artifact"));
        std::string folder = fill("{} {}/{} {}", artifact->zone, artifact->zone_name, artifact->section, artifact->section_name);
        const templates::Artifact* shown = artifact;
        if (one_in(30)) // into the folder beside it, by mistake
            for (const templates::Artifact& other : catalogue_.artifacts)
                if (other.section == artifact->section && &other != artifact) shown = &other;
        if (one_in(3) || shown != artifact) folder += fill("/{} {}", shown->number, replace_all(shown->name, "/", "-"));
        if (!cell("country").empty()) folder += "/" + cell("country");
        if (!cell("site").empty()) folder += "/" + cell("site");
        const auto date = day();
        file_.path = folder + "/" +
                     joined({"MDL-201", cell("site").empty() ? cell("country") : cell("site"), any(name_.english),
                             replace_all(event_words(), " ", "-"), who().last, language_word(true), date ? month_date(*date, "") : "",
                             "v" + cell("version"), any({"", "Final", "Final", "signed"})},
                            "_") +
                     ".pdf";
    }

    void site_binder() {
        std::string folder = "Sponsor";
        for (const templates::Country& country : catalogue_.countries)
            if (country.alpha3 == cell("country")) folder = one_in(3) ? country.alpha3 : country.name;
        if (site()) folder += one_in(2) ? fill("/Site {} {}", site()->id, split(site()->name, ',')[0]) : fill("/{}", site()->id);
        folder += "/" + fill("{}. {}", 1 + pick(20), name_.tab);
        std::string when;
        if (const auto date = day(); date && !one_in(4)) {
            const std::string european = fill("{:02}.{:02}.{}", date->day(), date->month(), date->year());
            const std::string american = fill("{:02}-{:02}-{}", date->month(), date->day(), date->year());
            when = any({cell("country") == "USA" ? american : european, month_date(*date, " "),
                        fill("{} {}", std::string_view(months[date->month() - 1]), date->year()), date->text()});
        }
        const Who person = who();
        file_.path = folder + "/" +
                     joined({local_name(), event_words(), one_in(2) ? person.last : joined({person.last, person.first}, " "),
                             language_word(one_in(2)), has_versions() ? "V" + cell("version") : "", when},
                            " ") +
                     ".pdf";
    }

    void upload_codes() {
        const auto own = day();
        const auto date = one_in(5) ? parse_date(cell("received")) : own; // one in five writes the day of the upload
        const std::string when = date ? fill("{}{:02}{:02}", date->year(), date->month(), date->day()) : "";
        const std::string version = has_versions() || one_in(3) ? "V" + replace_all(cell("version"), ".", "-") : "";
        const std::string name = replace_all(any(name_.english), " ", one_in(2) ? "" : "-");
        file_.path = fill("Upload_{:02}/", 1 + pick(12)) +
                     joined({one_in(2) ? "MDL201" : "MDL-201", cell("site").empty() ? cell("country") : cell("site"), name,
                             replace_all(event_words(), " ", ""), upper(who().last), language_word(true), when, version},
                            "_") +
                     ".pdf";
    }

    void mail() {
        std::string folder = "Trial level";
        if (!cell("country").empty()) folder = cell("country") == "DEU" ? "Deutschland" : cell("country") == "CAN" ? "Canada" : "US";
        if (site()) folder = any({"Site " + site()->id, split(site()->name, ' ')[0], "center " + site()->id});
        if (one_in(7)) {
            file_.hopeless = true;
            file_.path =
                folder + "/" +
                any({fill("scan{:04}.pdf", pick(9999)), fill("IMG_{}.jpg", 1000 + pick(9000)), fill("Document{}.pdf", 1 + pick(30)),
                     fill("doc0{}20250{}1{}.pdf", pick(9999), 1 + pick(9), pick(9)), fill("signed copy {}.pdf", pick(99))});
            return;
        }
        const Who person = who();
        const auto date = day();
        const std::string about = one_in(2) ? joined({person.title, person.last}, " ") : joined({person.first, person.last}, " ");
        const std::string when =
            date && one_in(2)
                ? any({month_date(*date, "-"), date->text(), fill("{:02}{:02}{:02}", date->day(), date->month(), date->year() % 100)})
                : "";
        const std::vector<std::string> order = one_in(2) ? std::vector<std::string>{about, local_name(), event_words()}
                                                         : std::vector<std::string>{local_name(), event_words(), about};
        std::vector<std::string> parts{any({"", "", "", "FW", "Re"})};
        parts.insert(parts.end(), order.begin(), order.end());
        parts.push_back(language_word(false));
        parts.push_back(when);
        parts.push_back(any({"", "signed", "FINAL", "final clean", "DRAFT comments", ""}));
        if (has_versions() && one_in(2)) parts.push_back("version " + cell("version"));
        file_.path = folder + "/" + joined(parts, " ") + any({".pdf", ".pdf", ".docx", " (2).pdf"});
    }

    void titles() {
        std::string folder = "Trial";
        if (!cell("country").empty()) folder = "Countries/" + cell("country");
        if (!cell("site").empty()) folder = "Sites/" + cell("site");
        std::string title = replace_all(replace_all(cell("title"), "/", "-"), ":", "");
        if (title.size() > 70) {
            std::size_t at = 70;
            while ((title[at] & 0xC0) == 0x80) --at;
            title.resize(at);
        }
        file_.path =
            folder + "/" + joined({title, one_in(2) ? cell("date") : "", has_versions() ? "v" + cell("version") : ""}, " - ") + ".pdf";
    }

    const Tsv& names_;
    const tmf::Study& study_;
    const templates::TmfCatalogue& catalogue_;
    std::mt19937 random_;
    const TableRow* row_ = nullptr;
    File file_;
    Name name_;
    std::set<std::string> used_;
};

} // namespace

const std::vector<std::string>& habits() {
    static const std::vector<std::string> all = {"CRO export", "site binder", "upload codes", "mail", "titles"};
    return all;
}

std::vector<File> make_files(const Table& documents, const Tsv& names, const tmf::Study& study, const templates::TmfCatalogue& catalogue,
                             unsigned seed) {
    Writer writer(names, study, catalogue, seed);
    std::vector<File> files;
    for (const std::string& habit : habits())
        for (const TableRow& row : documents.rows)
            if (!row.cell("file").empty()) files.push_back(writer.write(habit, row));
    return files;
}

} // namespace messy
