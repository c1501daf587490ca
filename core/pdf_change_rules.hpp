// Inside core/pdf*.cpp only: which differences between a signed object and its later version are permitted. Pure: looks at two versions of
// one object (direct or resolved), says what it found.
#pragma once

#include "core/pdf_fields.hpp"
#include "core/pdf_signatures.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

class QPDFObjectHandle;
class QPDFObjGen;

namespace dossier::pdf {

struct ChangeContext {
    // True for an object that the signed revision already had: what is new must be new.
    std::function<bool(const QPDFObjGen&)> existed;
    std::vector<Box> signed_boxes; // of the signature widgets that the signed revision shows on the page in question
    std::function<void(PdfChange::Kind kind, std::string what, int object)> report;
};

bool equal_objects(QPDFObjectHandle before, QPDFObjectHandle after); // streams: dictionary and raw bytes

void compare_catalogs(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context);
void compare_forms(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context); // `before` may be null
void compare_field_lists(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context);
void compare_pages(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context);
void compare_annotations(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context);
void compare_empty_signature_fields(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context);

} // namespace dossier::pdf
