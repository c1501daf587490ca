#include "core/xpt.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier {

std::size_t XptDataSet::column(std::string_view wanted) const {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const XptColumn& item) { return item.name == wanted; });
    return static_cast<std::size_t>(found - columns.begin());
}

namespace {

constexpr std::size_t record = 80;

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
    return text;
}

class Parser {
public:
    Parser(std::string_view bytes, const std::string& path, const XptLimits& limits) : bytes_(bytes), path_(path), limits_(limits) {}

    Result<XptDataSet> run() {
        if (bytes_.size() > limits_.bytes) return fail(fill("larger than the {} bytes that are read here", limits_.bytes));
        DOSSIER_CHECK(header("LIBRARY"));
        at_ += 2 * record; // who wrote it, when
        DOSSIER_TRY(const std::string_view member, header("MEMBER"));
        DOSSIER_TRY(const std::size_t length, number(member.substr(74, 4), "the length of a column description"));
        if (length != 140 && length != 136) return fail("column descriptions are neither 140 nor 136 bytes long");
        DOSSIER_CHECK(header("DSCRPTR"));
        DOSSIER_TRY(const std::string_view description, take(2 * record));
        data_.name = std::string(without_blanks(description.substr(8, 8)));
        DOSSIER_TRY(const std::string_view names, header("NAMESTR"));
        DOSSIER_TRY(const std::size_t count, number(names.substr(54, 4), "the number of columns"));
        DOSSIER_CHECK(read_columns(count, length));
        DOSSIER_CHECK(header("OBS"));
        DOSSIER_CHECK(read_rows());
        return std::move(data_);
    }

private:
    Error fail(const std::string& message) const {
        return Error(ErrorKind::invalid, "not a SAS transport file of version 5: " + message,
                     {path_, "", 0, "", static_cast<std::int64_t>(at_)}, "export the data set again");
    }

    Result<std::string_view> take(std::size_t count) {
        if (bytes_.size() < at_ || bytes_.size() - at_ < count) return fail("the file ends too early");
        const std::string_view part = bytes_.substr(at_, count);
        at_ += count;
        return part;
    }

    Result<std::string_view> header(std::string_view kind) {
        const std::size_t start = at_;
        DOSSIER_TRY(const std::string_view line, take(record));
        if (line.substr(0, 20) == "HEADER RECORD*******" && without_blanks(line.substr(20, 8)) == kind) return line;
        at_ = start;
        return fail(fill("the header {} is not where it has to be", kind));
    }

    Result<std::size_t> number(std::string_view digits, const char* what) {
        std::size_t value = 0;
        for (const char c : digits) {
            if (c < '0' || c > '9') return fail(fill("{} is no number", std::string_view(what)));
            value = value * 10 + static_cast<std::size_t>(c - '0');
        }
        return value;
    }

    static std::size_t big_endian(std::string_view bytes) {
        std::size_t value = 0;
        for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }

    Result<void> read_columns(std::size_t count, std::size_t length) {
        for (std::size_t i = 0; i < count; ++i) {
            DOSSIER_TRY(const std::string_view description, take(length));
            XptColumn column;
            column.is_text = big_endian(description.substr(0, 2)) == 2;
            column.length = big_endian(description.substr(4, 2));
            column.name = std::string(without_blanks(description.substr(8, 8)));
            column.offset = big_endian(description.substr(84, 4));
            row_ = std::max(row_, column.offset + column.length);
            data_.columns.push_back(std::move(column));
        }
        if (row_ == 0 || row_ > 1u << 20) return fail("the columns make no sensible row");
        at_ = (at_ + record - 1) / record * record;
        return {};
    }

    // The last record is filled up with blanks: less than 80 of them may look like one more row.
    Result<void> read_rows() {
        while (bytes_.size() - at_ >= row_) {
            const std::string_view row = bytes_.substr(at_, row_);
            if (bytes_.size() - at_ < record && without_blanks(row).empty()) break;
            if (data_.rows.size() >= limits_.rows) return fail(fill("more than {} rows", limits_.rows));
            data_.rows.emplace_back();
            for (const XptColumn& column : data_.columns)
                data_.rows.back().emplace_back(column.is_text ? without_blanks(row.substr(column.offset, column.length)) : "");
            at_ += row_;
        }
        return {};
    }

    std::string_view bytes_;
    const std::string& path_;
    const XptLimits& limits_;
    std::size_t at_ = 0, row_ = 0;
    XptDataSet data_;
};

} // namespace

Result<XptDataSet> parse_xpt(std::string_view bytes, const std::string& path, const XptLimits& limits) {
    return Parser(bytes, path, limits).run();
}

} // namespace dossier
