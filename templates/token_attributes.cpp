#include "templates/token_attributes.hpp"

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

bool TokenAttributes::contains(std::string_view element, std::string_view attribute) const {
    const auto known = all_.find(element);
    return attribute == "ID" || (known != all_.end() && known->second.count(attribute) > 0);
}

Result<TokenAttributes> read_token_attributes(const Source& source) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("ectd/grammar.tsv", {"grammar", "element", "content", "attributes"}));
    TokenAttributes tokens;
    std::map<std::string, std::set<std::string>> texts;
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        const std::string written = row.text("element"), element = written.substr(written.rfind(':') + 1); // npos + 1 is 0
        for (const std::string& attribute : row.list("attributes")) {
            const std::string name = attribute.substr(0, attribute.find_first_of("[=!"));
            if (attribute.find('[') != std::string::npos)
                tokens.all_[element].insert(name);
            else
                texts[element].insert(name);
            if (texts[element].count(name) > 0 && tokens.contains(element, name))
                row.fail("attributes", fill("{} of {} is free text in one grammar and words in another", name, element));
        }
        if (row.error()) return *row.error();
    }
    return tokens;
}

} // namespace dossier::templates
