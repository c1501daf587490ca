// The life of an application as a specialist leads it: documents come, change and go, and each sequence is built by the program from a
// plan. After each one the application is read by a program of its own (current_view.py), held against the official DTDs with xmllint and
// validated; the exported plan must plan back to nothing.
#pragma once

#include "tests/support/run.hpp"

#include <map>
#include <string>
#include <vector>

namespace test {

struct LifeDocument {
    std::map<std::string, std::string> cells; // of the plan, by column
    std::string text;                         // what the document says
};

struct LifeRegion {
    int first = 1; // sequence
    std::string regional = "m1/us/us-regional.xml";
    std::vector<std::string> known = {};          // rules that find what this life does on purpose; no other may find anything
    std::map<std::string, std::string> more = {}; // official files that are stood in for, by name
};

class Life {
public:
    // `head` is application.yaml without its sequences.
    Life(std::string head, std::string studies, LifeRegion region = {});

    // Adds the document, or changes it: cells given replace those that are there.
    void put(const std::string& name, std::map<std::string, std::string> cells, const std::string& text = {});
    void drop(const std::string& name);

    // Cover letters and forms: of the next sequence only.
    void put_once(const std::string& name, std::map<std::string, std::string> cells, const std::string& text);

    // Builds the next sequence from all documents, and checks everything. `envelope`: its keys in application.yaml.
    void build(const std::string& envelope, const std::vector<std::string>& options = {});
    // The same from rows that say only what this sequence brings.
    void build_delta(const std::string& envelope, const std::vector<std::string>& names);
    // A row as it is, beside those of the next delta: `delete`, `append`.
    void say(std::map<std::string, std::string> cells, const std::string& text = {});

    // The current leaf of that title, as a plan names it: 0001#ID. `where`: a word of the attributes above it, where titles are equal.
    std::string reference(const std::string& title, const std::string& where = {}) const;

    // "operation section title" of the sequence built last, sorted; without what every sequence brings.
    const std::vector<std::string>& operations() const { return operations_; }
    std::string app() const { return scratch_ / "app"; }
    std::string sequence() const; // folder of the one built last
    int built() const { return built_; }

private:
    std::string row_of(const LifeDocument& document);
    std::string number() const;
    void write_application(const std::string& envelope);
    void run_build(const std::string& rows, std::vector<std::string> options);
    void check_view() const;
    void check_grammars() const;
    void check_validator() const;
    void check_round_trip() const;
    std::string line_of(const LifeDocument& document) const;

    Scratch scratch_;
    std::string standards() const;

    LifeRegion region_;
    std::string head_, studies_, sequences_;
    std::map<std::string, LifeDocument> documents_;
    std::vector<LifeDocument> once_, said_, kept_, appended_; // kept: what earlier sequences brought once
    std::vector<std::string> operations_;
    int built_; // number of the sequence built last
};

} // namespace test
