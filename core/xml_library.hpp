// Internal to core/xml*.cpp: libxml2 set up once, its errors collected.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::xml_library {

// Initialises libxml2 and denies every load from outside, for the whole process.
void start();

struct Message {
    std::int64_t line;
    std::string text;
    bool fatal;
    int code;            // of libxml2
    std::string element; // with prefix, where libxml2 says which
};

// While alive, libxml2's messages of this thread go here instead of stderr.
class Messages {
public:
    explicit Messages(std::size_t most = 200);
    ~Messages();
    Messages(const Messages&) = delete;
    Messages& operator=(const Messages&) = delete;
    const std::vector<Message>& all() const { return list_; }
    Error to_error(const std::string& path) const; // of the first message

private:
    static void collect(void* self, void* error);
    std::vector<Message> list_;
    std::size_t most_;
};

// Before libxml2 sees the bytes: the size, and the number of attributes of each tag (its duplicate check is quadratic).
Result<void> check_bounds(std::string_view bytes, const std::string& path, std::uint64_t most_bytes, std::size_t most_attributes);

} // namespace dossier::xml_library
