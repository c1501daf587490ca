#include "ectd/ctis/trial.hpp"

#include "core/text.hpp"
#include "ectd/yaml_check.hpp"

namespace dossier::ectd::ctis {

namespace {

class TrialReader : private YamlCheck {
public:
    Trial run(const Yaml& node, std::vector<Error>& errors) {
        if (of_kind(node, "trial", Yaml::Kind::map)) read(node);
        for (Error& error : errors_) errors.push_back(std::move(error));
        return std::move(trial_);
    }

private:
    void read(const Yaml& node) {
        known(node, {"title", "protocol", "member_states", "conditions", "deferrals"});
        trial_.place = trial_.protocol_place = node.place();
        trial_.title = text(node, "title");
        if (const Yaml* protocol = present(node, "protocol", Yaml::Kind::map)) {
            known(*protocol, {"number", "version"});
            trial_.protocol_place = protocol->place();
            trial_.protocol_number = text(*protocol, "number");
            trial_.protocol_version = text(*protocol, "version");
        }
        if (const Yaml* list = present(node, "member_states", Yaml::Kind::list))
            for (const Yaml& item : list->list) read_member_state(item);
        if (const Yaml* answers = present(node, "conditions", Yaml::Kind::map))
            for (const auto& [name, answer] : answers->map) read_condition(name, answer);
        if (const Yaml* list = present(node, "deferrals", Yaml::Kind::list))
            for (const Yaml& item : list->list) read_deferral(item);
    }

    const Yaml* present(const Yaml& node, const std::string& key, Yaml::Kind kind) {
        const Yaml* value = node.find(key);
        return value && !value->is_null() && of_kind(*value, key, kind) ? value : nullptr;
    }

    std::vector<std::string> words(const Yaml& node, const std::string& key) {
        std::vector<std::string> list;
        if (const Yaml* value = present(node, key, Yaml::Kind::list))
            for (const Yaml& item : value->list) list.emplace_back(trim(item.scalar));
        return list;
    }

    void read_member_state(const Yaml& item) {
        if (!of_kind(item, "a member state", Yaml::Kind::map)) return;
        known(item, {"country", "languages", "sites"});
        trial_.member_states.push_back(
            {required(item, "country", "a member state"), words(item, "languages"), words(item, "sites"), item.place()});
        for (std::string& language : trial_.member_states.back().languages) language = to_lower(language);
    }

    void read_condition(const std::string& name, const Yaml& answer) {
        const std::string word = to_lower(trim(answer.scalar));
        trial_.condition_places[name] = answer.place();
        if (word.empty()) return; // a question that is still open
        const bool yes = word == "yes" || word == "true";
        if (!yes && word != "no" && word != "false")
            return complain(answer.place(), fill("{}: {} is no answer", name, answer.scalar), "write yes or no");
        trial_.conditions[name] = yes;
    }

    void read_deferral(const Yaml& item) {
        if (!of_kind(item, "a deferral", Yaml::Kind::map)) return;
        known(item, {"document", "until", "reason"});
        trial_.deferrals.push_back({required(item, "document", "a deferral"), text(item, "until"), text(item, "reason"), item.place()});
        const std::string& until = trial_.deferrals.back().until;
        if (!until.empty() && !parse_date(until)) complain(item.place(), fill("until: {} is not a date", until), "write it as 2026-03-01");
    }

    Trial trial_;
};

} // namespace

Trial read_trial(const Yaml& node, std::vector<Error>& errors) { return TrialReader().run(node, errors); }

} // namespace dossier::ectd::ctis
