// XML outside the backbones: whether it is well formed, what a define.xml (CDISC ODM) says about its study, and the texts of a form.
#include "core/text.hpp"
#include "core/xml_stream.hpp"
#include "ectd/content_reader.hpp"

namespace dossier::ectd::content {

namespace {

constexpr std::size_t most_items = 10'000, most_values = 500, most_text = 500;

std::string_view local(std::string_view name) { return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1); }

std::string attribute(const XmlStart& element, std::string_view wanted) {
    for (const XmlAttribute& item : element.attributes)
        if (local(item.name) == wanted && !starts_with(item.name, "xmlns")) return item.value.substr(0, most_text);
    return "";
}

// href="..." of <?xml-stylesheet type="text/xsl" href="define.xsl"?>
std::string href_in(const std::string& data) {
    const std::size_t at = data.find("href=");
    if (at == std::string::npos || at + 6 >= data.size()) return "";
    const std::size_t end = data.find(data[at + 5], at + 6);
    return end == std::string::npos ? "" : data.substr(at + 6, end - at - 6);
}

class Reader final : public XmlHandler {
public:
    explicit Reader(XmlContent& content) : content_(content) {}

    Result<void> instruction(const std::string& target, const std::string& data) override {
        if (target == "xml-stylesheet" && content_.stylesheet.empty()) content_.stylesheet = href_in(data);
        return {};
    }
    Result<void> start(const XmlStart& element) override {
        const std::string_view name = local(element.name);
        if (content_.root.empty()) content_.root = name;
        into_ = nullptr;
        innermost_ = name;
        innermost_text_.clear();
        if (content_.root != "ODM") return {};
        if (name == "Study" && content_.study_oid.empty()) content_.study_oid = attribute(element, "OID");
        if (name == "StudyName" && content_.study_name.empty()) into_ = &content_.study_name;
        if (name == "ProtocolName" && content_.protocol_name.empty()) into_ = &content_.protocol_name;
        if (name == "ItemGroupDef" && content_.data_sets.size() < most_items) content_.data_sets.push_back(attribute(element, "Name"));
        if (name == "leaf" && content_.references.size() < most_items) content_.references.push_back(attribute(element, "href"));
        return {};
    }
    Result<void> end(const std::string&, std::int64_t) override { // the first end behind a start closes an element without children
        into_ = nullptr;
        const bool is_kept = content_.root != "ODM" && !innermost_.empty() && innermost_.size() <= most_text;
        if (is_kept && content_.values.size() < most_values) content_.values.emplace(innermost_, trim(innermost_text_));
        innermost_.clear();
        return {};
    }
    Result<void> text(std::string_view piece) override {
        if (into_ && into_->size() < most_text) into_->append(piece.substr(0, most_text));
        if (innermost_text_.size() < most_text) innermost_text_ += piece.substr(0, most_text - innermost_text_.size());
        return {};
    }

private:
    XmlContent& content_;
    std::string* into_ = nullptr;
    std::string innermost_, innermost_text_; // the element that was opened last, while nothing was closed behind it
};

Result<void> feed(InputFile& file, XmlStream& stream) {
    std::string buffer(64u << 10, '\0');
    for (;;) {
        DOSSIER_TRY(const std::size_t got, file.read(buffer.data(), buffer.size()));
        if (got == 0) return stream.finish();
        DOSSIER_CHECK(stream.feed(std::string_view(buffer).substr(0, got)));
    }
}

} // namespace

Result<XmlContent> read_xml_content(InputFile& file) {
    XmlContent content;
    Reader reader(content);
    XmlStream stream(reader, "");
    const auto done = feed(file, stream);
    if (!done && done.error().kind != ErrorKind::invalid) return done.error();
    content.well_formed = done.has_value();
    if (!done)
        content.problem =
            done.error().where.line > 0 ? fill("{} (line {})", done.error().message, done.error().where.line) : done.error().message;
    for (std::string* text : {&content.study_name, &content.protocol_name}) *text = std::string(trim(*text));
    return content;
}

} // namespace dossier::ectd::content
