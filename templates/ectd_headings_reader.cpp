#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "templates/ectd_catalogue_reader.hpp"

namespace dossier::templates {

namespace {

const std::vector<std::string> columns = {"element", "parent", "cardinality", "number",       "title", "holds",           "attributes",
                                          "id",      "lang",   "folder",      "per_sequence", "study", "one_study_folder"};
const std::vector<std::string> name_columns = {"element", "parent", "number", "title", "attributes"};
const std::string anywhere = "*"; // the parent of what stands below many headings
const std::vector<std::string> placeholders = {"{substance-manufacturer}", "{product}",  "{excipient}", "{indication}",
                                               "{manufacturer}",           "{substance}"};
constexpr std::size_t longest_folder_name = 64;    // ICH eCTD specification 3.2.2, appendix 2
constexpr std::size_t longest_module1_folder = 40; // our own: leaves room for file names below FDA's 150 characters

Holds holds_of(const std::string& word) {
    if (word == "leaves") return Holds::leaves;
    if (word == "leaves_extensions") return Holds::leaves_extensions;
    return word == "forms" ? Holds::forms : Holds::nothing;
}

bool is_number(const std::string& text) {
    const std::vector<std::string> parts = split(text, '.');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string& part = parts[i];
        const bool leading_zero = !part.empty() && part[0] == '0' && (i == 0 || part != "0"); // the EU and Canada have a 1.0
        const bool digits = !part.empty() && part.size() <= 2 && part.find_first_not_of("0123456789") == std::string::npos && !leading_zero;
        const bool letter = i > 0 && part.size() == 1 && part[0] >= 'A' && part[0] <= 'Z';
        if (!digits && !letter) return false;
    }
    return !parts.empty();
}

// "3.2.S.4.1" stands at the beginning of m3-2-s-4-1-specification; "1.1" does not of m1-14-labeling.
bool fits(const std::string& number, const std::string& element) {
    const std::string start = "m" + to_lower(replace_all(number, ".", "-"));
    if (!starts_with(element, start)) return false;
    const bool digit_follows = element.size() > start.size() && element[start.size()] >= '0' && element[start.size()] <= '9';
    return !digit_follows;
}

bool is_folder_name(std::string part) {
    for (const std::string& placeholder : placeholders) part = replace_all(part, placeholder, "x");
    return part.size() <= longest_folder_name && is_plain_name(part);
}

} // namespace

void EctdCatalogueReader::check_place(RowReader& row, const Heading& heading) {
    const auto known = element_lines_.find(heading.element);
    if (known != element_lines_.end())
        return row.fail("element", fill("{} stands there twice, first in line {}", heading.element, known->second));
    if (heading.parent.empty()) {
        open_.clear();
    } else if (!element_lines_.count(heading.parent)) {
        return row.fail("parent", fill("no heading {} in the rows before: a parent stands before its children", heading.parent));
    } else {
        const auto at = std::find(open_.begin(), open_.end(), heading.parent);
        if (at == open_.end())
            return row.fail("parent",
                            fill("{} is closed already: its children must follow it without other headings between", heading.parent));
        open_.erase(at + 1, open_.end());
    }
    open_.push_back(heading.element);
}

void EctdCatalogueReader::check_number(RowReader& row, const Heading& heading) const {
    const std::string& number = heading.number;
    if (!is_number(number)) return row.fail("number", fill("\"{}\" is not a section number like 3.2.S.4.1", number));
    if (!fits(number, heading.element)) return row.fail("number", fill("{} does not belong to the element {}", number, heading.element));
    const Heading* other = tree_.by_number(number);
    if (other) return row.fail("number", fill("{} is the number of {} already", number, other->element));
    const Heading* parent = tree_.by_element(heading.parent);
    if (parent && !starts_with(number, parent->number + "."))
        row.fail("number", fill("{} is not below {}, the number of its parent", number, parent->number));
}

void EctdCatalogueReader::check_folder(RowReader& row, const Heading& heading) {
    const std::vector<std::string> parts = path::parts(heading.folder);
    if (join(parts, "/") != heading.folder || !std::all_of(parts.begin(), parts.end(), is_folder_name))
        row.fail("folder", fill("\"{}\" is not a legal folder: a-z, 0-9, hyphen, at most {} characters, placeholders {}", heading.folder,
                                longest_folder_name, join(placeholders, " ")));
    if (!single_module()) return;
    if (parts.size() != 1 || heading.folder.size() > longest_module1_folder)
        row.fail("folder", fill("a heading of a module 1 has one folder name of at most {} characters", longest_module1_folder));
    const auto [at, fresh] = folder_lines_.emplace(heading.folder, row.line());
    if (!fresh) row.fail("folder", fill("{} is the folder of line {} already", heading.folder, at->second));
}

void EctdCatalogueReader::add(RowReader& row) {
    Heading heading;
    heading.element = row.text("element");
    heading.parent = row.optional_text("parent");
    const std::string cardinality = row.one_of("cardinality", {"?", "*"});
    heading.number = row.text("number");
    heading.title = row.text("title");
    heading.holds = holds_of(row.one_of("holds", {"nothing", "leaves", "leaves_extensions", "forms"}));
    for (const std::string& word : row.list("attributes")) {
        const bool required = ends_with(word, "!");
        heading.attributes.push_back({required ? word.substr(0, word.size() - 1) : word, required});
        if (!is_plain_name(heading.attributes.back().name)) row.fail("attributes", fill("\"{}\" is not an attribute name", word));
    }
    heading.has_id = row.yes_no("id");
    heading.has_lang = row.yes_no("lang");
    heading.folder = row.optional_text("folder");
    heading.per_sequence = row.yes_no("per_sequence");
    heading.study = row.yes_no("study");
    heading.one_study_folder = row.yes_no("one_study_folder");
    if (with_confidence_) heading.confidence = row.one_of("confidence", {"official", "secondary", "unverified"});
    if (row.error()) return;
    heading.cardinality = cardinality.front();
    if (!is_plain_name(heading.element)) row.fail("element", fill("\"{}\" is not an element name", heading.element));
    check_place(row, heading);
    check_number(row, heading);
    check_folder(row, heading);
    if (heading.study && heading.holds != Holds::leaves_extensions) row.fail("study", "only a lowest-level heading holds study files");
    if (row.error()) return;

    element_lines_[heading.element] = row.line();
    put(std::move(heading));
}

void EctdCatalogueReader::put(Heading heading) {
    const std::size_t index = tree_.headings_.size();
    tree_.by_element_[heading.element] = index;
    if (!heading.number.empty()) tree_.by_number_[to_lower(heading.number)] = index;
    if (heading.parent.empty())
        tree_.top_.push_back(index);
    else if (heading.parent != anywhere)
        tree_.headings_[tree_.by_element_.find(heading.parent)->second].children.push_back(index);
    tree_.headings_.push_back(std::move(heading));
}

void EctdCatalogueReader::add_name(RowReader& row) {
    Heading heading;
    heading.element = row.text("element");
    heading.parent = row.optional_text("parent");
    heading.number = row.optional_text("number");
    heading.title = row.optional_text("title");
    for (const std::string& name : row.list("attributes")) {
        heading.attributes.push_back({name, true});
        if (name != "xml:lang" && !is_plain_name(name)) row.fail("attributes", fill("\"{}\" is not an attribute name", name));
    }
    if (!is_plain_name(heading.element)) row.fail("element", fill("\"{}\" is not an element name", heading.element));
    if (row.error()) return;
    if (heading.parent != anywhere || element_lines_.count(heading.element)) check_place(row, heading);
    if (!heading.number.empty()) check_number(row, heading);
    if (row.error()) return;
    element_lines_[heading.element] = row.line();
    put(std::move(heading));
}

Result<void> EctdCatalogueReader::check_whole(const Tsv& table) const {
    if (tree_.headings_.empty()) return Error(ErrorKind::invalid, "the table holds no heading", {table.path, "", 0, "", -1});
    for (const Heading& heading : tree_.headings_) {
        const Place place{table.path, "", element_lines_.find(heading.element)->second, "holds", -1};
        const bool lowest = heading.holds == Holds::leaves_extensions || heading.holds == Holds::forms;
        if (lowest && !heading.children.empty())
            return Error(ErrorKind::invalid, fill("{} has headings below it, so it can hold only leaves or nothing", heading.element),
                         place);
        if (heading.holds == Holds::nothing && heading.children.empty())
            return Error(ErrorKind::invalid, fill("{} holds nothing and has no headings below it", heading.element), place);
    }
    return {};
}

Result<HeadingTree> EctdCatalogueReader::read_headings(const Source& source, const std::string& name, const std::string& below,
                                                       bool with_confidence) {
    std::vector<std::string> wanted = columns;
    if (with_confidence) wanted.emplace_back("confidence");
    DOSSIER_TRY(const Tsv table, source.read_tsv(name, wanted));
    EctdCatalogueReader reader(below);
    reader.with_confidence_ = with_confidence;
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        reader.add(row);
        if (row.error()) return *row.error();
    }
    DOSSIER_CHECK(reader.check_whole(table));
    return std::move(reader.tree_);
}

Result<HeadingTree> EctdCatalogueReader::read_names(const Source& source, const std::string& name) {
    DOSSIER_TRY(const Tsv table, source.read_tsv(name, name_columns));
    EctdCatalogueReader reader("");
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        reader.add_name(row);
        if (row.error()) return *row.error();
    }
    return std::move(reader.tree_);
}

} // namespace dossier::templates
