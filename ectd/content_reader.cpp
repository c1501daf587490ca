#include "ectd/content_reader.hpp"

#include <array>

#include "core/packed.hpp"
#include "core/pdf_content_pack.hpp"
#include "core/text.hpp"
#include "core/xml_encodings.hpp"

namespace dossier {

template <class Pack> void pack(Pack& fields, XptVariable& variable) {
    fields(variable.name, variable.label, variable.is_text, variable.length);
}
template <class Pack> void pack(Pack& fields, XptMember& member) {
    fields(member.name, member.label, member.type, member.rows, member.variables);
}
template <class Pack> void pack(Pack& fields, XptContent& content) { fields(content.members, content.problem); }
template <class Pack> void pack(Pack& fields, ImageContent& content) { fields(content.width, content.height, content.problem); }
template <class Pack> void pack(Pack& fields, OfficeContent& content) { fields(content.needs_password, content.macros, content.problem); }

} // namespace dossier

namespace dossier::ectd {

namespace content {
template <class Pack> void pack(Pack& fields, Request& request) {
    fields.choice(request.type, ContentType::text);
    fields(request.document, request.schema.name, request.schema.path, request.schema.bytes);
}
} // namespace content

template <class Pack> void pack(Pack& fields, TrialSummaryRow& row) { fields(row.study_id, row.code, row.value, row.null_flavor); }

template <class Pack> void pack(Pack& fields, XmlContent& content) {
    fields(content.root, content.well_formed, content.problem, content.study_oid, content.study_name, content.protocol_name,
           content.data_sets, content.references, content.stylesheet, content.values);
}

// Without what the program itself finds out: type, linked files.
template <class Pack> void pack(Pack& fields, ContentFact& fact) {
    fields.choice(fact.unknown, Unknown::beyond);
    fields(fact.reason, fact.pdf, fact.xpt, fact.trial_summary, fact.xml, fact.image, fact.office);
}

namespace content {

namespace {

constexpr int form = 6; // of the packed facts: raise it when their fields change

void say(ContentFact& fact, const Error& error) {
    fact.unknown = error.kind == ErrorKind::io            ? Unknown::unreadable
                   : error.kind == ErrorKind::unsupported ? Unknown::beyond
                                                          : Unknown::invalid;
    fact.reason = error.where.line > 0 ? fill("{} (line {})", error.message, error.where.line) : error.message;
}

template <class T> void keep(Result<T> result, std::shared_ptr<const T>& into, ContentFact& fact) {
    if (result)
        into = std::make_shared<const T>(std::move(*result));
    else
        say(fact, result.error());
}

// Rows of a data set with the columns of a trial summary.
Result<std::vector<TrialSummaryRow>> read_trial_summary(InputFile& file) {
    constexpr std::size_t most_rows = 10'000;
    constexpr std::uint64_t most_bytes = 64u << 20;
    DOSSIER_CHECK(file.seek(0));
    DOSSIER_TRY(const std::string bytes, read_bytes(file, most_bytes));
    DOSSIER_TRY(const XptDataSet data, parse_xpt(bytes, ""));
    const std::size_t study = data.column("STUDYID"), code = data.column("TSPARMCD"), value = data.column("TSVAL");
    const std::size_t flavor = data.column("TSVALNF"), none = data.columns.size();
    std::vector<TrialSummaryRow> rows;
    for (const auto& row : data.rows)
        if (rows.size() < most_rows) rows.push_back({row[study], row[code], row[value], flavor == none ? "" : row[flavor]});
    return rows;
}

void read_data_sets(InputFile& file, ContentFact& fact) {
    keep(read_xpt_content(file), fact.xpt, fact);
    if (!fact.xpt || !has_trial_summary(*fact.xpt)) return;
    if (auto rows = read_trial_summary(file))
        fact.trial_summary = std::move(*rows);
    else
        say(fact, rows.error());
}

std::string packed(const Request& request) {
    Packer fields;
    fields(request);
    return fields.bytes;
}

} // namespace

std::string request_for(ContentType type) { return packed({type, "", {}}); }
std::string request_for(const std::string& document, const SchemaText& schema) { return packed({ContentType::xml, document, schema}); }

Result<std::string> read_bytes(InputFile& file, std::uint64_t most) {
    std::string bytes(static_cast<std::size_t>(std::min(file.size(), most)), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
        DOSSIER_TRY(const std::size_t got, file.read(bytes.data() + at, bytes.size() - at));
        if (got == 0) bytes.resize(at);
        at += got;
    }
    return bytes;
}

std::string read(std::string_view request, std::unique_ptr<InputFile> file) {
    Request wanted;
    Unpacker fields(request);
    fields(wanted);
    if (!wanted.schema.name.empty()) return judge(wanted, *file);
    ContentFact fact;
    switch (wanted.type) {
    case ContentType::pdf:
        keep(read_pdf_content(std::move(file), ""), fact.pdf, fact);
        break;
    case ContentType::xpt:
        read_data_sets(*file, fact);
        break;
    case ContentType::png:
    case ContentType::jpeg:
    case ContentType::gif:
    case ContentType::tiff:
        keep(read_image_content(*file), fact.image, fact);
        break;
    case ContentType::zip:
    case ContentType::office:
        keep(read_office_content(*file), fact.office, fact);
        break;
    default:
        keep(read_xml_content(*file), fact.xml, fact);
    }
    return to_bytes(fact);
}

std::string to_bytes(const ContentFact& fact) {
    Packer fields;
    fields(fact);
    return fields.bytes;
}

bool take_reply(std::string_view reply, ContentFact& fact) {
    ContentFact read;
    Unpacker fields(reply);
    fields(read);
    if (!fields.finished()) return false;
    read.type = fact.type;
    fact = std::move(read);
    return true;
}

void prepare() { keep_encodings_at_hand(); }

std::string readers_version() { return fill("content-{}-{}", form, pdf_library_version()); }

} // namespace content

} // namespace dossier::ectd
