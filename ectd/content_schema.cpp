// The verdict of an agency's XML schema on a regional file, found in a worker process: libxml2 makes a tree of the whole file for it.
#include "core/packed.hpp"
#include "core/text.hpp"
#include "ectd/content_reader.hpp"

namespace dossier {

template <class Pack> void pack(Pack& fields, XmlProblem& problem) {
    fields(problem.line, problem.message, problem.element, problem.attribute);
    fields.choice(problem.kind, XmlProblemKind::other);
}

} // namespace dossier

namespace dossier::ectd {

template <class Pack> void pack(Pack& fields, SchemaFact& fact) { fields(fact.problems, fact.not_judged); }

namespace content {

std::string judge(const Request& request, InputFile& file) {
    SchemaFact fact;
    const auto bytes = read_bytes(file, XmlLimits().bytes + 1); // one too many is refused
    auto problems = bytes ? validate_xml_schema(*bytes, request.document, request.schema.bytes, request.schema.path)
                          : Result<std::vector<XmlProblem>>(bytes.error());
    if (problems)
        fact.problems = std::move(*problems);
    else
        fact.not_judged = to_text(problems.error());
    Packer fields;
    fields(fact);
    return fields.bytes;
}

bool take_verdict(std::string_view reply, SchemaFact& fact) {
    SchemaFact read;
    Unpacker fields(reply);
    fields(read);
    if (!fields.finished()) return false;
    fact.problems = std::move(read.problems);
    fact.not_judged = std::move(read.not_judged);
    return true;
}

} // namespace content

} // namespace dossier::ectd
