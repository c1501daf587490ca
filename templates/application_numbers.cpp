#include "templates/application_numbers.hpp"

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

bool NumberForm::fits(std::string_view number) const {
    if (number.size() != pattern.size()) return false;
    for (std::size_t i = 0; i < number.size(); ++i) {
        const char c = number[i];
        const bool fit = pattern[i] == '#' ? is_digit(c) : pattern[i] == '@' ? c >= 'a' && c <= 'z' : c == pattern[i];
        if (!fit) return false;
    }
    return true;
}

Result<std::vector<NumberForm>> read_number_forms(const Source& source) {
    DOSSIER_TRY(const Tsv table,
                source.read_tsv("ectd/application-numbers.tsv", {"region", "type", "pattern", "what", "example", "confidence", "note"}));
    std::vector<NumberForm> forms;
    for (const TsvRow& cells : table.rows) {
        RowReader row(table, cells);
        NumberForm form{row.one_of("region", {"us", "eu", "ca"}),
                        row.text("type"),
                        row.text("pattern"),
                        row.text("what"),
                        row.text("example"),
                        row.one_of("confidence", {"official", "secondary", "unverified"}),
                        row.optional_text("note")};
        if (!form.fits(form.example)) row.fail("example", fill("\"{}\" does not fit the pattern", form.example));
        if (row.error()) return *row.error();
        forms.push_back(std::move(form));
    }
    return forms;
}

Result<void> check_number_form(const std::vector<NumberForm>& forms, std::string_view region, std::string_view type,
                               const std::string& number) {
    std::vector<std::string> wanted;
    std::string what;
    bool sure = true;
    for (const NumberForm& form : forms) {
        if (form.region != region || form.type != type) continue;
        if (form.fits(number)) return {};
        what = form.what;
        sure = sure && form.confidence == "official";
        wanted.push_back(form.example);
    }
    if (wanted.empty()) return {};
    return Error(ErrorKind::invalid, fill("{} is not {}", number, what), {},
                 fill("write it like {}{}", join(wanted, " or "),
                      std::string_view(sure ? ", leading zeros included" : " (the form is not confirmed by an official source)")));
}

} // namespace dossier::templates
