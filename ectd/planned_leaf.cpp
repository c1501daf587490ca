#include "ectd/planned_leaf.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/pdf.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "ectd/backbone_reader.hpp"
#include "ectd/names.hpp"
#include "ectd/plan_section.hpp"

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
        find_study();
        find_form();
        find_content();
        if (errors_.size() == before) find_path();
        leaf_.own_path = leaf_.path;
        if (errors_.size() != before) return std::nullopt;
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
                    complain_when_sent(column_of_attribute(attribute.name),
                                       fill("section {} needs a {}", heading->number, column_of_attribute(attribute.name)));
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

    void find_study() {
        for (const std::string& word : row_.file_tags) {
            if (const templates::StudyValue* tag = context_.catalogue.file_tag(word)) {
                leaf_.tags.push_back(tag);
                continue;
            }
            std::vector<std::string> tags;
            for (const auto& value : context_.catalogue.study_values)
                if (value.kind == "file-tag") tags.push_back(value.value);
            const std::string near = nearest(word, tags);
            complain_when_sent("file_tag", fill("{} is not a file tag of ICH valid-values 6.0", word),
                               near.empty() ? "" : fill("is {} meant?", near));
        }
        if (!row_.study.empty() && context_.application.studies.count(row_.study) == 0 && context_.studies_sent.count(row_.study) == 0) {
            std::vector<std::string> known(context_.studies_sent.begin(), context_.studies_sent.end());
            for (const auto& study : context_.application.studies)
                if (context_.studies_sent.count(study.first) == 0) known.push_back(study.first);
            complain("study", fill("study {} is not in {}", row_.study, path::file_name(context_.application.path)),
                     known.empty() ? fill("add it under studies: {}: {{title: …}}", row_.study) : fill("known are {}", join(known, ", ")));
        }
        if (!context_.region.wants_stf() || !leaf_.heading->study || row_is_ending()) return;
        if (row_.study.empty())
            complain_when_sent("study", fill("section {} holds study files, and the row names no study", leaf_.heading->number),
                               "fill in study; FDA wants a study tagging file there (1789)");
        if (row_.file_tags.empty())
            complain_when_sent("file_tag", fill("section {} holds study files, and the row has no file_tag", leaf_.heading->number),
                               "fill in what the file is, e.g. study-report-body, protocol-or-amendment");
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
        if (to_lower(path::extension(content->name)) == "pdf")
            if (const auto whole = check_pdf_ends(*content->fs, content->path); !whole)
                complain_when_sent("source", fill("{}: {}", row_.source, whole.error().message), whole.error().remedy);
        if (const auto info = content->fs->info(content->path); info && info->kind == FileKind::file && info->size == 0)
            complain_when_sent("source", fill("{} is empty", row_.source), "copy or export the document again");
        leaf_.content = std::move(*content);
    }

    std::string value(const std::string& attribute) const {
        const auto found = row_.attributes.find(attribute);
        return found == row_.attributes.end() || found->second.empty() ? "" : legal_folder(found->second);
    }

    std::string folder() const {
        const std::string substance = value("substance"), manufacturer = value("manufacturer");
        const std::string product = value("product-name"), dosage_form = value("dosageform");
        const auto both = [](const std::string& a, const std::string& b) { return legal_folder_of({a, b}); };
        return templates::fill_folder(tree_->folder_of(*leaf_.heading), {{"substance-manufacturer", both(substance, manufacturer)},
                                                                         {"substance", substance},
                                                                         {"manufacturer", manufacturer},
                                                                         {"product", both(product, dosage_form)},
                                                                         {"excipient", value("excipient")},
                                                                         {"indication", value("indication")},
                                                                         {"study", row_.study.empty() ? "" : legal_folder(row_.study)}});
    }

    void find_path() {
        std::string place = folder();
        if (!row_.study.empty()) leaf_.study_folder = place;
        if (!leaf_.content) { // a delete
            leaf_.path = row_.path;
            return;
        }
        leaf_.standard_path = path::join(place, legal_name(path::file_name(row_.path.empty() ? leaf_.content->name : row_.path)));
        if (!row_.path.empty()) {
            leaf_.path = row_.path;
            check_path();
            return;
        }
        // Data sets lie outside the study's report folder (FDA study data technical conformance guide).
        for (const templates::StudyValue* tag : leaf_.tags)
            if (!tag->folder.empty() && !row_.study.empty()) {
                place = path::join(path::join(path::join(place.substr(0, 2), "datasets"), legal_folder(row_.study)), tag->folder);
                break;
            }
        leaf_.path = path::join(place, legal_name(leaf_.content->name, path::extension(leaf_.content->name) == "xpt"));
        if (path::extension(leaf_.path).empty())
            complain_when_sent("source",
                               fill("{} has no extension, and a file of a submission needs one that tells its format", leaf_.content->name),
                               "give the file one, or write its name in path");
        check_length();
    }

    static bool is_in_module(const std::string& path) {
        const std::string module = path::parts(path).empty() ? "" : path::parts(path)[0];
        return module.size() == 2 && module[0] == 'm' && module[1] >= '1' && module[1] <= '5';
    }

    void check_path() {
        const std::vector<std::string> parts = path::parts(leaf_.path);
        std::string proposal;
        for (std::size_t i = 0; i < parts.size(); ++i)
            proposal = path::join(proposal, i + 1 == parts.size() ? legal_name(parts[i]) : legal_folder(parts[i]));
        const bool data = path::extension(leaf_.path) == "xpt";
        bool legal = path::is_inside(leaf_.path) && parts.size() > 1 && is_legal_name(parts.back(), data);
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) legal = legal && is_legal_folder(parts[i]);
        if (!path::is_inside(leaf_.path) || !is_in_module(proposal)) proposal = path::join(folder(), path::file_name(proposal));
        if (!legal) {
            complain_when_sent("path", fill("{} is not a legal path (a-z, 0-9 and hyphen, names of at most 64 characters)", leaf_.path),
                               fill("write {}", proposal));
        } else if (!is_in_module(leaf_.path)) {
            complain_when_sent("path", fill("{} lies outside the modules m1 to m5", leaf_.path), fill("write {}", proposal));
        } else {
            leaf_.path = path::normalise(leaf_.path);
            check_length();
        }
    }

    void check_length() {
        constexpr std::size_t most = 230; // ICH 3.2.2, appendix 2
        if (leaf_.path.size() > most)
            complain_when_sent("path", fill("the path has {} characters, ICH allows {}: {}", leaf_.path.size(), most, leaf_.path),
                               "write a shorter one in path");
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
