#include "ectd/planned_leaf.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/pdf.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "ectd/backbone_reader.hpp"
#include "ectd/names.hpp"
#include "ectd/plan_section.hpp"
#include "ectd/row_path.hpp"
#include "ectd/row_study.hpp"

namespace dossier::ectd {

namespace {

class RowResolver {
public:
    RowResolver(const RowContext& context, const PlanRow& row, std::vector<Error>& errors)
        : context_(context), row_(row), errors_(errors) {}

    std::optional<PlannedLeaf> run() {
        const std::size_t before = errors_.size();
        leaf_.row = &row_;
        if (!find_heading()) return std::nullopt;
        if (waits()) { // says what belongs there; the rest is asked for when its document comes
            find_matching_parts();
            return std::move(leaf_);
        }
        build_steps();
        check_operation();
        resolve_study(context_, row_, leaf_, errors_);
        check_other_columns();
        find_form();
        find_content();
        resolve_path(*tree_, row_, leaf_);
        leaf_.is_broken = errors_.size() != before;
        return std::move(leaf_);
    }

private:
    void complain(const std::string& column, std::string message, std::string remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, std::move(message), row_.at(column), std::move(remedy));
    }

    void complain_when_sent(const std::string& column, std::string message, std::string remedy = {}) {
        leaf_.when_sent.emplace_back(ErrorKind::invalid, std::move(message), row_.at(column), std::move(remedy));
    }

    bool find_heading() {
        if (row_.section.empty()) return complain("section", "the row has no section"), false;
        const bool module1 = row_.section[0] == '1' && (row_.section.size() == 1 || row_.section[1] == '.');
        const templates::HeadingTree& tree = module1 ? context_.region.module1() : context_.catalogue.ctd;
        tree_ = &tree;
        leaf_.heading = tree.by_number(row_.section);
        if (!leaf_.heading) {
            complain("section", fill("there is no section {}", row_.section), remedy_for_section(row_.section, tree));
            return false;
        }
        if (!check_lost_zero(tree)) return false;
        path_ = tree.path_to(*leaf_.heading);
        leaf_.file = module1 ? context_.region.regional_file() : "index.xml";
        leaf_.section = module1 ? context_.region.module1_prefix() : "";
        using templates::Holds;
        const bool container =
            leaf_.heading->holds == Holds::nothing || (context_.region.lowest_level_only() && leaf_.heading->holds == Holds::leaves);
        if (container && !row_is_ending() && !waits()) {
            std::vector<std::string> below;
            for (const std::size_t child : leaf_.heading->children) below.push_back(tree.all()[child].number);
            complain_when_sent("section",
                               fill("section {} ({}) takes no documents of its own", leaf_.heading->number, leaf_.heading->title),
                               below.empty() ? "choose a section below it" : fill("choose one of {}", join(below, ", ")));
        }
        return true;
    }

    bool check_lost_zero(const templates::HeadingTree& tree) {
        const auto lost = find_lost_zero(row_, *leaf_.heading, tree);
        if (!lost) return true;
        const std::string number = leaf_.heading->number, other = lost->other->number;
        Error said(ErrorKind::invalid,
                   fill("the cell holds the number {}, which a spreadsheet also makes of {}; read as {} ({}), not {} ({})", number, other,
                        number, leaf_.heading->title, other, lost->other->title),
                   row_.at("section"), fill("where {} is meant, format the column as text and write {}", other, other));
        if (!lost->row_speaks_for_it) return leaf_.notes.push_back(to_text(said)), true;
        complain("section",
                 fill("the cell holds the number {}, which a spreadsheet also makes of {} ({}), and the row looks like that one", number,
                      other, lost->other->title),
                 fill("format the column as text, and write {} or {}", number, other));
        return false;
    }

    bool row_is_ending() const { return row_.operation == "delete"; }
    bool waits() const { return row_.source.empty() && row_.operation.empty(); }

    // Enough to recognise the leaf that a waiting row stands for, so that it is not taken as deleted.
    void find_matching_parts() {
        std::vector<Error> not_asked_yet;
        std::swap(errors_, not_asked_yet);
        build_steps();
        std::swap(errors_, not_asked_yet);
        leaf_.when_sent.clear();
        leaf_.path = row_.path;
    }

    void needs(const templates::Heading& heading, const std::string& column) {
        const bool vowel = std::string_view("aeiou").find(column.front()) != std::string_view::npos;
        complain_when_sent(column, fill("section {} needs {} {}", heading.number, std::string_view(vowel ? "an" : "a"), column));
    }

    void build_steps() {
        std::vector<std::string> taken;
        for (const templates::Heading* heading : path_) {
            HeadingStep step{heading, {}};
            for (const auto& attribute : heading->attributes) {
                taken.push_back(attribute.name);
                const auto value = row_.attributes.find(attribute.name);
                if (value != row_.attributes.end())
                    step.attributes[attribute.name] = value_to_write(attribute.name, value->second);
                else if (attribute.required)
                    needs(*heading, column_of_attribute(attribute.name));
            }
            leaf_.section += (leaf_.section.empty() ? "" : "/") + section_step(heading, heading->element, step.attributes);
            leaf_.steps.push_back(std::move(step));
        }
        for (const auto& [name, value] : row_.attributes)
            if (std::find(taken.begin(), taken.end(), name) == taken.end())
                complain(column_of_attribute(name), fill("section {} takes no {}", leaf_.heading->number, column_of_attribute(name)),
                         "empty the cell");
    }

    // A value that is there with blanks around it keeps them: a cell cannot say them, and without them it would be another node.
    std::string value_to_write(const std::string& attribute, const std::string& written) {
        const auto sent = context_.values_sent.find(attribute);
        if (sent != context_.values_sent.end() && sent->second.count(written) == 0)
            for (const std::string& value : sent->second)
                if (trim(value) == written) return value;
        auto value = context_.region.attribute_value(attribute, written);
        if (value) return *value;
        complain_when_sent(column_of_attribute(attribute), value.error().message, value.error().remedy);
        return written;
    }

    void check_operation() {
        static const std::vector<std::string> words{"new", "replace", "append", "delete"};
        if (!row_.operation.empty() && std::find(words.begin(), words.end(), row_.operation) == words.end())
            complain("operation", fill("{} is no operation", row_.operation),
                     "leave it empty (it is computed), or new, replace, append, delete");
        if (leaf_.heading->per_sequence && (row_.operation == "replace" || row_.operation == "append" || !row_.replaces.empty()))
            complain(row_.replaces.empty() ? "operation" : "replaces",
                     fill("section {} is sent new in every sequence; it replaces nothing", leaf_.heading->number),
                     "leave operation and replaces empty");
        for (const char c : row_.title)
            if (static_cast<unsigned char>(c) < 0x20)
                return complain_when_sent("title", "the title holds a line break or another control character", "write it on one line");
        if (row_.operation == "append" && row_.replaces.empty() && row_.id.empty())
            complain("replaces", "an append needs the leaf it is appended to", "write its sequence and ID: 0001#ID");
        if (!row_.id.empty() && !is_xml_name(row_.id))
            complain("id", fill("{} cannot be a leaf ID", row_.id), "start with a letter or _, then letters, digits, - _ .");
    }

    static bool is_xml_name(const std::string& text) {
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
        return letter(text[0]) && std::all_of(text.begin(), text.end(),
                                              [letter](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
    }

    // xml:lang of the leaf; the EU's columns have no place in the sequences that are built here.
    void check_other_columns() {
        const auto letters = [](const std::string& part, std::size_t least, std::size_t most) {
            return part.size() >= least && part.size() <= most &&
                   std::all_of(part.begin(), part.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
        };
        if (const std::vector<std::string> parts = split(row_.language, '-'); !row_.language.empty())
            if (!letters(parts[0], 2, 3) || std::isdigit(static_cast<unsigned char>(parts[0][0])) ||
                !std::all_of(parts.begin() + 1, parts.end(), [&](const std::string& part) { return letters(part, 2, 8); }))
                complain_when_sent("language", fill("\"{}\" is no language code", row_.language),
                                   "write two letters, e.g. en, fr, or en-US");
        for (const auto& [column, value] : {std::pair{"country", row_.country}, std::pair{"document_type", row_.document_type}})
            if (!value.empty()) complain(column, fill("there is no place for a {} in this region's sequences", column), "empty the cell");
    }

    void find_form() {
        if (leaf_.heading->holds != templates::Holds::forms) {
            if (!row_.form_type.empty()) complain("form_type", fill("section {} takes no form", leaf_.heading->number), "empty the cell");
            return;
        }
        leaf_.form_code = context_.region.form_code(row_.form_type);
        if (leaf_.form_code.empty())
            complain("form_type", row_.form_type.empty() ? "a form needs its form_type" : fill("{} is no known form type", row_.form_type),
                     fill("one of {}", join(context_.region.form_words(), ", ")));
    }

    void find_content() {
        if (row_is_ending()) {
            if (!row_.source.empty()) complain("source", "a delete sends no file", "empty the cell");
            return;
        }
        if (row_.source.empty()) return complain("source", fill("a row with operation {} needs a source", row_.operation));
        auto content = context_.source.find(row_.source);
        if (!content) return complain("source", content.error().message, content.error().remedy);
        const bool is_pdf = to_lower(path::extension(content->name)) == "pdf";
        const auto whole = is_pdf ? check_pdf_ends(*content->fs, content->path) : Result<void>();
        if (!whole) complain_when_sent("source", fill("{}: {}", row_.source, whole.error().message), whole.error().remedy);
        if (!is_pdf || !whole) check_not_empty(*content); // a whole PDF is not empty: it is not asked twice
        leaf_.content = std::move(*content);
    }

    void check_not_empty(const Content& content) {
        if (const auto info = content.fs->info(content.path); info && info->kind == FileKind::file && info->size == 0)
            complain_when_sent("source", fill("{} is empty", row_.source), "copy or export the document again");
    }

    const RowContext& context_;
    const PlanRow& row_;
    std::vector<Error>& errors_;
    const templates::HeadingTree* tree_ = nullptr;
    std::vector<const templates::Heading*> path_;
    PlannedLeaf leaf_;
};

} // namespace

std::optional<PlannedLeaf> resolve_row(const RowContext& context, const PlanRow& row, std::vector<Error>& errors) {
    return RowResolver(context, row, errors).run();
}

} // namespace dossier::ectd
