// What is read in a worker process about one file: from bytes to facts; and the verdict of a schema on a regional file. Inside
// ectd/content*.cpp only.
#pragma once

#include "ectd/content_facts.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace dossier::ectd::content {

ContentType type_of(std::string_view start, std::uint64_t size); // by the first 1024 bytes

// Whether a worker has to look into a file of this type and name. Not into backbones, which are read anyway, nor into declarations of XML
// grammars, which look like documents and are none.
bool is_read(ContentType type, const std::string& path);

struct Request {
    ContentType type = ContentType::unknown;
    std::string document; // what messages of the schema's verdict call the file
    SchemaText schema;    // with a name: its verdict is asked for, not the facts
};

// ---- the worker's part ----
std::string read(std::string_view request, std::unique_ptr<InputFile> file); // a WorkFunction
void prepare();                                                              // loads what libraries would load late
std::string judge(const Request& request, InputFile& file);                  // the reply of one with a schema
Result<std::string> read_bytes(InputFile& file, std::uint64_t most);         // from where it stands, at most so many

// ---- the program's part ----
std::string request_for(ContentType type);                                      // its facts
std::string request_for(const std::string& document, const SchemaText& schema); // the schema's verdict
bool take_reply(std::string_view reply, ContentFact& fact);                     // false: it makes no sense
bool take_verdict(std::string_view reply, SchemaFact& fact);                    // false: it makes no sense
std::string to_bytes(const ContentFact& fact);                                  // without type and linked files
// The name of the cache's folder: changes with the form of the facts and with what reads them.
std::string readers_version();

Result<XmlContent> read_xml_content(InputFile& file);

} // namespace dossier::ectd::content
