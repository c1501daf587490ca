#include "samples/writer/composer.hpp"

#include "core/path.hpp"
#include "core/text.hpp"
#include "samples/writer/study_tables.hpp"

namespace dossier::samples {

namespace {

constexpr const char* footer = "Made-up sample: nothing in it is real";

class Composer {
public:
    Composer(const Document& document, const StudyFacts& study, const Texts& texts, const Yaml& entry, PdfAuthor& author)
        : document_(document), study_(study), texts_(texts), entry_(entry), author_(author), names_(names_for_texts(document, study)) {}

    Result<void> run() {
        DOSSIER_TRY(const std::string about, filled(entry_, entry_.text("about")));
        names_["about"] = about;
        names_["about_line"] = document_.site.empty() ? study_.title : names_["site_name"];
        const std::string kind = entry_.text("kind");
        auto found = texts_.kinds.find(kind + "_" + document_.language);
        if (found == texts_.kinds.end()) found = texts_.kinds.find(kind);
        if (found == texts_.kinds.end()) return Error(ErrorKind::invalid, fill("there is no kind \"{}\"", kind), entry_.place());
        return blocks(found->second);
    }

private:
    Result<void> blocks(const Yaml& list) {
        for (const Yaml& item : list.list) {
            if (item.map.size() != 1) return Error(ErrorKind::invalid, "a block is one key with its content", item.place());
            DOSSIER_CHECK(block(item.map.front().first, item.map.front().second));
        }
        return {};
    }

    Result<std::string> filled(const Yaml& where, const std::string& pattern) const {
        std::string text = fill_named(pattern, names_);
        const std::size_t at = text.find('{');
        if (at == std::string::npos) return text;
        return Error(ErrorKind::invalid, fill("the text asks for {}, which no document has", text.substr(at, text.find('}', at) + 1 - at)),
                     where.place(), "samples/writer/facts.cpp lists the names");
    }
    Result<std::vector<std::string>> filled_list(const Yaml& list) const {
        std::vector<std::string> texts;
        for (const Yaml& item : list.list) {
            DOSSIER_TRY(std::string text, filled(item, item.scalar));
            texts.push_back(std::move(text));
        }
        return texts;
    }
    Result<PdfTable> filled_table(const Yaml& source, const char* rows_key) const {
        PdfTable table;
        if (const Yaml* header = source.find("header")) {
            DOSSIER_TRY(table.header, filled_list(*header));
        }
        if (const Yaml* weights = source.find("weights"))
            for (const Yaml& weight : weights->list) table.weights.push_back(std::stod(weight.scalar));
        if (const Yaml* rows = source.find(rows_key))
            for (const Yaml& row : rows->list) {
                DOSSIER_TRY(std::vector<std::string> cells, filled_list(row));
                table.rows.push_back(std::move(cells));
            }
        return table;
    }

    Result<void> block(const std::string& name, const Yaml& content) {
        if (name == "when") return content.text("version") == document_.version ? blocks(*content.find("blocks")) : Result<void>{};
        if (name == "bullets" || name == "sign") {
            DOSSIER_TRY(std::vector<std::string> items, filled_list(content));
            name == "bullets" ? author_.bullets(std::move(items)) : author_.signature_lines(std::move(items));
            return {};
        }
        if (name == "points") return own("points");
        if (name == "rows") {
            DOSSIER_CHECK(own("rows"));
            return own("table_of");
        }
        if (name == "table") {
            DOSSIER_TRY(PdfTable table, filled_table(content, "rows"));
            author_.table(std::move(table));
            return {};
        }
        if (name == "table_of") return study_table(content);
        if (name == "see") {
            author_.see(content.text("text"), content.text("heading"));
            return {};
        }
        return line(name, content);
    }

    // What the entry brings; nothing where it brings none.
    Result<void> own(const char* key) {
        const Yaml* content = entry_.find(key);
        if (content == nullptr) return {};
        if (std::string_view(key) == "table_of") return study_table(*content);
        if (std::string_view(key) == "rows") {
            DOSSIER_TRY(PdfTable table, filled_table(*content, "body"));
            author_.table(std::move(table));
            return {};
        }
        DOSSIER_TRY(std::vector<std::string> points, filled_list(*content));
        author_.bullets(std::move(points));
        return {};
    }

    Result<void> study_table(const Yaml& name) {
        auto table = make_study_table(name.scalar, document_, study_);
        if (!table) return Error(ErrorKind::invalid, fill("there is no table of \"{}\"", name.scalar), name.place());
        author_.table(std::move(*table));
        return {};
    }

    Result<void> line(const std::string& name, const Yaml& content) {
        DOSSIER_TRY(const std::string text, filled(content, content.scalar));
        if (name == "h1" || name == "h2")
            author_.heading(name == "h1" ? 1 : 2, text);
        else if (name == "p")
            author_.paragraph(text);
        else if (name == "small")
            author_.small_print(text);
        else if (name == "contents")
            author_.contents();
        else if (name == "page")
            author_.page_break();
        else if (name == "title_page")
            author_.title_page(text, facts_of(document_, study_));
        else
            return Error(ErrorKind::invalid, fill("there is no block \"{}\"", name), content.place());
        return {};
    }

    const Document& document_;
    const StudyFacts& study_;
    const Texts& texts_;
    const Yaml& entry_;
    PdfAuthor& author_;
    std::map<std::string, std::string> names_;
};

} // namespace

Result<Texts> read_texts(FileSystem& fs, const std::string& folder) {
    Texts texts;
    for (const char* name : {"kinds.yaml", "large.yaml", "trial.yaml", "ind.yaml", "cta.yaml"}) {
        const std::string path = path::join(folder, name);
        DOSSIER_TRY(const std::string bytes, read_file(fs, path));
        DOSSIER_TRY(const Yaml root, parse_yaml(bytes, path));
        const bool has_both = root.find("kinds") != nullptr;
        if (has_both)
            for (const auto& [key, value] : root.find("kinds")->map) texts.kinds[key] = value;
        const auto& rest = has_both ? root.find("documents")->map : root.map;
        auto& into = has_both || std::string_view(name) == "trial.yaml" ? texts.entries : texts.kinds;
        for (const auto& [key, value] : rest) into[key] = value;
    }
    return texts;
}

Result<std::string> compose(const Document& source, const StudyFacts& study, const Texts& texts, const std::string& fonts) {
    const auto entry = texts.entries.find(source.entry);
    if (entry == texts.entries.end())
        return Error(ErrorKind::invalid, fill("{} has no text", source.file), {}, fill("add \"{}\" to samples/texts", source.entry));
    Document document = source;
    if (document.date.empty()) document.date = entry->second.text("date");
    if (!entry->second.text("title").empty()) document.title = entry->second.text("title");
    const auto date = parse_date(document.date);
    if (!date) return Error(ErrorKind::invalid, fill("{} has no date", source.file), entry->second.place());
    PdfAuthorSettings settings;
    settings.title = document.title;
    settings.short_id = document.short_id;
    settings.author = study.sponsor;
    settings.subject = study.id;
    settings.footer = footer;
    settings.language = document.language.empty() ? "en" : document.language;
    settings.created = UtcTime::from_microseconds((date->days() * 24 + 12) * 3600 * 1'000'000);
    settings.paper = document.country == "DEU" ? paper_a4 : paper_letter;
    settings.regular_font = path::join(fonts, "DejaVuSans.ttf");
    settings.bold_font = path::join(fonts, "DejaVuSans-Bold.ttf");
    if (const Yaml* fields = entry->second.find("fields")) // of a form
        for (const auto& [name, value] : fields->map) settings.entries.emplace_back(name, value.scalar);
    PdfAuthor author(settings);
    DOSSIER_CHECK(Composer(document, study, texts, entry->second, author).run());
    return author.finish();
}

} // namespace dossier::samples
