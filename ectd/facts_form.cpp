// Forms of module 1 that are sent as XML: their root element and the texts in them, read as a stream.
#include "ectd/facts_internal.hpp"

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"

namespace dossier::ectd::facts {

namespace {

constexpr std::uint64_t largest_form = 20 << 20;
constexpr std::size_t most_values = 500, longest_value = 500;

class FormHandler final : public XmlHandler {
public:
    explicit FormHandler(XmlFormFact& fact) : fact_(fact) {}

    Result<void> start(const XmlStart& element) override {
        name_ = local_name(element.name);
        if (fact_.root.empty()) fact_.root = name_;
        text_.clear();
        return {};
    }
    Result<void> text(std::string_view piece) override {
        if (text_.size() < longest_value) text_ += piece.substr(0, longest_value - text_.size());
        return {};
    }
    Result<void> end(const std::string&, std::int64_t) override { // the first end behind a start closes an element without children
        if (!name_.empty() && fact_.values.size() < most_values) fact_.values.emplace(name_, trim(text_));
        name_.clear();
        return {};
    }

private:
    XmlFormFact& fact_;
    std::string name_, text_;
};

} // namespace

void read_forms(FileSystem& fs, const std::string& root, SequenceFacts& facts) {
    const std::string module1 = facts.sequence->folder + "/m1/";
    for (const FileFact* file : facts.own_files) {
        if (!starts_with(file->path, module1) || file->path == facts.regional.path) continue;
        if (to_lower(path::extension(file->path)) != "xml" || file->kind != FileKind::file || file->size > largest_form) continue;
        XmlFormFact fact;
        fact.path = file->path;
        FormHandler handler(fact);
        if (const auto read = read_xml_file(fs, path::join(root, file->path), handler); !read) fact.problem = read.error().message;
        facts.forms.push_back(std::move(fact));
    }
}

} // namespace dossier::ectd::facts
