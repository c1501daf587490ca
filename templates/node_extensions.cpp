#include "templates/node_extensions.hpp"

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

bool NodeExtension::is_titled(std::string_view written) const {
    const std::string words = to_lower(trim(written)), wanted = to_lower(title);
    return words == wanted || ends_with(words, " " + wanted);
}

Result<std::vector<NodeExtension>> read_node_extensions(const Source& source) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("ectd/node-extensions.tsv", {"region", "section", "title", "confidence", "note"}));
    std::vector<NodeExtension> extensions;
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        NodeExtension item{row.one_of("region", {"us", "eu", "ca"}), row.text("section"), row.text("title"),
                           row.one_of("confidence", {"official", "secondary", "unverified"}), row.optional_text("note")};
        if (row.error()) return *row.error();
        extensions.push_back(std::move(item));
    }
    return extensions;
}

} // namespace dossier::templates
