#include "core/pdf_form_text.hpp"

#include <map>
#include <stdexcept>

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFTokenizer.hh>

namespace dossier::pdf {

namespace {

constexpr std::size_t most_content = 1u << 20;

class BoundedText final : public Pipeline {
public:
    BoundedText() : Pipeline("appearance", nullptr) {}
    void write(unsigned char const* data, size_t length) override {
        if (text.size() + length > most_content) throw std::runtime_error("an appearance stream larger than 1 MB");
        text.append(reinterpret_cast<const char*>(data), length);
    }
    void finish() override {}
    std::string text;
};

std::string content_of(QPDFObjectHandle stream) {
    BoundedText sink;
    bool filtered = false;
    if (!stream.pipeStreamData(&sink, &filtered, 0, qpdf_dl_generalized, true)) return {};
    return sink.text;
}

// Feeds text to the tokenizer and calls `use` with each token.
template <class Use> void tokenize(const std::string& text, Use use) {
    QPDFTokenizer tokenizer;
    tokenizer.allowEOF();
    QPDFTokenizer::Token token;
    bool unread = false;
    char returned = 0;
    for (const char c : text) {
        tokenizer.presentCharacter(c);
        while (tokenizer.getToken(token, unread, returned)) {
            use(token);
            if (unread) tokenizer.presentCharacter(returned);
        }
    }
    tokenizer.presentEOF();
    if (tokenizer.getToken(token, unread, returned) && token.getType() != QPDFTokenizer::tt_eof) use(token);
}

unsigned code_of(const std::string& bytes) {
    unsigned code = 0;
    for (const char byte : bytes) code = code << 8 | static_cast<unsigned char>(byte);
    return code;
}

void append_utf8(std::string& text, unsigned point) {
    if (point < 0x80) {
        text += static_cast<char>(point);
    } else if (point < 0x800) {
        text += static_cast<char>(0xC0 | point >> 6);
        text += static_cast<char>(0x80 | (point & 63));
    } else {
        text += static_cast<char>(0xE0 | (point >> 12 & 15));
        text += static_cast<char>(0x80 | (point >> 6 & 63));
        text += static_cast<char>(0x80 | (point & 63));
    }
}

std::string utf8_of(const std::string& utf16) { // basic plane; what lies outside it comes out as its halves
    std::string text;
    for (std::size_t i = 0; i + 1 < utf16.size(); i += 2) append_utf8(text, code_of(utf16.substr(i, 2)));
    return text;
}

using CodeMap = std::map<unsigned, std::string>; // code to UTF-8

// ISO 32000-1, 9.10.3: bfchar and bfrange, the latter with one start or with a list.
CodeMap read_to_unicode(QPDFObjectHandle stream) {
    CodeMap map;
    std::vector<std::string> operands;
    bool in_list = false;
    std::string mode;
    unsigned next = 0;
    tokenize(content_of(stream), [&](const QPDFTokenizer::Token& token) {
        const auto type = token.getType();
        if (type == QPDFTokenizer::tt_word) {
            mode = token.getValue();
            operands.clear();
        } else if (type == QPDFTokenizer::tt_array_open && mode == "beginbfrange" && operands.size() == 2) {
            in_list = true;
            next = code_of(operands[0]);
        } else if (type == QPDFTokenizer::tt_array_close) {
            in_list = false;
            operands.clear();
        } else if (type == QPDFTokenizer::tt_string && in_list) {
            map[next++] = utf8_of(token.getValue());
        } else if (type == QPDFTokenizer::tt_string) {
            operands.push_back(token.getValue());
            if (mode == "beginbfchar" && operands.size() == 2) {
                map[code_of(operands[0])] = utf8_of(operands[1]);
                operands.clear();
            } else if (mode == "beginbfrange" && operands.size() == 3) {
                const unsigned first = code_of(operands[0]), last = code_of(operands[1]), start = code_of(operands[2]);
                for (unsigned code = first; code <= last && code - first < 0x10000; ++code) {
                    map[code].clear();
                    append_utf8(map[code], start + (code - first));
                }
                operands.clear();
            }
        }
    });
    return map;
}

struct Font {
    bool two_bytes = false, mapped = false;
    CodeMap map;
};

Font read_font(QPDFObjectHandle font) {
    Font read;
    if (!font.isDictionary()) return read;
    read.two_bytes = font.getKey("/Subtype").isNameAndEquals("/Type0");
    QPDFObjectHandle map = font.getKey("/ToUnicode");
    read.mapped = map.isStream();
    if (read.mapped) read.map = read_to_unicode(map);
    return read;
}

std::string decode(const Font& font, const std::string& shown) {
    std::string text;
    const std::size_t width = font.two_bytes ? 2 : 1;
    for (std::size_t i = 0; i + width <= shown.size(); i += width) {
        const unsigned code = code_of(shown.substr(i, width));
        const auto found = font.map.find(code);
        if (found != font.map.end())
            text += found->second;
        else if (!font.mapped && !font.two_bytes)
            append_utf8(text, code);
        else
            append_utf8(text, 0xFFFD);
    }
    return text;
}

} // namespace

std::string text_of_form(QPDFObjectHandle form) {
    if (!form.isStream()) return {};
    QPDFObjectHandle resources = form.getDict().getKey("/Resources");
    QPDFObjectHandle fonts = resources.isDictionary() ? resources.getKey("/Font") : QPDFObjectHandle::newNull();
    std::map<std::string, Font> known;
    Font* font = nullptr;
    Font plain;
    std::string text, name;
    std::vector<std::string> strings;
    tokenize(content_of(form), [&](const QPDFTokenizer::Token& token) {
        if (token.getType() == QPDFTokenizer::tt_name) name = token.getValue();
        if (token.getType() == QPDFTokenizer::tt_string) strings.push_back(token.getValue());
        if (token.getType() != QPDFTokenizer::tt_word) return;
        const std::string& operation = token.getValue();
        if (operation == "Tf") {
            const bool is_new = known.find(name) == known.end();
            if (is_new && fonts.isDictionary() && known.size() < 50) known[name] = read_font(fonts.getKey(name));
            font = &known[name];
        }
        if (operation == "Td" || operation == "TD" || operation == "T*" || operation == "Tm" || operation == "'" || operation == "\"")
            if (!text.empty() && text.back() != '\n') text += '\n';
        if (operation == "Tj" || operation == "TJ" || operation == "'" || operation == "\"")
            for (const std::string& shown : strings) text += decode(font ? *font : plain, shown);
        strings.clear();
    });
    return text;
}

} // namespace dossier::pdf
