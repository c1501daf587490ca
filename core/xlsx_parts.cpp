#include "core/xlsx_parts.hpp"

#include "core/encoding.hpp"
#include "core/text.hpp"

namespace dossier::xlsx {

namespace {

constexpr std::size_t most_strings = 8'000'000;

int hex_value(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

class StringsHandler final : public XmlHandler {
public:
    StringsHandler(const std::string& path, const TableLimits& limits) : path_(path), limits_(limits) {}
    std::vector<std::string> strings;

    Result<void> start(const XmlStart& element) override {
        const std::string name = local_name(element.name);
        if (name == "si") {
            if (strings.size() >= most_strings)
                return Error(ErrorKind::invalid, fill("more than {} different texts", most_strings), {path_});
            in_string_ = true;
        } else if (in_string_) {
            text_.start(name);
        }
        return {};
    }
    Result<void> end(const std::string& full_name, std::int64_t) override {
        const std::string name = local_name(full_name);
        if (name == "si") {
            strings.push_back(text_.take());
            in_string_ = false;
        } else if (in_string_) {
            text_.end(name);
        }
        return {};
    }
    Result<void> text(std::string_view piece) override {
        if (!in_string_) return {};
        text_.add(piece);
        if (text_.size() <= limits_.cell_bytes) return {};
        return Error(ErrorKind::invalid, fill("a text of more than {} bytes", limits_.cell_bytes), {path_}, "shorten it");
    }

private:
    const std::string& path_;
    const TableLimits& limits_;
    StringText text_;
    bool in_string_ = false;
};

class StylesHandler final : public XmlHandler {
public:
    std::vector<NumberFormat> formats;

    Result<void> start(const XmlStart& element) override {
        const std::string name = local_name(element.name);
        if (name == "numFmt") {
            own_[attribute_of(element, "numFmtId")] = parse_format(attribute_of(element, "formatCode"));
        } else if (name == "cellXfs") {
            in_cells_ = true;
        } else if (name == "xf" && in_cells_) {
            const std::string id = attribute_of(element, "numFmtId");
            const auto own = own_.find(id);
            formats.push_back(own != own_.end() ? own->second : builtin_format(id.size() > 4 ? 0 : std::atoi(id.c_str())));
        }
        return {};
    }
    Result<void> end(const std::string& name, std::int64_t) override {
        if (local_name(name) == "cellXfs") in_cells_ = false;
        return {};
    }

private:
    std::map<std::string, NumberFormat> own_;
    bool in_cells_ = false;
};

} // namespace

std::string local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
}

std::string attribute_of(const XmlStart& element, std::string_view name, bool prefixed) {
    for (const XmlAttribute& item : element.attributes) {
        const std::size_t colon = item.name.find(':');
        if ((colon != std::string::npos) != prefixed || starts_with(item.name, "xmlns")) continue;
        if (std::string_view(item.name).substr(colon == std::string::npos ? 0 : colon + 1) == name) return item.value;
    }
    return "";
}

Result<void> read_part(ZipReader& zip, const std::string& part, const std::string& path, XmlHandler& handler, std::uint64_t most_bytes) {
    XmlLimits limits;
    limits.bytes = most_bytes;
    XmlStream stream(handler, path + "!" + part, limits);
    // Reading stops early when the handler has seen enough; the archive knows no other way to be stopped than an error.
    const Result<void> read = zip.read_pieces(part, [&](std::string_view piece) -> Result<void> {
        DOSSIER_CHECK(stream.feed(piece));
        if (handler.is_done()) return Error(ErrorKind::internal, "done");
        return {};
    });
    if (!read && !handler.is_done()) return read;
    return stream.finish();
}

std::string decode_text(std::string_view stored) {
    std::string text;
    std::string wide; // consecutive codes are UTF-16 and may be the halves of one character
    for (std::size_t at = 0; at < stored.size();) {
        int code = 0;
        bool is_code = at + 6 < stored.size() && stored[at] == '_' && stored[at + 1] == 'x' && stored[at + 6] == '_';
        for (std::size_t i = at + 2; is_code && i < at + 6; ++i) {
            is_code = hex_value(stored[i]) >= 0;
            code = code * 16 + hex_value(stored[i]);
        }
        if (is_code) {
            wide += static_cast<char>(code & 0xFF);
            wide += static_cast<char>(code >> 8);
            at += 7;
            continue;
        }
        if (!wide.empty()) text += utf8_from_utf16(std::exchange(wide, {}), false);
        text += stored[at++];
    }
    return text + utf8_from_utf16(wide, false);
}

void StringText::start(std::string_view local) {
    if (local == "rPh") ++phonetic_;
    in_text_ = local == "t";
}

void StringText::end(std::string_view local) {
    if (local == "rPh") --phonetic_;
    in_text_ = false;
}

void StringText::add(std::string_view piece) {
    if (in_text_ && phonetic_ == 0) text_ += piece;
}

std::string StringText::take() {
    in_text_ = false;
    phonetic_ = 0;
    return decode_text(std::exchange(text_, {}));
}

Result<std::vector<std::string>> read_strings(ZipReader& zip, const std::string& part, const std::string& path, const TableLimits& limits) {
    StringsHandler handler(path, limits);
    DOSSIER_CHECK(read_part(zip, part, path, handler, limits.bytes));
    return std::move(handler.strings);
}

Result<std::vector<NumberFormat>> read_styles(ZipReader& zip, const std::string& part, const std::string& path) {
    StylesHandler handler;
    DOSSIER_CHECK(read_part(zip, part, path, handler, 64u << 20));
    return std::move(handler.formats);
}

} // namespace dossier::xlsx
