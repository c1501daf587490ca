// A document as people name it on the command line: its number, one of its versions, or the label that a list gave it. For commands that
// need to know it before they open the study; whoever has opened the repository asks tmf::find_reference.
#pragma once

#include "cli/command.hpp"
#include "tmf/repository.hpp"

#include <memory>
#include <string>

namespace dossier::cli {

class NamedDocuments {
public:
    explicit NamedDocuments(const Context& context) : context_(context) {}
    // Errors: those of tmf::find_reference.
    Result<tmf::VersionReference> find(const std::string& text);

private:
    const Context& context_;
    std::unique_ptr<tmf::Repository> repository_; // opened for the first name that is no number written in full
};

} // namespace dossier::cli
