#include "core/pdf_layout.hpp"

#include <algorithm>

#include "core/pdf_flow.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

constexpr double text_size = 11, small_size = 9;

double heading_size(int level) { return level == 1 ? 15 : level == 2 ? 13 : 11.5; }

std::size_t next_character(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++at) {}
    return at;
}

// Puts blocks on pages, from top to bottom.
class Compositor {
public:
    Compositor(const PdfAuthorSettings& settings, const PdfMeasure& measure)
        : settings_(settings), measure_(measure), flow_(settings.paper, measure) {}

    Result<PdfLayout> run(const std::vector<PdfAuthor::Block>& blocks) {
        for (const auto& block : blocks)
            if (const auto* heading = std::get_if<PdfAuthor::Heading>(&block))
                headings().push_back({std::clamp(heading->level, 1, 4), heading->text, 0, 0});
        for (const auto& block : blocks) DOSSIER_CHECK(std::visit([this](const auto& one) { return place(one); }, block));
        if (pages().size() > 1 && flow_.page_is_empty()) pages().pop_back();
        number_contents();
        furnish_pages();
        return std::move(flow_.layout);
    }

private:
    static constexpr double left_ = PdfFlow::margin_left;
    std::vector<PdfPlacedHeading>& headings() { return flow_.layout.headings; }
    std::vector<PdfLayoutPage>& pages() { return flow_.layout.pages; }
    std::vector<std::string> wrap(std::string_view text, PdfFace face, double size, double width) const {
        return wrap_text(text, face, size, width, measure_);
    }

    Result<void> place(const PdfAuthor::Heading& heading) {
        PdfPlacedHeading& placed = headings()[next_heading_++];
        const double size = heading_size(placed.level);
        const auto lines = wrap(heading.text, PdfFace::bold, size, flow_.width());
        flow_.gap(size * 0.9);
        flow_.keep_together((size * static_cast<double>(lines.size()) + 3.5 * text_size) * PdfFlow::line_factor);
        placed.page = pages().size() - 1;
        placed.top = flow_.y + 4;
        for (const std::string& line : lines) {
            const double y = flow_.next_line(size);
            flow_.text(left_, y, size, PdfFace::bold, line);
        }
        flow_.gap(size * 0.35);
        return {};
    }

    Result<void> place(const PdfAuthor::Paragraph& paragraph) {
        const std::size_t none = headings().size();
        std::size_t target = none;
        if (!paragraph.target.empty()) {
            const auto is_target = [&](const PdfPlacedHeading& heading) { return heading.text == paragraph.target; };
            const auto found = std::find_if(headings().begin(), headings().end(), is_target);
            target = static_cast<std::size_t>(found - headings().begin());
            if (target == none) return Error(ErrorKind::invalid, fill("there is no heading \"{}\" to link to", paragraph.target));
        }
        const double x = left_ + paragraph.indent, size = paragraph.size;
        std::string mark = paragraph.mark;
        for (const std::string& line : wrap(paragraph.text, PdfFace::regular, size, flow_.width() - paragraph.indent)) {
            const double y = flow_.next_line(size);
            if (!mark.empty()) flow_.text(x - 12, y, size, PdfFace::regular, mark);
            mark.clear();
            flow_.text(x, y, size, PdfFace::regular, line, target != none);
            const double width = size * measure_(PdfFace::regular, line);
            if (target != none) flow_.page().links.push_back({x, y - 3, width, size * PdfFlow::line_factor, target});
        }
        flow_.gap(size * 0.55);
        return {};
    }

    Result<void> place(const PdfTable& table) {
        place_table(flow_, table);
        return {};
    }

    Result<void> place(const PdfAuthor::Title& title) {
        flow_.start_page();
        flow_.y -= 90;
        const auto lines = [this](std::string_view words, PdfFace face, double size) {
            for (const std::string& line : wrap(words, face, size, flow_.width())) {
                const double y = flow_.next_line(size);
                flow_.text(left_, y, size, face, line);
            }
        };
        lines(settings_.title, PdfFace::bold, 22);
        flow_.y -= 8;
        if (!title.subtitle.empty()) lines(title.subtitle, PdfFace::regular, 13);
        flow_.y -= 24;
        return {};
    }

    Result<void> place(const PdfAuthor::Contents& contents) {
        flow_.start_page();
        const double heading_line = flow_.next_line(15);
        flow_.text(left_, heading_line, 15, PdfFace::bold, contents.heading);
        flow_.gap(8);
        for (std::size_t i = 0; i < headings().size(); ++i) {
            if (headings()[i].level > 3) continue;
            const double indent = 16 * (headings()[i].level - 1), width = flow_.width() - indent;
            double y = 0;
            for (const std::string& line : wrap(headings()[i].text, PdfFace::regular, text_size, width - 40)) {
                y = flow_.next_line(text_size);
                flow_.text(left_ + indent, y, text_size, PdfFace::regular, line, true);
                flow_.page().links.push_back({left_ + indent, y - 3, width, text_size * PdfFlow::line_factor, i});
            }
            contents_lines_.push_back({pages().size() - 1, y, i});
        }
        flow_.new_page();
        return {};
    }

    Result<void> place(const PdfAuthor::Signatures& signatures) {
        constexpr double date_at = 290;
        for (const std::string& name : signatures.names) {
            flow_.keep_together(58);
            flow_.y -= 38;
            flow_.page().rules.push_back({left_, flow_.y, date_at - 30, 0.6, 0});
            flow_.page().rules.push_back({left_ + date_at, flow_.y, flow_.width() - date_at, 0.6, 0});
            const double y = flow_.next_line(small_size);
            flow_.text(left_, y, small_size, PdfFace::regular, name);
            flow_.text(left_ + date_at, y, small_size, PdfFace::regular, "Date");
        }
        flow_.gap(12);
        return {};
    }

    Result<void> place(const PdfAuthor::PageBreak&) {
        flow_.start_page();
        return {};
    }

    // The page numbers are known only when everything is placed.
    void number_contents() {
        for (const ContentsLine& line : contents_lines_) {
            const std::string number = fill("{}", headings()[line.heading].page + 1);
            const double x = left_ + flow_.width() - text_size * measure_(PdfFace::regular, number);
            pages()[line.page].texts.push_back({x, line.y, text_size, PdfFace::regular, true, number});
        }
    }

    void furnish_pages() {
        const double right = left_ + flow_.width(), top = settings_.paper.height - 48, bottom = 36;
        const std::string title = wrap(settings_.title, PdfFace::regular, small_size, flow_.width() * 0.62).front();
        for (std::size_t i = 0; i < pages().size(); ++i) {
            const auto add = [&](double y, const std::string& at_left, const std::string& at_right) {
                const double x = right - small_size * measure_(PdfFace::regular, at_right);
                pages()[i].texts.push_back({left_, y, small_size, PdfFace::regular, false, at_left});
                pages()[i].texts.push_back({x, y, small_size, PdfFace::regular, false, at_right});
            };
            add(top, settings_.short_id, title);
            add(bottom, settings_.footer, fill("Page {} of {}", i + 1, pages().size()));
            pages()[i].rules.push_back({left_, top - 6, flow_.width(), 0.5, 0.5});
            pages()[i].rules.push_back({left_, bottom + 12, flow_.width(), 0.5, 0.5});
        }
    }

    struct ContentsLine {
        std::size_t page;
        double y;
        std::size_t heading;
    };
    const PdfAuthorSettings& settings_;
    const PdfMeasure& measure_;
    PdfFlow flow_;
    std::size_t next_heading_ = 0;
    std::vector<ContentsLine> contents_lines_;
};

} // namespace

std::vector<std::string> wrap_text(std::string_view text, PdfFace face, double size, double width, const PdfMeasure& measure) {
    const double limit = width / size;
    std::vector<std::string> lines;
    std::string line;
    for (std::string word : split(text, ' ')) {
        if (word.empty()) continue;
        const std::string longer = line.empty() ? word : line + " " + word;
        if (measure(face, longer) <= limit) {
            line = longer;
            continue;
        }
        if (!line.empty()) lines.push_back(line);
        while (measure(face, word) > limit && next_character(word, 0) < word.size()) {
            std::size_t end = next_character(word, 0); // at least one character a line, however narrow
            while (measure(face, std::string_view(word).substr(0, next_character(word, end))) <= limit) end = next_character(word, end);
            lines.push_back(word.substr(0, end));
            word.erase(0, end);
        }
        line = word;
    }
    if (!line.empty() || lines.empty()) lines.push_back(line);
    return lines;
}

Result<PdfLayout> lay_out(const PdfAuthorSettings& settings, const std::vector<PdfAuthor::Block>& blocks, const PdfMeasure& measure) {
    return Compositor(settings, measure).run(blocks);
}

} // namespace dossier
