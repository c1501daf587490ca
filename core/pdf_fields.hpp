// Inside core/pdf*.cpp only: the form fields of a document (ISO 32000-1, 12.7), and where its first page lies.
#pragma once

#include <functional>
#include <string>
#include <vector>

class QPDF;
class QPDFObjectHandle;

namespace dossier::pdf {

// Calls `use` with every terminal field (a field merged with its widget, or one whose kids are only widgets), its full name and its type
// with inheritance ("/Sig"). Nodes are entered once; at most 100,000.
void walk_fields(QPDF& qpdf, const std::function<void(QPDFObjectHandle field, const std::string& name, const std::string& type)>& use);

// The /P that a signature dictionary asks for as a certification, 1 to 3; 0 when it is none.
int permission_of(QPDFObjectHandle signature);

// The /P of a certification in force (ISO 32000-1, 12.8.2.2; also the /P of a signed field's /Lock, ISO 32000-2, 12.7.5.5): 1 = no changes,
// 2, 3; 0 when there is none. The strictest counts.
int modification_permission(QPDF& qpdf);

struct Box {
    double left = 0, bottom = 0, right = 0, top = 0;
    double width() const { return right - left; }
    double height() const { return top - bottom; }
    bool meets(const Box& other) const { return left < other.right && other.left < right && bottom < other.top && other.bottom < top; }
};
bool read_box(QPDFObjectHandle array, Box& box); // four finite numbers, corners in any order

struct PageFrame {
    Box visible;      // crop box within the media box, user space
    int rotation = 0; // 0, 90, 180, 270, clockwise
};
PageFrame frame_of(QPDFObjectHandle page); // US letter where the page says nothing usable

} // namespace dossier::pdf
