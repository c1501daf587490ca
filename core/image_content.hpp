// What can be said about a picture without decoding it: its size, and whether its parts are all there. PNG (ISO/IEC 15948), JPEG
// (ITU-T T.81), GIF 89a, TIFF 6.0. Read by a worker process, never by the program itself (core/worker.hpp).
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <string>

namespace dossier {

struct ImageContent {
    std::int64_t width = 0, height = 0; // pixels, as the file says; of a TIFF: of its first picture
    std::string problem;                // what is missing or makes no sense, as a sentence; empty: it is whole
};

// Errors: unsupported, for a file that begins like none of the four; io.
Result<ImageContent> read_image_content(InputFile& file);

} // namespace dossier
