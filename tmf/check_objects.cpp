// The objects of the store against the rows that name them.
#include "core/text.hpp"
#include "tmf/check_parts.hpp"

namespace dossier::tmf::checking {

namespace {

class ObjectsCheck {
public:
    ObjectsCheck(Repository& repository, const CheckOptions& options, const Naming& naming, const NamedObjects& named, CheckReport& report)
        : repository_(repository), options_(options), naming_(naming), named_(named), report_(report) {}

    Result<void> run() {
        DOSSIER_TRY(const ObjectListing listing, repository_.objects().list());
        report_.objects = listing.objects.size();
        std::set<Sha256> there;
        for (const ObjectEntry& object : listing.objects) {
            there.insert(object.sha256);
            const auto name = named_.names.find(object.sha256);
            if (name == named_.names.end())
                report_.add("object-unused", "info", path_of(object.sha256),
                            "no document names this object: an interrupted run left it; it does no harm");
            else if (object.size != named_.sizes.at(object.sha256))
                report_.add("object-size", "error", path_of(object.sha256),
                            fill("{}: {} bytes, {} were filed", naming_.version(name->second), object.size, named_.sizes.at(object.sha256)),
                            restore);
        }
        for (const auto& [sha256, name] : named_.names)
            if (there.count(sha256) == 0)
                report_.add("object-missing", "error", path_of(sha256), naming_.version(name) + ": its bytes are gone", restore);
        for (const std::string& stray : listing.strays)
            report_.add("stray-file", starts_with(stray, "incoming/") ? "info" : "warning", "objects/" + stray,
                        std::string(starts_with(stray, "incoming/") ? "left by an interrupted run; the next change removes it"
                                                                    : "this is no object of the repository"));
        if (options_.read_data) read_objects(listing);
        return {};
    }

private:
    void read_objects(const ObjectListing& listing) {
        std::size_t done = 0;
        for (const ObjectEntry& object : listing.objects) {
            if (options_.progress && !naming_.withholds()) options_.progress(done, listing.objects.size());
            ++done;
            const auto read = verify_object(repository_.objects(), object.sha256);
            if (read) {
                report_.bytes_read += *read;
                continue;
            }
            const auto name = named_.names.find(object.sha256);
            const bool used = name != named_.names.end();
            report_.add(used ? "object-damaged" : "object-unused-damaged", used ? "error" : "info", path_of(object.sha256),
                        (used ? naming_.version(name->second) : std::string("no document")) + ": " + read.error().message,
                        used ? restore : "");
        }
    }

    static std::string path_of(const Sha256& sha256) {
        const std::string hex = sha256.hex();
        return "objects/" + hex.substr(0, 2) + "/" + hex.substr(2);
    }

    Repository& repository_;
    const CheckOptions& options_;
    const Naming& naming_;
    const NamedObjects& named_;
    CheckReport& report_;
};

} // namespace

Result<void> check_objects(Repository& repository, const CheckOptions& options, const Naming& naming, const NamedObjects& named,
                           CheckReport& report) {
    return ObjectsCheck(repository, options, naming, named, report).run();
}

} // namespace dossier::tmf::checking
