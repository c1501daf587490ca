// Internal to core/xlsx*.cpp: reading the XML parts of a workbook.
#pragma once

#include "core/xlsx.hpp"
#include "core/xml_stream.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::xlsx {

std::string local_name(std::string_view name); // without a prefix: some programs write x:row
// By local name, without regard to the prefix ("r:id" is asked for as "id", `prefixed` = true).
std::string attribute_of(const XmlStart& element, std::string_view name, bool prefixed = false);

Result<void> read_part(ZipReader& zip, const std::string& part, const std::string& path, XmlHandler& handler, std::uint64_t most_bytes);

// Text of the <t> elements of one string (18.4.8, 18.4.12), runs joined, phonetic runs (rPh) left out. start() and end() see every element
// inside the string.
class StringText {
public:
    void start(std::string_view local);
    void end(std::string_view local);
    void add(std::string_view piece);
    std::string take(); // decoded; begins anew
    std::size_t size() const { return text_.size(); }

private:
    std::string text_;
    bool in_text_ = false;
    int phonetic_ = 0;
};

Result<std::vector<std::string>> read_strings(ZipReader& zip, const std::string& part, const std::string& path, const TableLimits& limits);
Result<std::vector<NumberFormat>> read_styles(ZipReader& zip, const std::string& part, const std::string& path);

struct SheetContext {
    const std::string& path;
    const std::string& sheet;
    const TableLimits& limits;
    const std::vector<std::string>& strings;
    const std::vector<NumberFormat>& formats;
    bool epoch_1904;
};
Result<void> read_sheet(ZipReader& zip, const std::string& part, const SheetContext& context, const UseRow& use,
                        std::vector<Merged>* merged);

} // namespace dossier::xlsx
