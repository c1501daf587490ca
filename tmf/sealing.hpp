// Records of restricted documents, as they lie in the ledger and as those see them who hold the key. What could tell the treatment is
// sealed: title, file name, the list's word, pointer, comment, the bytes' own hash, size and kind, a version's label unless it is a
// number. What counting needs stays clear: study, artifact, place, person, event, language, dates. docs/repository_format.md has the form.
#pragma once

#include "tmf/ledger.hpp"
#include "tmf/sealer.hpp"

namespace dossier::tmf {

Result<DocumentRecord> seal_record(Sealer& sealer, const DocumentRecord& open);
Result<VersionRecord> seal_record(Sealer& sealer, const VersionRecord& open);
Result<std::string> seal_text(Sealer& sealer, const std::string& text); // "sealed:..."
std::string open_text(Sealer& sealer, const std::string& text);         // what is not sealed, or does not open, stays as it is
bool is_sealed_text(std::string_view text);

// Of a decision the reason is sealed, an empty one as well. Counting needs the rest.
Result<DecisionRecord> seal_record(Sealer& sealer, const DecisionRecord& open);
DecisionRecord open_record(Sealer& sealer, const DecisionRecord& stored);

// What does not open stays as it is, `sealed` still set. Records that are not sealed are returned unchanged.
DocumentRecord open_record(Sealer& sealer, const DocumentRecord& stored);
VersionRecord open_record(Sealer& sealer, const VersionRecord& stored);
StoredDocument open_document(Sealer& sealer, const StoredDocument& stored);

// That a document is to be open to all which is restricted.
Error restriction_stays(std::int64_t document);

StoredDocument without_words(const StoredDocument& stored); // what would be sealed is left out; numeric labels stay

// An audit entry with `opened` where anything in it was sealed and opens.
AuditEntry open_entry(Sealer& sealer, const AuditView& stored);
bool is_sealed(const AuditView& entry);

} // namespace dossier::tmf
