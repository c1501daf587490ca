// Finding documents by words: title, artifact, file name, what lists called it, persons, events, comments. Restricted documents are not in
// the index (tmf/ledger_sqlite_search.cpp): they are opened one by one for who holds the key, and compared here.
#pragma once

#include "tmf/repository.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// "informed consent" 1.0 mars -> a phrase and two beginnings of words. Nothing in it is an operator.
std::vector<SearchTerm> parse_search(const std::string& words);

// Each word may also be one of the artifact's name or number, or a name of a person of the study.
void add_meanings(std::vector<SearchTerm>& terms, const templates::TmfCatalogue& catalogue, const Study& study);

// What the index would answer, of one document whose words are open: every term is in one of its texts, or is its artifact, or its person.
bool matches(const std::vector<SearchTerm>& terms, const StoredDocument& stored);

} // namespace dossier::tmf
