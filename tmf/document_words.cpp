#include "tmf/document_words.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

bool is_digits(const std::string& word) { return !word.empty() && word.find_first_not_of("0123456789") == std::string::npos; }

std::string without_zeros(const std::string& word) { return word.substr(std::min(word.find_first_not_of('0'), word.size() - 1)); }

class DocumentWords {
public:
    DocumentWords(Ledger& ledger, const std::string& study, const Table& table, std::vector<RowToFile>& items)
        : ledger_(ledger), study_(study), table_(table), items_(items) {}

    Result<void> put_zeros_back() {
        std::map<std::string, RowsByWord> by_number; // 123: rows with 123 and with 000123
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const std::string& word = items_[i].checked.document.external;
            if (is_digits(word)) by_number[without_zeros(word)][word].push_back(i);
        }
        if (by_number.size() > asked_one_by_one) DOSSIER_CHECK(read_all());
        for (auto& [number, rows] : by_number) {
            DOSSIER_TRY(const Filed filed, filed_as(number, rows));
            for (const auto& [document, word] : filed) rows.erase(word); // is filed as it is
            if (!rows.empty()) take_word(rows, filed);
        }
        return {};
    }

private:
    using RowsByWord = std::map<std::string, std::vector<std::size_t>>;
    using Filed = std::vector<std::pair<std::int64_t, std::string>>; // documents and their words

    static constexpr std::size_t asked_one_by_one = 16; // numbers; a list with more reads the words of the study once

    Result<void> read_all() {
        is_read_ = true;
        DocumentFilter all;
        all.study = study_;
        return ledger_.each_document(all, [this](const StoredDocument& stored) {
            const std::string& word = stored.document.external;
            if (is_digits(word)) filed_[without_zeros(word)].emplace_back(stored.document.number, word);
            return Result<void>();
        });
    }

    // The ledger finds words as they are: those with zeros in front are asked for, as many as people write.
    Result<Filed> filed_as(const std::string& number, const RowsByWord& rows) {
        if (is_read_) return filed_[number];
        std::size_t longest = 16;
        for (const auto& [word, of_word] : rows) longest = std::max(longest, word.size());
        Filed filed;
        for (std::string word = number; word.size() <= longest; word.insert(word.begin(), '0')) {
            DOSSIER_TRY(const auto documents, ledger_.documents_by_external(study_, word));
            for (const std::int64_t document : documents) filed.emplace_back(document, word);
        }
        return filed;
    }

    void take_word(const RowsByWord& rows, const Filed& filed) {
        if (filed.size() > 1) return refuse(rows, filed);
        const auto longest =
            std::max_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first.size() < b.first.size(); });
        const std::string word = filed.empty() ? longest->first : filed.front().second;
        const std::string which =
            filed.empty() ? fill("row {}", items_[longest->second.front()].row->number) : document_id(filed.front().first);
        for (const auto& [written, of_word] : rows) {
            if (written == word) continue;
            for (const std::size_t i : of_word) {
                CheckedRow& row = items_[i].checked;
                row.document.external = word;
                row.notes.push_back(fill("document {} was taken for {} ({}): a spreadsheet leaves zeros in front out; a document of its "
                                         "own needs another word",
                                         written, word, which));
            }
        }
    }

    void refuse(const RowsByWord& rows, const Filed& filed) {
        std::vector<std::string> choice;
        for (const auto& [document, word] : filed) choice.push_back(fill("{} ({})", document_id(document), word));
        for (const auto& [written, of_word] : rows)
            for (const std::size_t i : of_word)
                items_[i].errors.emplace_back(
                    ErrorKind::conflict, fill("document {} may be any of {} documents: {}", written, choice.size(), join(choice, ", ")),
                    place_of(table_, *items_[i].row, "document"),
                    "write the number of the one that is meant; a document of its own needs another word");
    }

    Ledger& ledger_;
    const std::string& study_;
    const Table& table_;
    std::vector<RowToFile>& items_;
    bool is_read_ = false;
    std::map<std::string, Filed> filed_; // of the whole study, by number
};

} // namespace

Result<void> put_zeros_back(Ledger& ledger, const std::string& study, const Table& table, std::vector<RowToFile>& items) {
    return DocumentWords(ledger, study, table, items).put_zeros_back();
}

} // namespace dossier::tmf
