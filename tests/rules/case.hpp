// Cases of rules: a small overlay, in data, on a conforming base, and the whole list of findings that must come of it.
//
//   tests/rules/base/<name>/      the sequences of a base. {{md5 PATH}} stands for the MD5 of that file when everything else is filled in,
//   so
//                                 that an edit keeps every checksum right which it does not touch itself; {{sha256 PATH}} likewise; {{trial
//                                 summary STUDY CODE VALUE}} for the bytes of a ts.xpt (more rows: three words for each; VALUE none:UNK is
//                                 an empty one with TSVALNF), {{data set NAME VALUE}} for those of another data set,
//                                 {{file NAME}} for those of tests/rules/pdf/NAME (made by make_pdfs.py, as the bases' PDFs are), {{copy
//                                 PATH}} for those of a file of the base, {{hostile NAME}} for those of one of test::hostile_pdfs.
//   tests/rules/<rule>/pass-*.yaml, fail-*.yaml   (the rule's id with '-' for ':')
//     base: us                    validate: "0001"            as_of: 2026-03-01           rules: fda-3.2.2
//     all: yes                    every sequence is read, and that one judged
//     top_folder: c123456         that holds the sequences
//     edits: [{replace: {in, text, with}}, {add: {file, text}}, {remove: PATH}, {rename: {from, to}}, {folder: PATH}, {link: PATH},
//             {size: {file, bytes}}, {counts_as: {file, bytes}}, {closed: PATH}, {archive_entry: {name, problem}}, {archive_beside: NAME}]
//             size: so many bytes of zero; counts_as: checks are told this size; closed: a folder that nobody may list, nor open what is in
//             it
//     after: [...]                the same, once checksums are filled in: for damage that checksums must show
//     expect: [{rule, path, location, severity, says}]        complete; location without its line; severity may be left out, and says:
//     words
//                                                             of its message
//     not_run: [rule, ...]        complete; [all others]: every rule that is not named by a finding
#pragma once

#include "ectd/validation.hpp"
#include "tests/support/run.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace test {

struct ExpectedFinding {
    std::string rule, path, location, severity, says;
};

struct RuleCase {
    std::string file; // tests/rules/dossier-leaf-title/fail-empty.yaml
    std::string rule; // folder name
    bool fails = false, all = false;
    std::string base = "us", sequence = "0001", as_of = "2026-03-01", rules;
    std::string top_folder; // that holds the sequences, where its name counts; empty: the scratch folder itself
    std::vector<ExpectedFinding> expect;
    std::vector<std::string> not_run;
    std::map<std::string, std::string> files; // edited and filled in
    std::set<std::string> folders, links;     // empty folders; links
    std::optional<dossier::ectd::ArchiveFact> archive;
    std::set<std::string> closed; // folders without the right to look into them
    std::map<std::string, std::uint64_t> sizes, counted_as;
};

std::vector<std::string> rule_case_files(); // sorted
RuleCase read_rule_case(const std::string& file);
RuleCase base_case(const std::string& base); // without edits, not filled in
void fill_in(RuleCase& item);

// The catalogue, knowing the stand-ins of the base's util folder as official files.
dossier::templates::EctdCatalogue case_catalogue();

std::string application_folder(const RuleCase& item, const Scratch& scratch); // where the sequences are written
void write_case(const RuleCase& item, const Scratch& scratch);
dossier::ectd::ValidationReport validate_case(const RuleCase& item, const Scratch& scratch);

std::string without_line(const std::string& location); // "index.xml line 12, leaf a" -> "index.xml leaf a"
std::string folder_of_rule(std::string id);            // "dossier:leaf-title" -> "dossier-leaf-title"

} // namespace test
