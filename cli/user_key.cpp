#include <set>

#include "cli/tmf_session.hpp"
#include "cli/unblinding_key.hpp"
#include "core/base64.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

// What this pair opens of a repository, from the envelopes that lie there: they tell whom they are for without being opened.
class KeyState {
public:
    KeyState(const Context& context, const tmf::AccessRecords& records, const std::string& repository_id, const std::string& certificate)
        : user_(context.user), path_(own_key_path(context, repository_id, context.user)), records_(records) {
        for (const tmf::EnvelopeRecord& envelope : records.envelopes) {
            const auto sealed = from_base64(envelope.envelope);
            const bool opens = envelope.user == user_ && sealed && signing::is_sealed_for(*sealed, certificate);
            if (opens) opened_.insert(envelope.key);
            had_another_ = had_another_ || (envelope.user == user_ && !opens);
            others_have_it_ = others_have_it_ || (envelope.user != user_ && envelope.key == newest());
        }
    }

    std::string text() const {
        const std::string add = fill("'dossier user add {} --role unblinded --cert FILE' with this certificate", user_);
        if (records_.keys.empty()) return "it opens nothing yet: the repository has no key for restricted documents; " + add + " makes one";
        if (opened_.size() == records_.keys.size())
            return "it opens the repository's restricted documents, wherever you are in an unblinded role";
        const std::string by = ", by somebody who gives roles and reads restricted documents with a key of his own";
        if (!opened_.empty())
            return fill("it opens what is sealed for {}, not what is sealed for {}; for that it takes {}{}", keys(true), keys(false), add,
                        by);
        if (!had_another_) return fill("it opens nothing yet: nothing is sealed for it in this repository; it takes {}{}", add, by);
        const std::string lost =
            fill("it opens nothing: the repository's key is sealed for another pair of yours; bring that key file back, in "
                 "the place of {}",
                 path_);
        if (!others_have_it_)
            return lost + "; nobody else can open restricted documents, so without it they stay closed for good, and so does what is filed "
                          "restricted from now on";
        return fill("{}; where it is lost, it takes {}{}{}", lost, is_unblinded() ? revoke() : "", add, by);
    }

private:
    int newest() const { return records_.keys.empty() ? 0 : records_.keys.back().number; }

    // "K-1 (in use from 2025-10-01)": something new is sealed for the newest only.
    std::string keys(bool opened) const {
        std::vector<std::string> texts;
        for (const tmf::UnblindingKeyRecord& key : records_.keys)
            if ((opened_.count(key.number) > 0) == opened)
                texts.push_back(fill("{} (in use from {})", tmf::key_id(key.number), key.from.substr(0, 10)));
        return join(texts, ", ");
    }

    bool is_unblinded() const {
        for (const tmf::GrantRecord& grant : records_.grants)
            if (grant.user == user_ && grant.role == "unblinded" && grant.ended.empty()) return true;
        return false;
    }
    std::string revoke() const { return fill("'dossier user revoke {} --role unblinded --reason ...', then ", user_); }

    std::string user_, path_;
    const tmf::AccessRecords& records_;
    std::set<int> opened_; // numbers of keys
    bool had_another_ = false, others_have_it_ = false;
};

} // namespace

// It changes no ledger and shows nothing of it but what concerns the user's own key, so it needs no right.
Command make_user_key() {
    Command command;
    command.name = "user key";
    command.forms = {"text"};
    command.summary = "Make your own key pair for restricted documents and print its certificate";
    command.example = "dossier user key --output bob.pem";
    command.declare = [](Options&) {};
    command.run = [](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto repository, open_unguarded_repository(context, tmf::Repository::Access::read));
        DOSSIER_TRY(const auto records, repository->stored_ledger().access());
        std::string certificate = own_certificate(context, repository->id());
        if (certificate.empty()) {
            DOSSIER_TRY(const auto pair, make_own_key(context, repository->id()));
            certificate = pair.certificate;
        }
        Rendering rendering;
        rendering.text = [&] { return certificate; };
        DOSSIER_CHECK(emit(context, rendering));
        print_note(context, "note: " + KeyState(context, records, repository->id(), certificate).text());
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
