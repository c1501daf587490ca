// Reads one heading table. Only for templates/*.cpp; others call read_ectd_catalogue.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "templates/ectd_catalogue.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

class EctdCatalogueReader {
public:
    // `below` is the folder of a module 1 ("m1/us"), empty for the headings of index.xml.
    static Result<HeadingTree> read_headings(const Source& source, const std::string& name, const std::string& below,
                                             bool with_confidence = false);
    // The short form of the table, of a module 1 that is read and not built: element, parent, number, title, attributes.
    static Result<HeadingTree> read_names(const Source& source, const std::string& name);

private:
    explicit EctdCatalogueReader(const std::string& below) { tree_.below_ = below; }
    void add(RowReader& row);
    void add_name(RowReader& row);
    void put(Heading heading);
    void check_place(RowReader& row, const Heading& heading);
    void check_number(RowReader& row, const Heading& heading) const;
    void check_folder(RowReader& row, const Heading& heading);
    Result<void> check_whole(const Tsv& table) const;
    bool single_module() const { return !tree_.below_.empty(); }

    bool with_confidence_ = false; // a last column says how sure each row is
    HeadingTree tree_;
    std::vector<std::string> open_;                                    // elements from the top to the last row
    std::map<std::string, std::int64_t> element_lines_, folder_lines_; // where each was given; folders of a module 1 only
};

} // namespace dossier::templates
