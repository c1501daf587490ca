#include "tests/fuzz/readers.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <unistd.h>

#include "core/json.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "core/xml_stream.hpp"
#include "core/xml_validator.hpp"
#include "core/yaml.hpp"
#include "core/zip.hpp"
#include "ectd/content_reader.hpp"

namespace fuzz {

namespace {

using namespace dossier;

void promise(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

template <class T> void says_why(const Result<T>& result) {
    if (!result) promise(!result.error().message.empty() && to_text(result.error()).size() < 200'000, "an error says why, in bounds");
}

// What a worker process does, in this one.
void content(std::string_view bytes) {
    const auto memory = make_memory_file_system();
    if (!write_new_file(*memory, "/a", bytes)) return;
    ectd::ContentFact fact;
    fact.type = ectd::content::type_of(bytes.substr(0, 1024), bytes.size());
    if (!ectd::content::is_read(fact.type, "a")) return;
    auto file = memory->open("/a");
    promise(file && ectd::content::take_reply(ectd::content::read(ectd::content::request_for(fact.type), std::move(*file)), fact),
            "a worker's answer can be taken");
    promise((fact.unknown == ectd::Unknown::nothing) == fact.reason.empty(), "what cannot be read has a reason, and nothing else has");
}

void csv(std::string_view bytes) {
    const auto table = parse_table(bytes, "a.csv", {{"section", {}, true}, {"title", {"name"}, false}, {"date", {}, false}});
    says_why(table);
    if (!table) return;
    for (const TableRow& row : table->rows)
        for (const auto& [column, text] : row.cells) promise(!text.empty() && is_valid_utf8(text), "cells are UTF-8");
}

void json(std::string_view bytes) {
    const auto value = parse_json(bytes);
    says_why(value);
    if (!value) return;
    const auto again = parse_json(value->dump(-1));
    promise(again && again->dump(-1) == value->dump(-1), "what is written is read back");
}

void yaml(std::string_view bytes) { says_why(parse_yaml(bytes, "a.yaml")); }

class Judge final : public XmlHandler {
public:
    explicit Judge(const XmlGrammar& grammar) : validator_(grammar) {}
    Result<void> standalone() override {
        validator_.standalone();
        return {};
    }
    Result<void> doctype(const XmlDoctype& doctype) override {
        validator_.doctype(doctype);
        return {};
    }
    Result<void> start(const XmlStart& element) override {
        ++open_;
        validator_.start(element);
        return {};
    }
    Result<void> end(const std::string&, std::int64_t) override {
        --open_;
        validator_.end();
        return {};
    }
    Result<void> text(std::string_view piece) override {
        promise(is_valid_utf8(piece), "text of XML is UTF-8");
        validator_.text(piece);
        return {};
    }
    void finish() {
        promise(open_ == 0, "each element of a document ends");
        validator_.finish();
    }

private:
    XmlValidator validator_;
    int open_ = 0;
};

// A document and, before a line "----", the grammar it is judged by; a small one where there is no such line.
void xml(std::string_view bytes) {
    static constexpr std::string_view small = "<!ELEMENT a (b?, (c | d)*)><!ELEMENT b EMPTY><!ELEMENT c (#PCDATA)><!ELEMENT d ANY>"
                                              "<!ATTLIST a id ID #REQUIRED k (x | y) 'x'><!ATTLIST d r IDREFS #IMPLIED>";
    const std::size_t line = bytes.find("\n----\n");
    const auto grammar = XmlGrammar::parse(line == std::string_view::npos ? small : bytes.substr(0, line), "a.dtd");
    says_why(grammar);
    if (!grammar) return;
    Judge judge(*grammar);
    const auto whole = read_xml(line == std::string_view::npos ? bytes : bytes.substr(line + 6), "a.xml", judge);
    says_why(whole);
    if (whole) judge.finish();
}

void zip(std::string_view bytes) {
    const std::string path = fill("{}/dossier-fuzz-{}.zip", std::filesystem::temp_directory_path().string(), getpid());
    const auto disk = make_disk_file_system();
    std::filesystem::remove(path);
    if (!write_new_file(*disk, path, bytes)) return;
    const ZipLimits limits;
    const auto whole = open_zip(path, limits);
    says_why(whole);
    const auto in_part = open_zip_in_part(path, limits);
    says_why(in_part);
    promise(!whole || in_part, "an archive that is sound as a whole can be judged in part");
    if (in_part)
        for (const ZipEntry& entry : (*in_part)->entries()) says_why((*in_part)->read(entry.name, 1u << 20));
    std::filesystem::remove(path);
}

} // namespace

const std::vector<Reader>& readers() {
    static const std::vector<Reader> all = {{"content", content}, {"csv", csv}, {"json", json}, {"xml", xml}, {"yaml", yaml}, {"zip", zip}};
    return all;
}

} // namespace fuzz
