#include "core/pdf_fields.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

namespace dossier::pdf {

namespace {

struct Node {
    QPDFObjectHandle field;
    std::string name, type;
};

bool is_field(QPDFObjectHandle kid) { return kid.isDictionary() && (kid.hasKey("/T") || kid.hasKey("/FT") || kid.hasKey("/Kids")); }

QPDFObjectHandle inherited(QPDFObjectHandle page, const char* key) {
    std::set<QPDFObjGen> seen;
    for (QPDFObjectHandle node = page; node.isDictionary() && seen.insert(node.getObjGen()).second; node = node.getKey("/Parent"))
        if (node.hasKey(key)) return node.getKey(key);
    return QPDFObjectHandle::newNull();
}

int stricter(int first, int second) { return first == 0 ? second : second == 0 ? first : std::min(first, second); }

} // namespace

void walk_fields(QPDF& qpdf, const std::function<void(QPDFObjectHandle, const std::string&, const std::string&)>& use) {
    QPDFObjectHandle form = qpdf.getRoot().getKey("/AcroForm");
    if (!form.isDictionary() || !form.getKey("/Fields").isArray()) return;
    constexpr std::size_t most_fields = 100'000;
    std::vector<Node> open;
    std::set<QPDFObjGen> entered;
    const auto add_kids = [&open](QPDFObjectHandle kids, const std::string& name, const std::string& type) {
        const std::size_t first = open.size();
        for (int i = 0; i < kids.getArrayNItems(); ++i) open.push_back({kids.getArrayItem(i), name, type});
        std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
    };
    add_kids(form.getKey("/Fields"), "", "");
    for (std::size_t seen = 0; !open.empty() && seen < most_fields; ++seen) {
        Node node = open.back();
        open.pop_back();
        if (!node.field.isDictionary() || (node.field.isIndirect() && !entered.insert(node.field.getObjGen()).second)) continue;
        if (node.field.getKey("/T").isString()) node.name += (node.name.empty() ? "" : ".") + node.field.getKey("/T").getUTF8Value();
        if (node.field.getKey("/FT").isName()) node.type = node.field.getKey("/FT").getName();
        QPDFObjectHandle kids = node.field.getKey("/Kids");
        const bool has_fields = kids.isArray() && kids.getArrayNItems() > 0 && is_field(kids.getArrayItem(0));
        if (has_fields)
            add_kids(kids, node.name, node.type);
        else
            use(node.field, node.name, node.type);
    }
}

int permission_of(QPDFObjectHandle signature) {
    if (!signature.isDictionary() || !signature.getKey("/Reference").isArray()) return 0;
    QPDFObjectHandle references = signature.getKey("/Reference");
    for (int i = 0; i < references.getArrayNItems(); ++i) {
        QPDFObjectHandle reference = references.getArrayItem(i);
        if (!reference.isDictionary() || !reference.getKey("/TransformMethod").isNameAndEquals("/DocMDP")) continue;
        QPDFObjectHandle parameters = reference.getKey("/TransformParams");
        if (!parameters.isDictionary() || !parameters.getKey("/P").isInteger()) return 2; // the standard's default
        return std::clamp(parameters.getKey("/P").getIntValueAsInt(), 1, 3);
    }
    return 0;
}

int modification_permission(QPDF& qpdf) {
    int permission = 0;
    QPDFObjectHandle permissions = qpdf.getRoot().getKey("/Perms");
    if (permissions.isDictionary()) permission = permission_of(permissions.getKey("/DocMDP"));
    walk_fields(qpdf, [&permission](QPDFObjectHandle field, const std::string&, const std::string& type) {
        if (type != "/Sig" || !field.getKey("/V").isDictionary()) return;
        permission = stricter(permission, permission_of(field.getKey("/V")));
        QPDFObjectHandle lock = field.getKey("/Lock");
        if (lock.isDictionary() && lock.getKey("/P").isInteger())
            permission = stricter(permission, std::clamp(lock.getKey("/P").getIntValueAsInt(), 1, 3));
    });
    return permission;
}

bool read_box(QPDFObjectHandle array, Box& box) {
    if (!array.isArray() || array.getArrayNItems() != 4) return false;
    double value[4];
    for (int i = 0; i < 4; ++i) {
        if (!array.getArrayItem(i).isNumber()) return false;
        value[i] = array.getArrayItem(i).getNumericValue();
        if (!std::isfinite(value[i]) || std::fabs(value[i]) > 1e6) return false;
    }
    box = {std::min(value[0], value[2]), std::min(value[1], value[3]), std::max(value[0], value[2]), std::max(value[1], value[3])};
    return true;
}

PageFrame frame_of(QPDFObjectHandle page) {
    PageFrame frame;
    Box media{0, 0, 612, 792}, crop;
    read_box(inherited(page, "/MediaBox"), media);
    frame.visible = media;
    if (read_box(inherited(page, "/CropBox"), crop) && crop.meets(media))
        frame.visible = {std::max(crop.left, media.left), std::max(crop.bottom, media.bottom), std::min(crop.right, media.right),
                         std::min(crop.top, media.top)};
    if (frame.visible.width() < 1 || frame.visible.height() < 1) frame.visible = {0, 0, 612, 792};
    QPDFObjectHandle rotate = inherited(page, "/Rotate");
    if (rotate.isInteger()) frame.rotation = static_cast<int>(((rotate.getIntValue() % 360) + 360) % 360) / 90 * 90;
    return frame;
}

} // namespace dossier::pdf
