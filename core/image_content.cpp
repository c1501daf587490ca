#include "core/image_content.hpp"

#include <set>

#include "core/byte_source.hpp"
#include "core/crc32.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

// The readers below return what makes no sense, "" for nothing. What is cut off they leave to ByteSource::ok().

std::string read_png(ByteSource& bytes, ImageContent& image) {
    bytes.go_to(8);
    for (bool first = true; bytes.ok(); first = false) {
        const std::uint64_t part = bytes.at();
        std::uint64_t length = bytes.number(4, false);
        std::uint32_t check = 0;
        const auto checked = [&](std::size_t size) {
            std::string text = bytes.text(size);
            check = crc32_of(text, check);
            return text;
        };
        const std::string kind = checked(4);
        if (bytes.ok() && (first != (kind == "IHDR") || (first && length != 13))) return "its parts are not in the order of PNG";
        for (std::int64_t* const side : {&image.width, &image.height}) {
            if (!first) break;
            for (const char c : checked(4)) *side = *side << 8 | static_cast<unsigned char>(c);
            length -= 4;
        }
        while (length > 0 && bytes.ok()) {
            const std::string_view piece = bytes.some(length);
            check = crc32_of(piece, check);
            length -= piece.size();
        }
        if (bytes.number(4, false) != check && bytes.ok()) return fill("the checksum of its part at byte {} is wrong", part);
        if (kind == "IEND") break;
    }
    return "";
}

bool is_frame(unsigned marker) { // SOF: what names the size
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// The marker behind entropy-coded data, or at `bytes`. Those that restart the coding belong to the data.
unsigned next_marker(ByteSource& bytes) {
    while (bytes.ok()) {
        if (bytes.byte() != 0xFF) continue;
        unsigned marker = 0xFF;
        while (marker == 0xFF && bytes.ok()) marker = bytes.byte();
        if (marker != 0 && (marker < 0xD0 || marker > 0xD7)) return marker;
    }
    return 0;
}

std::string read_jpeg(ByteSource& bytes, ImageContent& image) {
    constexpr unsigned start = 0xD8, end = 0xD9, temporary = 0x01; // have nothing behind them
    bytes.go_to(2);
    for (unsigned marker = next_marker(bytes); marker != end && bytes.ok(); marker = next_marker(bytes)) {
        if (marker == start || marker == temporary) continue;
        const std::uint64_t length = bytes.number(2, false);
        if (length < 2 && bytes.ok()) return "a part of it has no length";
        const std::uint64_t behind = bytes.at() + length - 2;
        if (is_frame(marker) && image.width == 0) {
            bytes.skip(1);
            image.height = static_cast<std::int64_t>(bytes.number(2, false));
            image.width = static_cast<std::int64_t>(bytes.number(2, false));
        }
        bytes.go_to(behind);
    }
    return "";
}

void skip_blocks(ByteSource& bytes) {
    while (const unsigned length = bytes.byte()) bytes.skip(length);
}
void skip_colors(ByteSource& bytes, unsigned flags) {
    if (flags & 0x80u) bytes.skip(3ull << ((flags & 7u) + 1));
}

std::string read_gif(ByteSource& bytes, ImageContent& image) {
    constexpr unsigned end = 0x3B, extension = 0x21, picture = 0x2C;
    bytes.go_to(6);
    image.width = static_cast<std::int64_t>(bytes.number(2, true));
    image.height = static_cast<std::int64_t>(bytes.number(2, true));
    const unsigned flags = bytes.byte();
    bytes.skip(2);
    skip_colors(bytes, flags);
    for (unsigned kind = bytes.byte(); kind != end && bytes.ok(); kind = bytes.byte()) {
        if (kind != extension && kind != picture) return fill("its part at byte {} is none that GIF knows", bytes.at() - 1);
        if (kind == picture) {
            bytes.skip(8);
            skip_colors(bytes, bytes.byte());
        }
        bytes.skip(1);
        skip_blocks(bytes);
        if (kind == picture && bytes.at() == bytes.size()) break; // some programs forget the last byte, and no viewer misses it
    }
    return "";
}

// TIFF: directories of fields, each picture in strips or tiles.
class TiffReader {
public:
    TiffReader(ByteSource& bytes, ImageContent& image) : bytes_(bytes), image_(image) {}

    std::string read() {
        constexpr std::size_t most_pictures = 10'000;
        bytes_.go_to(0);
        low_first_ = bytes_.byte() == 'I';
        bytes_.go_to(4);
        std::set<std::uint64_t> seen;
        for (std::uint64_t at = number(4); at != 0 && bytes_.ok() && seen.size() < most_pictures;) {
            if (!seen.insert(at).second) return "its pictures name each other in a circle";
            at = read_directory(at, seen.size() == 1);
            if (!are_pieces_there()) return "the list of its pieces makes no sense";
        }
        return seen.empty() && bytes_.ok() ? "it has no picture" : "";
    }

private:
    struct Field {
        int width = 4; // bytes of a value
        std::uint64_t count = 0, at = 0;
    };

    std::uint64_t number(int bytes) { return bytes_.number(bytes, low_first_); }

    std::uint64_t read_directory(std::uint64_t at, bool first) {
        offsets_ = lengths_ = Field();
        bytes_.go_to(at);
        const std::uint64_t fields = number(2);
        for (std::uint64_t i = 0; i < fields && bytes_.ok(); ++i) {
            bytes_.go_to(at + 2 + 12 * i);
            const std::uint64_t tag = number(2);
            const Field field = read_field();
            if (first && tag == 256) image_.width = static_cast<std::int64_t>(value(field, 0));
            if (first && tag == 257) image_.height = static_cast<std::int64_t>(value(field, 0));
            if (tag == 273 || tag == 324) offsets_ = field;
            if (tag == 279 || tag == 325) lengths_ = field;
        }
        bytes_.go_to(at + 2 + 12 * fields);
        return number(4);
    }

    Field read_field() {
        Field field;
        constexpr std::uint64_t short_number = 3;
        field.width = number(2) == short_number ? 2 : 4;
        field.count = number(4);
        field.at = bytes_.at();
        if (field.count * static_cast<std::uint64_t>(field.width) > 4) field.at = number(4); // it does not fit in here
        return field;
    }

    std::uint64_t value(const Field& field, std::uint64_t index) {
        bytes_.go_to(field.at + index * static_cast<std::uint64_t>(field.width));
        return number(field.width);
    }

    bool are_pieces_there() {
        constexpr std::uint64_t most_pieces = 1'000'000;
        if (offsets_.count != lengths_.count || offsets_.count > most_pieces) return false;
        for (std::uint64_t i = 0; i < offsets_.count && bytes_.ok(); ++i) {
            const std::uint64_t offset = value(offsets_, i), length = value(lengths_, i);
            bytes_.go_to(offset + length);
        }
        return true;
    }

    ByteSource& bytes_;
    ImageContent& image_;
    bool low_first_ = true;
    Field offsets_, lengths_; // of the pieces of one picture
};

} // namespace

Result<ImageContent> read_image_content(InputFile& file) {
    ByteSource bytes(file);
    ImageContent image;
    const std::string start = bytes.text(4);
    if (start == "\x89PNG")
        image.problem = read_png(bytes, image);
    else if (starts_with(start, "\xFF\xD8\xFF"))
        image.problem = read_jpeg(bytes, image);
    else if (start == "GIF8")
        image.problem = read_gif(bytes, image);
    else if (starts_with(start, "II") || starts_with(start, "MM"))
        image.problem = TiffReader(bytes, image).read();
    else if (bytes.ok())
        return Error(ErrorKind::unsupported, "it is no PNG, JPEG, GIF or TIFF");
    if (bytes.failure()) return *bytes.failure();
    if (image.problem.empty() && !bytes.ok())
        image.problem = fill("it is cut off: it has {} bytes, and what it holds goes on behind them", bytes.size());
    if (image.problem.empty() && (image.width == 0 || image.height == 0)) image.problem = "it has no picture";
    return image;
}

} // namespace dossier
