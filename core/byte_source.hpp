// Numbers and bytes of a binary file, one after the other, through a buffer. Behind the end everything is 0 and ok() is false: whoever
// loops asks for it.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

class ByteSource {
public:
    explicit ByteSource(InputFile& file) : file_(file), size_(file.size()) {}

    bool ok() const { return !ended_; }                              // nothing was asked for that the file does not have
    const std::optional<Error>& failure() const { return failure_; } // of the disk; ok() is false then
    std::uint64_t at() const { return start_ + next_; }
    std::uint64_t size() const { return size_; }

    unsigned byte() { return is_at_hand() ? static_cast<unsigned char>(buffer_[next_++]) : 0u; }
    std::uint64_t number(int bytes, bool low_first) {
        std::uint64_t value = 0;
        for (int i = 0; i < bytes; ++i) value |= static_cast<std::uint64_t>(byte()) << 8 * (low_first ? i : bytes - 1 - i);
        return value;
    }
    // At most `bytes` bytes, as many as are at hand; none at the end.
    std::string_view some(std::uint64_t bytes) {
        if (bytes == 0 || !is_at_hand()) return {};
        const auto given = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, held_ - next_));
        next_ += given;
        return std::string_view(buffer_).substr(next_ - given, given);
    }
    std::string text(std::size_t bytes) {
        std::string text;
        while (text.size() < bytes && ok()) text += some(bytes - text.size());
        return text;
    }
    void go_to(std::uint64_t offset) {
        if (offset > size_) ended_ = true;
        if (ended_) return;
        if (offset >= start_ && offset <= start_ + held_) {
            next_ = static_cast<std::size_t>(offset - start_);
            return;
        }
        start_ = offset;
        next_ = held_ = 0;
        moved_ = true;
    }
    void skip(std::uint64_t bytes) { go_to(bytes > size_ ? size_ + 1 : at() + bytes); }

private:
    bool is_at_hand() {
        if (next_ < held_) return true;
        if (ended_) return false;
        const std::uint64_t from = start_ + held_;
        const auto sought = moved_ ? file_.seek(from) : Result<void>();
        const auto got = sought ? file_.read(buffer_.data(), buffer_.size()) : Result<std::size_t>(sought.error());
        if (!got) failure_ = got.error();
        ended_ = !got || *got == 0;
        if (ended_) return false;
        moved_ = false;
        start_ = from;
        next_ = 0;
        held_ = *got;
        return true;
    }

    InputFile& file_;
    std::uint64_t size_;
    std::string buffer_ = std::string(16u << 10, '\0');
    std::uint64_t start_ = 0; // of the buffer, in the file
    std::size_t next_ = 0, held_ = 0;
    bool moved_ = true, ended_ = false;
    std::optional<Error> failure_;
};

} // namespace dossier
