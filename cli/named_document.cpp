#include "cli/named_document.hpp"

#include "cli/tmf_session.hpp"
#include "tmf/review.hpp"

namespace dossier::cli {

Result<tmf::VersionReference> NamedDocuments::find(const std::string& text) {
    if (const auto reference = tmf::parse_version_reference(text); reference && tmf::is_written_in_full(text)) return *reference;
    if (!repository_) {
        DOSSIER_TRY(repository_, open_repository(context_, tmf::Repository::Access::read));
    }
    return tmf::find_reference(repository_->ledger(), text);
}

} // namespace dossier::cli
