#include "tmf/media_type.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

std::string of_zip(const std::string& extension) {
    const std::string office = "application/vnd.openxmlformats-officedocument.";
    if (extension == "docx") return office + "wordprocessingml.document";
    if (extension == "xlsx") return office + "spreadsheetml.sheet";
    if (extension == "pptx") return office + "presentationml.presentation";
    return "application/zip";
}

std::string of_compound(const std::string& extension) { // the container of older office files
    if (extension == "doc") return "application/msword";
    if (extension == "xls") return "application/vnd.ms-excel";
    if (extension == "ppt") return "application/vnd.ms-powerpoint";
    if (extension == "msg") return "application/vnd.ms-outlook";
    return "application/x-ole-storage";
}

std::string of_text(std::string_view head, const std::string& extension) {
    if (starts_with(trim(head), "<?xml")) return "application/xml";
    if (extension == "csv") return "text/csv";
    if (extension == "html" || extension == "htm") return "text/html";
    if (extension == "eml") return "message/rfc822";
    return "text/plain";
}

} // namespace

std::string media_type(std::string_view head, std::string_view file_name) {
    const std::string extension = to_lower(path::extension(file_name));
    using namespace std::string_view_literals;
    // A PDF may start with some other bytes first.
    if (head.substr(0, 1024).find("%PDF-") != std::string_view::npos) return "application/pdf";
    if (starts_with(head, "PK\x03\x04"sv)) return of_zip(extension);
    if (starts_with(head, "\xD0\xCF\x11\xE0"sv)) return of_compound(extension);
    if (starts_with(head, "\x89PNG"sv)) return "image/png";
    if (starts_with(head, "\xFF\xD8\xFF"sv)) return "image/jpeg";
    if (starts_with(head, "II*\0"sv) || starts_with(head, "MM\0*"sv)) return "image/tiff";
    if (starts_with(head, "{\\rtf"sv)) return "application/rtf";
    if (extension == "xpt" && starts_with(head, "HEADER RECORD"sv)) return "application/x-sas-xport";
    const bool text = std::none_of(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) < 9; });
    return text ? of_text(head, extension) : "application/octet-stream";
}

} // namespace dossier::tmf
