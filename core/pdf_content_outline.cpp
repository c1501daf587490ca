// The bookmarks of a PDF (ISO 32000-1, 12.3.3).
#include <algorithm>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

void read_bookmarks(QPDF& qpdf, const TargetReader& targets, ActiveParts& active, PdfContent& content) {
    constexpr std::int64_t most_bookmarks = 200'000;
    struct Place {
        Handle item;
        int level;
    };
    std::vector<Place> open;
    SeenObjects seen;
    const auto go_on = [&open](Handle item, int level) {
        if (item.isDictionary()) open.push_back({item, level});
    };
    go_on(value_of(qpdf.getRoot().getKey("/Outlines"), "/First"), 1);
    while (!open.empty() && content.bookmarks.counts.total < most_bookmarks) {
        const Place place = open.back();
        open.pop_back();
        Handle item = place.item;
        if (!item.isIndirect() || !seen.first_time(item)) { // 12.3.3 wants objects; what comes back to itself ends here
            content.damaged = true;
            content.warnings.push_back("the bookmarks come back to one that was there before");
            break;
        }
        PdfBookmark bookmark;
        bookmark.title = text_value(item.getKey("/Title"));
        bookmark.level = place.level;
        bookmark.number = content.bookmarks.counts.total + 1;
        content.bookmark_levels = std::max(content.bookmark_levels, place.level);
        if (Handle action = item.getKey("/A"); action.isDictionary()) active.actions(action, "bookmark", 0);
        for (PdfTarget& target : targets.of(item)) {
            bookmark.target = std::move(target);
            add_target(content.bookmarks, bookmark);
        }
        go_on(item.getKey("/Next"), place.level);
        go_on(item.getKey("/First"), place.level + 1);
    }
}

} // namespace dossier::pdf
