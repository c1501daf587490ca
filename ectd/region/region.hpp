// What differs from region to region: the module 1 headings and its backbone, the envelope's rules, the first sequence number.
#pragma once

#include "core/result.hpp"
#include "ectd/application.hpp"
#include "ectd/application_file.hpp"
#include "ectd/backbone_tree.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dossier::ectd {

class Region {
public:
    virtual ~Region() = default;
    virtual const templates::HeadingTree& module1() const = 0;
    virtual std::string regional_file() const = 0;  // m1/us/us-regional.xml
    virtual std::string module1_prefix() const = 0; // element that wraps the module 1 headings: m1-regional
    virtual SequenceNumber first_sequence() const = 0;
    virtual bool wants_stf() const = 0;         // study tagging files in modules 4 and 5
    virtual bool lowest_level_only() const = 0; // leaves only under headings without child headings
    virtual std::size_t advised_path_length() const {
        return 0;
    } // of a file within its sequence; longer ones are legal and pointed out; 0 = none
    // Errors of the envelope of `sequence`, each with its place; empty when it can be written.
    virtual std::vector<Error> check_envelope(const ApplicationFile& file, SequenceNumber sequence, const Application& history) const = 0;
    // What is legal and looks like a mistake, for a person to look at.
    virtual std::vector<std::string> envelope_notes(const ApplicationFile&, SequenceNumber) const { return {}; }
    // The regional backbone. `form` is the submission form's leaf, when there is one.
    virtual std::string write_regional(const ApplicationFile& file, SequenceNumber sequence, const BackboneTree& module1,
                                       const WrittenLeaf* form) const = 0;
    // What the backbone carries for a heading's attribute: the code for a word of its code list, everything else as written. Error where
    // the list does not have it.
    virtual Result<std::string> attribute_value(const std::string& attribute, const std::string& written) const = 0;
    // The code of a form type word ("356h" -> "fdaft2"); empty when unknown.
    virtual std::string form_code(const std::string& word) const = 0;
    virtual std::string form_word(const std::string& code_or_word) const = 0; // "fdaft2" -> "356h"; as given when unknown
    virtual std::vector<std::string> form_words() const = 0;
    virtual std::string regional_title() const = 0;                         // of the leaf in index.xml that names the regional file
    virtual bool wants_form() const = 0;                                    // a submission form in the envelope
    virtual std::string submission_form(const std::string& type) const = 0; // which one, by the type of the application; "" none
    virtual std::vector<std::string> util_files() const { return {}; } // official files that every sequence carries, besides those of ICH
    virtual std::string schema() const { return {}; }                  // official file (XSD) that the regional file is checked with
    // What of the regional file rests on facts that are not official, in sentences for plan and report.
    virtual std::vector<std::string> uncertain() const { return {}; }
};

// unsupported for regions that are read but not built yet, naming what can be built.
Result<std::unique_ptr<Region>> make_region(const std::string& name, const templates::EctdCatalogue& catalogue);

// ID of the leaf in index.xml that names the regional file: us-regional.
std::string regional_leaf_id(const Region& region);

std::unique_ptr<Region> make_ca_region(const templates::EctdCatalogue& catalogue);
std::unique_ptr<Region> make_us_region(const templates::EctdCatalogue& catalogue);

} // namespace dossier::ectd
