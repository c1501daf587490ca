#include "tmf/scan.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "tmf/scan_parts.hpp"

namespace dossier::tmf {

using namespace scan;

struct Scanner::Known {
    Known(const templates::TmfCatalogue& catalogue, const templates::ScanTables& tables, const Study& study, Date day)
        : lexicon(catalogue, tables, study), today(day) {}
    Lexicon lexicon;
    Date today;
};

Scanner::Scanner(const templates::TmfCatalogue& catalogue, const templates::ScanTables& tables, const Study& study, Date today)
    : known_(std::make_unique<Known>(catalogue, tables, study, today)) {}

Scanner::~Scanner() = default;

namespace {

constexpr int in_doubt = 50, without_person = 70, of_a_draft = 70; // the most that can be said then

class Proposing {
public:
    Proposing(const Lexicon& lexicon, Date today, const std::string& path) : lexicon_(lexicon), today_(today), path_(read_path(path)) {
        proposal_.file = path;
        proposal_.title = replace_all(path_.parts.back(), "_", " ");
    }

    Proposal propose() {
        read_numbers(lexicon_, path_, found_);
        read_other_studies(lexicon_, path_, found_);
        read_mail(lexicon_, path_, found_);
        read_versions(path_, found_);
        read_dates(lexicon_, path_, today_, found_);
        read_places(lexicon_, path_, found_);
        read_people(lexicon_, path_, found_);
        read_unblinding(lexicon_, path_, found_);
        read_doubts(lexicon_, path_, found_);
        read_status(lexicon_, path_, found_);
        Choice choice = choose_with_people();
        judge(choice);
        take_place(choice);
        take_person(choice);
        take_event(choice);
        take_rest();
        proposal_.confidence = choice.artifact ? std::max(choice.confidence, 1) : 0;
        proposal_.artifact = choice.artifact ? choice.artifact->number : "";
        proposal_.sub_artifact = choice.part;
        proposal_.why = std::move(choice.why);
        proposal_.why.insert(proposal_.why.end(), found_.notes.begin(), found_.notes.end());
        proposal_.alternatives = std::move(choice.alternatives);
        return std::move(proposal_);
    }

private:
    // What the words say counts only where nothing speaks against it.
    void judge(Choice& choice) {
        if (!found_.may_unblind.empty() && !(choice.artifact && choice.artifact->restricted)) {
            proposal_.restricted = found_.unblinded;
            found_.doubts.push_back(found_.may_unblind);
        }
        if (!found_.excluded.empty()) return nothing(choice, found_.excluded);
        if (found_.is_mail && found_.number.empty() && found_.folder_number.empty())
            return nothing(choice, "it is a mail: its subject says what it is about, not what it is");
        if (choice.artifact && lexicon_.forms.count(choice.artifact->unique_id) > 0) {
            const bool has_names = lexicon_.signed_forms.count(choice.artifact->unique_id) > 0;
            const std::string name = has_names ? unknown_word(lexicon_, path_) : "";
            if (!name.empty() || is_filled_in(lexicon_, path_))
                return nothing(
                    choice,
                    fill("{}{} {} that a subject has filled in or signed says who the subject is and must never enter the sponsor's trial "
                         "master file: leave it at the site; of the form itself, say so by hand",
                         name.empty() ? "" : fill("\"{}\" may be a subject's name; ", name), choice.artifact->number,
                         choice.artifact->name));
        }
        for (const std::string& why : found_.doubts) doubt(choice, why);
        if (found_.status == "draft" && choice.confidence > of_a_draft) {
            choice.confidence = of_a_draft;
            choice.why.emplace_back("the name says that it is a draft");
        }
    }

    static void nothing(Choice& choice, const std::string& why) {
        choice = Choice();
        choice.why.push_back(why);
    }

    // A person's site is the document's site when the path names no other; a last name alone counts only where a person is wanted.
    Choice choose_with_people() {
        if (found_.people.empty()) return choose_artifact(lexicon_, path_, found_);
        const Findings before = found_;
        take_site_of_person();
        Choice choice = choose_artifact(lexicon_, path_, found_);
        if (found_.person_is_certain || (choice.artifact && lexicon_.person_scoped.count(choice.artifact->unique_id) > 0)) return choice;
        found_ = before;
        found_.people.clear();
        return choose_artifact(lexicon_, path_, found_);
    }

    void take_site_of_person() {
        std::set<std::string> sites;
        bool is_elsewhere = false;
        for (const PersonWords* person : found_.people) {
            is_elsewhere = is_elsewhere || (found_.sites.size() == 1 && !may_be_at(*person, *found_.sites.begin()));
            for (const Person* entry : person->entries)
                if (!entry->site.empty()) sites.insert(entry->site);
        }
        if (is_elsewhere) return contradict(sites);
        if (sites.size() != 1) return;
        if (found_.sites.empty() && found_.countries.size() <= 1) {
            const Site* site = lexicon_.study.site(*sites.begin());
            if (!site || (!found_.countries.empty() && *found_.countries.begin() != site->country)) return contradict(sites);
            found_.sites = sites;
            found_.countries = {site->country};
            found_.site_of_person = true;
        }
    }

    void contradict(const std::set<std::string>& sites) {
        is_contradicted_ = true;
        std::vector<std::string> who;
        for (const PersonWords* person : found_.people) who.push_back(naming(*person));
        const std::set<std::string>& there = found_.sites.empty() ? found_.countries : found_.sites;
        found_.notes.push_back(fill("{} is at site {}, the path says {}", join(who, " and "), join({sites.begin(), sites.end()}, ", "),
                                    join({there.begin(), there.end()}, ", ")));
    }

    void take_place(Choice& choice) {
        if (found_.sites.size() > 1) {
            doubt(choice, "several sites in the path: " + join({found_.sites.begin(), found_.sites.end()}, ", "));
        } else if (found_.countries.size() > 1) {
            doubt(choice, "several countries in the path: " + join({found_.countries.begin(), found_.countries.end()}, ", "));
        } else if (is_contradicted_) {
            choice.confidence = std::min(choice.confidence, in_doubt);
        } else {
            if (!found_.sites.empty()) proposal_.site = *found_.sites.begin();
            if (!found_.countries.empty()) proposal_.country = *found_.countries.begin();
            if (!proposal_.site.empty())
                choice.why.push_back(
                    fill("site {}{}", proposal_.site, std::string_view(found_.site_of_person ? " of the person named" : " in the path")));
            else if (!proposal_.country.empty())
                choice.why.push_back(fill("{} in the path", proposal_.country));
            else if (choice.artifact && (choice.artifact->at_site || choice.artifact->at_country))
                at_trial_level(choice);
        }
    }

    // Right only if it concerns the whole trial, and that no path says.
    void at_trial_level(Choice& choice) const {
        if (!choice.artifact->at_trial) return; // said already
        choice.why.emplace_back("no site or country in the path: trial level");
        choice.confidence -= 10;
    }

    static void doubt(Choice& choice, const std::string& why) {
        choice.why.push_back(why);
        choice.confidence = std::min(choice.confidence, in_doubt);
    }

    void take_person(Choice& choice) {
        const bool wanted = choice.artifact && lexicon_.person_scoped.count(choice.artifact->unique_id) > 0;
        if (!wanted) return;
        if (!found_.person_doubt.empty()) {
            doubt(choice, found_.person_doubt);
        } else if (found_.people.empty()) {
            const PersonWords* near = nearest_person(lexicon_, path_);
            choice.why.push_back("it is about a person, and the path names none that the study has" +
                                 (near ? fill(": did you mean {}?", naming(*near)) : ""));
            choice.confidence = std::min(choice.confidence, without_person);
        } else {
            const bool several = found_.people.size() > 1 && !found_.person_is_certain;
            if (several) doubt(choice, "several persons in the path");
            if (is_contradicted_ || (several && !found_.joined)) return;
            std::vector<std::string> ids;
            for (const PersonWords* person : found_.people) ids.push_back(person->entries[0]->id);
            proposal_.person = join(ids, ";");
            choice.why.push_back(join(ids, ", ") + " by name");
        }
    }

    void take_event(Choice& choice) {
        if (!choice.artifact) return;
        const EventFound event = find_event(lexicon_, path_, found_, *choice.artifact);
        if (!event.unknown.empty()) return nothing(choice, event.unknown);
        if (!event.doubt.empty()) doubt(choice, event.doubt);
        proposal_.event = event.id.empty() ? choice.event : event.id;
        if (event.visit_day) {
            choice.why.push_back(fill("{} is the day of the visit, not of the document", found_.date->text()));
            found_.date.reset();
        }
        if (!proposal_.event.empty()) choice.why.push_back("event " + proposal_.event);
    }

    void take_rest() {
        proposal_.date = found_.date;
        proposal_.expires = found_.expires;
        proposal_.version = found_.version;
        proposal_.status = found_.status;
        if (found_.languages.size() == 1) proposal_.language = *found_.languages.begin();
        if (found_.languages.size() > 1) found_.notes.emplace_back("several languages in the name");
    }

    const Lexicon& lexicon_;
    Date today_;
    Path path_;
    Findings found_;
    Proposal proposal_;
    bool is_contradicted_ = false;
};

} // namespace

Proposal Scanner::propose(const std::string& path) const { return Proposing(known_->lexicon, known_->today, path).propose(); }

} // namespace dossier::tmf
