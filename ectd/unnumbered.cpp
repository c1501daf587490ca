#include "ectd/unnumbered.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

class Unnumbered final : public RuleSubject {
public:
    Unnumbered(std::string name, std::string region, Date as_of) : name_(std::move(name)), region_(std::move(region)), as_of_(as_of) {}
    std::string target() const override { return name_; }
    std::string application() const override { return ""; }
    std::string region() const override { return region_; }
    Date as_of() const override { return as_of_; }
    std::string unmet_need(const std::string&) const override { return not_read(); }
    std::string history_gap() const override { return not_read(); }
    std::string seen_from_target(const std::string& path) const override { return "../" + path; }
    void run(const Check& check, const Parameters&, CheckOutput& out) const override {
        if (std::string_view(check.name) == "package.folder_name")
            out.finding(name_, "");
        else
            out.not_run(not_read());
    }

private:
    std::string not_read() const { return fill("the folder {} is not called by four digits, so it was not read", name_); }

    std::string name_, region_;
    Date as_of_;
};

} // namespace

std::string region_of_unnumbered(FileSystem& fs, const std::string& folder) {
    const std::string m1 = path::join(folder, "m1");
    const auto entries = fs.list(m1);
    std::string region = "unknown";
    if (!entries) return region;
    for (const FolderEntry& entry : *entries) {
        if (entry.name.size() != 2) continue;
        if (exists(fs, path::join(folder, regional_file_of(entry.name)))) return entry.name;
        region = entry.name;
    }
    return region;
}

ValidationReport judge_unnumbered(const RuleSet& rules, const std::string& name, const std::string& region, Date as_of) {
    return run_rules(rules, Unnumbered(name, region, as_of));
}

} // namespace dossier::ectd
