// Where a new signature goes in a document: a field in the form, a widget on page 1 in a place that nothing else has.
#include <algorithm>
#include <cmath>
#include <set>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_fields.hpp"
#include "core/pdf_increment_state.hpp"
#include "core/pdf_reader.hpp"
#include "core/text.hpp"

namespace dossier::pdf {

namespace {

constexpr double margin = 18, gap = 4; // points

QPDFObjectHandle first_page(QPDF& qpdf) {
    QPDFObjectHandle page;
    walk_pages(qpdf, [&page](QPDFObjectHandle found) {
        page = found;
        return false;
    });
    return page;
}

std::string points(double value) {
    std::string text = fill("{:.2f}", value);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string to_text(const Box& box) {
    return "[" + points(box.left) + " " + points(box.bottom) + " " + points(box.right) + " " + points(box.top) + "]";
}

// A box of the page as it is seen (origin lower left, after /Rotate) in user space.
Box to_user_space(const Box& seen, const PageFrame& frame) {
    const double width = frame.visible.width(), height = frame.visible.height();
    Box box = seen;
    if (frame.rotation == 90) box = {width - seen.top, seen.left, width - seen.bottom, seen.right};
    if (frame.rotation == 180) box = {width - seen.right, height - seen.top, width - seen.left, height - seen.bottom};
    if (frame.rotation == 270) box = {seen.bottom, height - seen.right, seen.top, height - seen.left};
    return {box.left + frame.visible.left, box.bottom + frame.visible.bottom, box.right + frame.visible.left,
            box.top + frame.visible.bottom};
}

struct Taken {
    std::vector<Box> signatures, others;
};

Taken taken_places(QPDFObjectHandle page) {
    Taken taken;
    QPDFObjectHandle annotations = page.getKey("/Annots");
    if (!annotations.isArray()) return taken;
    for (int i = 0; i < annotations.getArrayNItems(); ++i) {
        QPDFObjectHandle annotation = annotations.getArrayItem(i);
        Box box;
        if (!annotation.isDictionary() || !read_box(annotation.getKey("/Rect"), box)) continue;
        QPDFObjectHandle type = annotation.getKey("/FT"), parent = annotation.getKey("/Parent");
        if (type.isNull() && parent.isDictionary()) type = parent.getKey("/FT");
        (type.isNameAndEquals("/Sig") ? taken.signatures : taken.others).push_back(box);
    }
    return taken;
}

bool is_free(const Box& place, const std::vector<Box>& taken) {
    return std::none_of(taken.begin(), taken.end(), [&place](const Box& box) { return box.meets(place); });
}

// From the lower left corner to the right, then row by row upwards. A place that meets nothing is preferred to one that only leaves the
// other signatures free.
bool find_place(const PageFrame& frame, const Taken& taken, double width, double height, Box& place) {
    const bool turned = frame.rotation % 180 != 0;
    const double seen_width = turned ? frame.visible.height() : frame.visible.width();
    const double seen_height = turned ? frame.visible.width() : frame.visible.height();
    bool found = false;
    for (double bottom = margin; bottom + height <= seen_height; bottom += height + gap)
        for (double left = margin; left + width <= seen_width; left += width + gap) {
            const Box candidate = to_user_space({left, bottom, left + width, bottom + height}, frame);
            if (!is_free(candidate, taken.signatures)) continue;
            if (!found) place = candidate;
            found = true;
            if (is_free(candidate, taken.others)) {
                place = candidate;
                return true;
            }
        }
    return found;
}

std::string free_name(QPDF& qpdf) {
    std::set<std::string> names;
    walk_fields(qpdf,
                [&names](QPDFObjectHandle, const std::string& name, const std::string&) { names.insert(name.substr(0, name.find('.'))); });
    for (int i = 1;; ++i)
        if (std::string name = fill("Signature{}", i); names.count(name) == 0) return name;
}

// Puts the drawing's form XObject into the document; turned, so that it is upright on a rotated page.
int import_drawing(PdfIncrement::State& state, const PdfDrawing& drawing, int rotation) {
    QPDF source;
    source.setSuppressWarnings(true);
    source.processMemoryFile("drawing", drawing.pdf.data(), drawing.pdf.size());
    QPDFObjectHandle objects = first_page(source).getKey("/Resources").getKey("/XObject");
    QPDFObjectHandle form = objects.getKey(*objects.getKeys().begin());
    static const char* const matrices[] = {"[1 0 0 1 0 0]", "[0 1 -1 0 0 0]", "[-1 0 0 -1 0 0]", "[0 -1 1 0 0 0]"};
    form.getDict().replaceKey("/Matrix", QPDFObjectHandle::parse(matrices[rotation / 90]));
    std::map<std::pair<int, int>, int> numbers;
    return state.import(form, numbers);
}

QPDFObjectHandle appended(QPDFObjectHandle array, QPDFObjectHandle item) {
    QPDFObjectHandle longer = array.isArray() ? array.unsafeShallowCopy() : QPDFObjectHandle::newArray();
    longer.appendItem(item);
    return longer;
}

// Appends to an array that is an entry of `owner`: the array's own object when it has one, else the owner's.
void append_to_entry(PdfIncrement::State& state, QPDFObjectHandle owner, const char* key, QPDFObjectHandle item) {
    QPDFObjectHandle array = owner.getKey(key);
    if (array.isArray() && array.isIndirect()) {
        array.appendItem(item);
        state.take(array);
    } else {
        owner.replaceKey(key, appended(array, item));
        if (owner.isIndirect()) state.take(owner);
    }
}

void add_to_form(PdfIncrement::State& state, QPDFObjectHandle field) {
    QPDFObjectHandle root = state.qpdf->getRoot(), form = root.getKey("/AcroForm");
    if (!form.isDictionary()) {
        // By hand: PoDoFo would add a /DR with a Helvetica that is not embedded.
        form = state.qpdf->getObject(state.reserve(), 0);
        state.qpdf->replaceObject(form.getObjGen(), QPDFObjectHandle::newDictionary());
        form = state.qpdf->getObject(form.getObjGen());
        root.replaceKey("/AcroForm", form);
        state.take(root);
    }
    const long long flags = form.getKey("/SigFlags").isInteger() ? form.getKey("/SigFlags").getIntValue() : 0;
    append_to_entry(state, form, "/Fields", field);
    if ((flags & 3) != 3) form.replaceKey("/SigFlags", QPDFObjectHandle::newInteger(flags | 3)); // signatures exist, append only
    state.take(form.isIndirect() ? form : root);
}

} // namespace

Result<std::string> add_signature_field(PdfIncrement::State& state, const std::optional<PdfDrawing>& drawing) {
    QPDFObjectHandle page = first_page(*state.qpdf);
    if (!page.isInitialized() || !page.isIndirect())
        return Error(ErrorKind::invalid, "the PDF has no page that a signature could be put on", {state.path});
    const PageFrame frame = frame_of(page);
    const std::string name = free_name(*state.qpdf);
    Box place;
    std::string more;
    if (drawing) {
        const double seen_width = frame.rotation % 180 == 0 ? frame.visible.width() : frame.visible.height();
        const double scale = std::min(1.0, std::max(0.1, (seen_width - 2 * margin) / drawing->width));
        if (!find_place(frame, taken_places(page), drawing->width * scale, drawing->height * scale, place))
            return Error(ErrorKind::unsupported, "page 1 has no free place left for a visible signature", {state.path});
        more = fill(" /AP << /N {} 0 R >>", import_drawing(state, *drawing, frame.rotation));
        if (frame.rotation != 0) more += fill(" /MK << /R {} >>", frame.rotation);
    }
    const int number = state.reserve();
    state.objects[number].text =
        fill("<< /Type /Annot /Subtype /Widget /FT /Sig /F 132 /Rect {} /T {} /V {} 0 R /P {}{} >>", to_text(place),
             QPDFObjectHandle::newUnicodeString(name).unparse(), state.signature, page.unparse(), more);
    QPDFObjectHandle field = state.qpdf->getObject(number, 0);
    append_to_entry(state, page, "/Annots", field);
    add_to_form(state, field);
    return name;
}

} // namespace dossier::pdf
