#include "core/worker_channel.hpp"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace dossier::worker {

void OwnedDescriptor::reset(int value) {
    if (value_ >= 0) ::close(value_);
    value_ = value;
}

std::optional<std::pair<OwnedDescriptor, OwnedDescriptor>> make_channel() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return std::nullopt;
    return std::pair{OwnedDescriptor(ends[0]), OwnedDescriptor(ends[1])};
}

namespace {

union Ancillary { // room for one descriptor, aligned as the system wants it
    char bytes[CMSG_SPACE(sizeof(int))];
    cmsghdr header;
};

bool send_first(int channel, const std::string& bytes, int descriptor, std::size_t& sent) {
    iovec part{const_cast<char*>(bytes.data()), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    Ancillary room{};
    if (descriptor >= 0) {
        message.msg_control = room.bytes;
        message.msg_controllen = sizeof room.bytes;
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    }
    ssize_t put = 0;
    do put = ::sendmsg(channel, &message, MSG_NOSIGNAL);
    while (put < 0 && errno == EINTR);
    sent = put > 0 ? static_cast<std::size_t>(put) : 0;
    return put > 0;
}

ssize_t receive_some(int channel, char* into, std::size_t size, OwnedDescriptor& descriptor) {
    iovec part{into, size};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    Ancillary room{};
    message.msg_control = room.bytes;
    message.msg_controllen = sizeof room.bytes;
    ssize_t got = 0;
    do got = ::recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        if (cmsghdr* header = CMSG_FIRSTHDR(&message); header && header->cmsg_type == SCM_RIGHTS) {
            int value = -1;
            std::memcpy(&value, CMSG_DATA(header), sizeof value);
            descriptor.reset(value);
        }
    return got;
}

std::uint64_t length_in(const std::string& bytes) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    return length;
}

constexpr std::size_t head = sizeof(std::uint64_t);

} // namespace

bool send_message(int channel, std::string_view bytes, int descriptor) {
    const std::uint64_t length = bytes.size();
    std::string whole(head, '\0');
    std::memcpy(whole.data(), &length, head);
    whole += bytes;
    std::size_t sent = 0;
    if (!send_first(channel, whole, descriptor, sent)) return false;
    while (sent < whole.size()) {
        const ssize_t put = ::send(channel, whole.data() + sent, whole.size() - sent, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        sent += static_cast<std::size_t>(put);
    }
    return true;
}

std::optional<Message> receive_message(int channel, std::uint64_t most) {
    Message message;
    std::string bytes;
    std::uint64_t wanted = head;
    while (bytes.size() < wanted) {
        const std::size_t before = bytes.size();
        bytes.resize(static_cast<std::size_t>(wanted));
        const ssize_t got = receive_some(channel, bytes.data() + before, bytes.size() - before, message.descriptor);
        if (got <= 0) return std::nullopt;
        bytes.resize(before + static_cast<std::size_t>(got));
        if (before < head && bytes.size() >= head) {
            if (length_in(bytes) > most) return std::nullopt;
            wanted = head + length_in(bytes);
        }
    }
    message.bytes = bytes.substr(head);
    return message;
}

Incoming::State Incoming::read_some(int channel) {
    char buffer[64u << 10];
    const std::uint64_t wanted = bytes_.size() < head ? head : head + length_in(bytes_);
    const std::size_t room = static_cast<std::size_t>(std::min<std::uint64_t>(sizeof buffer, wanted - bytes_.size()));
    const ssize_t got = ::recv(channel, buffer, room, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return State::partly;
    if (got <= 0) return State::closed;
    bytes_.append(buffer, static_cast<std::size_t>(got));
    if (bytes_.size() < head) return State::partly;
    if (length_in(bytes_) > most_) return State::too_long;
    return bytes_.size() == head + length_in(bytes_) ? State::whole : State::partly;
}

std::string Incoming::take() {
    std::string message = bytes_.substr(head);
    bytes_.clear();
    return message;
}

} // namespace dossier::worker
