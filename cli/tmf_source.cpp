#include "cli/tmf_source.hpp"

namespace dossier::cli {

std::unique_ptr<ectd::ContentSource> make_content_source(Context& context, const std::string& folder) {
    return ectd::make_file_source(context.fs, folder);
}

} // namespace dossier::cli
