// All data sets of a transport file, read from front to end without holding it: TS-140, record by record.
#include <algorithm>

#include "core/encoding.hpp"
#include "core/text.hpp"
#include "core/xpt.hpp"

namespace dossier {

namespace {

constexpr std::size_t record = 80;
constexpr std::string_view head = "HEADER RECORD*******";

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
    return text;
}

std::string text_of(std::string_view bytes) { // SAS writes the code page of the session
    const std::string_view text = without_blanks(bytes);
    return is_valid_utf8(text) ? std::string(text) : utf8_from_windows_1252(text);
}

std::size_t big_endian(std::string_view bytes) {
    std::size_t value = 0;
    for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

// What is wrong with the content is `invalid` here, and a fact in the end; what is wrong with the disk is `io`.
Error malformed(std::string message) { return Error(ErrorKind::invalid, std::move(message)); }

class Records { // of 80 bytes, as views that hold until the next call
public:
    explicit Records(InputFile& file) : file_(file), buffer_(most * record, '\0') {}

    Result<std::string_view> next() { // shorter than a record at the end of the file
        if (filled_ - at_ < record) DOSSIER_CHECK(fill_buffer());
        const std::string_view found = std::string_view(buffer_).substr(at_, std::min(record, filled_ - at_));
        at_ += found.size();
        offset_ += found.size();
        return found;
    }
    std::uint64_t offset() const { return offset_; }

private:
    static constexpr std::size_t most = 8192;
    Result<void> fill_buffer() {
        std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), buffer_.begin() + static_cast<std::ptrdiff_t>(filled_),
                  buffer_.begin());
        filled_ -= at_;
        at_ = 0;
        while (filled_ < buffer_.size()) {
            DOSSIER_TRY(const std::size_t got, file_.read(buffer_.data() + filled_, buffer_.size() - filled_));
            if (got == 0) break;
            filled_ += got;
        }
        return {};
    }

    InputFile& file_;
    std::string buffer_;
    std::size_t at_ = 0, filled_ = 0;
    std::uint64_t offset_ = 0;
};

class ContentReader {
public:
    explicit ContentReader(InputFile& file) : records_(file) {}

    Result<XptContent> run() {
        const auto done = read();
        if (!done && done.error().kind != ErrorKind::invalid) return done.error();
        if (!done) content_.problem = fill("{} (byte {})", done.error().message, records_.offset());
        return std::move(content_);
    }

private:
    Result<void> read() {
        DOSSIER_TRY(const std::string_view library, records_.next());
        if (starts_with(library, head) && starts_with(library.substr(20), "LIBV8"))
            return malformed("it is of version 8; agencies take version 5");
        DOSSIER_CHECK(require_header(library, "LIBRARY"));
        for (int i = 0; i < 2; ++i) DOSSIER_CHECK(required_record()); // who wrote it, when
        DOSSIER_TRY(std::string first, required_record());            // a file without a data set is none
        while (!first.empty()) {
            if (content_.members.size() >= most_members) return malformed(fill("more than {} data sets", most_members));
            DOSSIER_TRY(first, read_member(first));
        }
        return {};
    }

    Result<std::string> whole_record() { // empty at the end of the file
        DOSSIER_TRY(const std::string_view found, records_.next());
        if (!found.empty() && found.size() < record) return malformed("the file ends in the middle of a record");
        return std::string(found);
    }

    Result<std::string> required_record() {
        DOSSIER_TRY(std::string found, whole_record());
        if (found.empty()) return malformed("the file ends too early");
        return found;
    }

    static Result<void> require_header(std::string_view line, std::string_view kind) {
        if (line.size() == record && starts_with(line, head) && without_blanks(line.substr(20, 8)) == kind) return {};
        return malformed(fill("the header {} is not where it has to be", kind));
    }

    static Result<std::size_t> number(std::string_view digits, std::string_view what) {
        std::size_t value = 0;
        for (const char c : digits) {
            if (c < '0' || c > '9') return malformed(fill("{} is no number", what));
            value = value * 10 + static_cast<std::size_t>(c - '0');
        }
        return value;
    }

    // From its header on; gives the header of the next one, or "" at the end.
    Result<std::string> read_member(const std::string& first) {
        DOSSIER_CHECK(require_header(first, "MEMBER"));
        DOSSIER_TRY(const std::size_t length, number(std::string_view(first).substr(74, 4), "the length of a column description"));
        if (length != 140 && length != 136) return malformed("column descriptions are neither 140 nor 136 bytes long");
        DOSSIER_TRY(const std::string description, required_record());
        DOSSIER_CHECK(require_header(description, "DSCRPTR"));
        DOSSIER_TRY(const std::string names, required_record());
        DOSSIER_TRY(const std::string label, required_record());
        XptMember& member = content_.members.emplace_back();
        member.name = text_of(std::string_view(names).substr(8, 8));
        member.label = text_of(std::string_view(label).substr(32, 40));
        member.type = text_of(std::string_view(label).substr(72, 8));
        DOSSIER_TRY(const std::string columns, required_record());
        DOSSIER_CHECK(require_header(columns, "NAMESTR"));
        DOSSIER_TRY(const std::size_t count, number(std::string_view(columns).substr(54, 4), "the number of columns"));
        DOSSIER_TRY(const std::size_t row, read_variables(count, length, member));
        DOSSIER_TRY(const std::string observations, required_record());
        DOSSIER_CHECK(require_header(observations, "OBS"));
        return count_rows(row, member);
    }

    Result<std::size_t> read_variables(std::size_t count, std::size_t length, XptMember& member) {
        std::string bytes;
        while (bytes.size() < count * length) {
            DOSSIER_TRY(const std::string more, required_record());
            bytes += more;
        }
        std::size_t row = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string_view description = std::string_view(bytes).substr(i * length, length);
            XptVariable variable;
            variable.is_text = big_endian(description.substr(0, 2)) == 2;
            variable.length = big_endian(description.substr(4, 2));
            variable.name = text_of(description.substr(8, 8));
            variable.label = text_of(description.substr(16, 40));
            row += variable.length;
            if (++variables_ <= most_variables) member.variables.push_back(std::move(variable));
        }
        if (row == 0 || row > 1u << 20) return malformed("the columns make no sensible row");
        return row;
    }

    // Rows follow each other without a gap; the last record is filled up with blanks: less than 80 of them may look like further rows.
    Result<std::string> count_rows(std::size_t row, XptMember& member) {
        std::uint64_t size = 0;
        std::string last, next;
        for (;;) {
            DOSSIER_TRY(const std::string_view found, records_.next());
            if (found.size() == record && starts_with(found, head) && without_blanks(found.substr(20, 8)) == "MEMBER") {
                next = found;
                break;
            }
            if (found.empty()) break;
            size += found.size();
            last = found;
            if (found.size() < record) break; // a file that is not filled up ends here
        }
        member.rows = size / row;
        std::uint64_t end = size - member.rows * row; // bytes behind the last row
        while (member.rows > 0 && end + row < record && end + row <= last.size() &&
               without_blanks(std::string_view(last).substr(last.size() - static_cast<std::size_t>(end) - row, row)).empty()) {
            --member.rows;
            end += row;
        }
        return next;
    }

    static constexpr std::size_t most_members = 1'000, most_variables = 20'000;
    Records records_;
    XptContent content_;
    std::size_t variables_ = 0;
};

} // namespace

Result<XptContent> read_xpt_content(InputFile& file) { return ContentReader(file).run(); }

} // namespace dossier
