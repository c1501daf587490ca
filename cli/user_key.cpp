#include "cli/tmf_session.hpp"
#include "cli/unblinding_key.hpp"

namespace dossier::cli {

// It opens no ledger, so it needs no right.
Command make_user_key() {
    Command command;
    command.name = "user key";
    command.forms = {"text"};
    command.summary = "Make your own key pair for restricted documents and print its certificate";
    command.example = "dossier user key --output bob.pem";
    command.declare = [](Options&) {};
    command.run = [](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto repository, open_unguarded_repository(context, tmf::Repository::Access::read));
        std::string certificate = own_certificate(context, repository->id());
        if (certificate.empty()) {
            DOSSIER_TRY(const auto pair, make_own_key(context, repository->id()));
            certificate = pair.certificate;
        }
        Rendering rendering;
        rendering.text = [&] { return certificate; };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
