// What is read in a worker process about one file: from bytes to facts. Inside ectd/content*.cpp only.
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

// ---- the worker's part ----
std::string read(std::string_view request, std::unique_ptr<InputFile> file); // a WorkFunction
void prepare();                                                              // loads what libraries would load late

// ---- the program's part ----
std::string request_for(ContentType type);
bool take_reply(std::string_view reply, ContentFact& fact); // false: it makes no sense
std::string to_bytes(const ContentFact& fact);              // without type and linked files
// The name of the cache's folder: changes with the form of the facts and with what reads them.
std::string readers_version();

Result<XmlContent> read_xml_content(InputFile& file);

} // namespace dossier::ectd::content
