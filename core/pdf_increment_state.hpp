// Inside core/pdf*.cpp only: what an increment holds while it is put together.
#pragma once

#include "core/pdf_increment.hpp"
#include "core/pdf_revisions.hpp"

#include <cstdint>
#include <map>
#include <utility>

class QPDF;
class QPDFObjectHandle;

namespace dossier {

struct PdfIncrement::State {
    FileSystem* fs = nullptr;
    std::string path;
    std::shared_ptr<QPDF> qpdf;
    PdfRevision last;
    std::uint64_t source_size = 0;
    bool source_ends_line = true;
    int next_number = 0;

    struct ObjectText {
        int generation = 0;
        std::string text; // between "obj" and "endobj"
    };
    std::map<int, ObjectText> objects; // new and changed ones, by number

    // Where the signature's placeholders lie in its object's text.
    int signature = 0; // object number, 0: none
    std::size_t range_at = 0, contents_at = 0, contents_size = 0;

    // A number for a new object, known to libqpdf so that references to it can be made.
    int reserve();
    // Takes the object, as it is now in memory, into the revision.
    void take(QPDFObjectHandle object);
    // Copies an object of another document with everything it refers to; returns its number here.
    int import(QPDFObjectHandle foreign, std::map<std::pair<int, int>, int>& numbers);
};

namespace pdf {
// Adds the widget to the page and the field to the form. `state.signature` is the number of its value. Returns the field's name.
Result<std::string> add_signature_field(PdfIncrement::State& state, const std::optional<PdfDrawing>& drawing);
} // namespace pdf

} // namespace dossier
