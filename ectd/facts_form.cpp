// Forms of module 1 that are sent as XML, as worker processes have read them.
#include "ectd/facts_internal.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd::facts {

namespace {

constexpr std::uint64_t largest_form = 20 << 20;

XmlFormFact form_of(const ContentFact& content) {
    XmlFormFact fact;
    if (content.xml) {
        fact.root = content.xml->root;
        fact.values = content.xml->values;
        fact.problem = content.xml->problem;
    } else if (content.type == ContentType::html) {
        fact.root = "html"; // whatever else it is, no form
    } else {
        fact.problem =
            content.reason.empty() ? fill("it is no XML: it begins like {}", std::string_view(to_text(content.type))) : content.reason;
    }
    return fact;
}

} // namespace

void read_forms(SequenceFacts& facts) {
    const std::string module1 = facts.sequence->folder + "/m1/";
    for (const FileFact* file : facts.own_files) {
        if (!starts_with(file->path, module1) || file->path == facts.regional.path) continue;
        if (to_lower(path::extension(file->path)) != "xml" || file->kind != FileKind::file || file->size > largest_form) continue;
        const ContentFact* const content = facts.content ? facts.content->find(file->path) : nullptr;
        if (!content) continue;
        facts.forms.push_back(form_of(*content));
        facts.forms.back().path = file->path;
    }
}

} // namespace dossier::ectd::facts
