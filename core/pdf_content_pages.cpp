// The pages of a PDF: their sizes, what they show, their links and other annotations.
#include <algorithm>
#include <cmath>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"
#include "core/pdf_fields.hpp"
#include "core/text.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

class PageReader {
public:
    PageReader(const TargetReader& targets, ActiveParts& active, PdfContent& content)
        : targets_(targets), active_(active), content_(content), streams_(content), fonts_(streams_, active), look_(streams_) {}

    void read(Handle page, std::int64_t number) {
        Handle resources = inherited_value(page, "/Resources");
        add_size(page, number);
        fonts_.resources(resources, number);
        add_look(look_.at(page, resources, number), number);
        active_.associated_files(page);
        active_.all_actions_of(page, fill("page {}", number), number);
        Handle annotations = page.getKey("/Annots");
        for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i)
            read_annotation(annotations.getArrayItem(i), number);
    }

    void finish() {
        content_.fonts = fonts_.sorted();
        content_.pages.sizes = std::move(sizes_);
    }

private:
    void add_size(Handle page, std::int64_t number) {
        constexpr std::size_t most_sizes = 100;
        Box box;
        PdfPageSize size;
        if (read_box(inherited_value(page, "/MediaBox"), box)) {
            const PageFrame frame = frame_of(page);
            const bool turned = frame.rotation % 180 != 0;
            size.width = std::round(100 * (turned ? frame.visible.height() : frame.visible.width())) / 100;
            size.height = std::round(100 * (turned ? frame.visible.width() : frame.visible.height())) / 100;
        }
        auto known = std::find_if(sizes_.begin(), sizes_.end(),
                                  [&](const PdfPageSize& other) { return other.width == size.width && other.height == size.height; });
        if (known == sizes_.end()) {
            if (sizes_.size() >= most_sizes) return;
            size.first_page = number;
            known = sizes_.insert(sizes_.end(), size);
        }
        ++known->pages;
    }

    void add_look(PageShows shows, std::int64_t number) {
        constexpr std::size_t most_listed = 1'000;
        PdfPages& pages = content_.pages;
        if (shows == PageShows::text) ++pages.with_text;
        if (shows == PageShows::neither) ++pages.without_both;
        if (shows != PageShows::only_images) return;
        ++pages.only_images;
        if (pages.image_pages.size() < most_listed) pages.image_pages.push_back(number);
    }

    void read_annotation(Handle annotation, std::int64_t number) {
        if (!annotation.isDictionary() || !seen_.first_time(annotation)) return;
        const std::string subtype = name_value(annotation.getKey("/Subtype"));
        active_.annotation(subtype, number);
        active_.associated_files(annotation);
        if (subtype == "Link") {
            for (PdfTarget& target : targets_.of(annotation)) add_target(content_.links, PdfLink{number, std::move(target)});
        } else {
            fonts_.appearance(annotation, number);
            if (subtype == "FileAttachment") active_.attachment(annotation.getKey("/FS"), "");
        }
        active_.all_actions_of(annotation, subtype == "Widget" ? "form field" : fill("page {}", number), number);
    }

    const TargetReader& targets_;
    ActiveParts& active_;
    PdfContent& content_;
    PageStreams streams_;
    FontCollector fonts_;
    PageLook look_;
    SeenObjects seen_;
    std::vector<PdfPageSize> sizes_;
};

} // namespace

void read_pages(const PageList& pages, const TargetReader& targets, ActiveParts& active, PdfContent& content) {
    PageReader reader(targets, active, content);
    for (std::size_t i = 0; i < pages.pages.size(); ++i) reader.read(pages.pages[i], static_cast<std::int64_t>(i) + 1);
    reader.finish();
}

} // namespace dossier::pdf
