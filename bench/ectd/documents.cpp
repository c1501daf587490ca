#include "bench/ectd/documents.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"

namespace bench {

using namespace dossier;

namespace {

std::string blank_filled(std::string text, std::size_t length) {
    text.resize(length, ' ');
    return text;
}

std::string big_endian(std::size_t value, int bytes) {
    std::string text;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xFF);
    return text;
}

void fill_up(std::string& bytes, std::size_t size, const std::string& filling, std::size_t at) {
    while (bytes.size() < size) bytes.append(filling, at % (filling.size() / 2), std::min(size - bytes.size(), filling.size() / 2));
}

// One data set of four columns (TS-140, version 5) whose rows are the filling.
std::string data_set(const std::string& name, std::size_t size, const std::string& filling, std::size_t at) {
    constexpr std::size_t record = 80, column = 40, columns = 4, namestr = 140;
    const auto header = [](const std::string& kind, const std::string& numbers) {
        return blank_filled("HEADER RECORD*******" + blank_filled(kind, 8) + "HEADER RECORD!!!!!!!" + numbers, record);
    };
    const std::string zeros(30, '0');
    std::string bytes = header("LIBRARY", zeros) + std::string(2 * record, ' ');
    bytes += header("MEMBER", "000000000000000001600000000140") + header("DSCRPTR", zeros);
    bytes += blank_filled("SAS     LB      SASDATA 9.4", record) + blank_filled(name, record);
    bytes += header("NAMESTR", fill("00000000{:02}00000000000000000000", columns));
    for (std::size_t i = 0; i < columns; ++i) {
        std::string description = big_endian(2, 2) + big_endian(0, 2) + big_endian(column, 2) + big_endian(i + 1, 2);
        description += blank_filled(fill("VALUE{}", i + 1), 8) + std::string(48, ' ') + std::string(8, '\0') + std::string(8, ' ');
        description += std::string(4, '\0') + big_endian(i * column, 4);
        description.resize(namestr, '\0');
        bytes += description;
    }
    bytes.resize((bytes.size() + record - 1) / record * record, ' ');
    bytes += header("OBS", zeros);
    fill_up(bytes, size / record * record, filling, at);
    return bytes;
}

std::string markup(const std::string& name, std::size_t size) {
    std::string bytes = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<list name=\"" + name + "\">\n";
    for (std::size_t i = 0; bytes.size() < size; ++i)
        bytes += fill("  <item number=\"{}\"><title>Value {} of {}</title></item>\n", i, i, name);
    return bytes + "</list>\n";
}

} // namespace

std::string document_bytes(const std::string& name, std::size_t size, const std::string& filling, std::size_t at) {
    const std::string kind = path::extension(name);
    if (kind == "xpt") return data_set(name, size, filling, at);
    if (kind == "xml") return markup(name, size);
    std::string bytes = "%PDF-1.4\n" + name + "\n";
    fill_up(bytes, size, filling, at);
    return bytes + "\nstartxref\n0\n%%EOF\n";
}

} // namespace bench
