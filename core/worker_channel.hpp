// Inside core/worker*.cpp only: messages over a socket between two processes, with a descriptor where one is to be handed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace dossier::worker {

class OwnedDescriptor { // closes it
public:
    explicit OwnedDescriptor(int value = -1) : value_(value) {}
    ~OwnedDescriptor() { reset(); }
    OwnedDescriptor(OwnedDescriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    OwnedDescriptor& operator=(OwnedDescriptor&& other) noexcept {
        if (this != &other) reset(std::exchange(other.value_, -1));
        return *this;
    }
    int get() const { return value_; }
    explicit operator bool() const { return value_ >= 0; }
    void reset(int value = -1);

private:
    int value_;
};

std::optional<std::pair<OwnedDescriptor, OwnedDescriptor>> make_channel();

// Length in front, then the bytes; false when the other side is gone.
bool send_message(int channel, std::string_view bytes, int descriptor = -1);

struct Message {
    std::string bytes;
    OwnedDescriptor descriptor;
};
// Waits for a whole one; none when the other side is gone, or says that it is longer than `most`.
std::optional<Message> receive_message(int channel, std::uint64_t most);

// The same bit by bit, without waiting.
class Incoming {
public:
    explicit Incoming(std::uint64_t most) : most_(most) {}
    enum class State { partly, whole, closed, too_long };
    State read_some(int channel);
    std::string take(); // after whole; ready for the next one

private:
    std::uint64_t most_;
    std::string bytes_; // the length, then the message
};

} // namespace dossier::worker
