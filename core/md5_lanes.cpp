#include "core/md5_lanes.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

#include "core/md5_blocks.hpp"

namespace dossier {

namespace {

constexpr std::size_t piece = 64u << 10;
constexpr std::size_t few = 3; // lanes: fewer are faster one after the other
constexpr std::size_t padding = 2 * md5::block_size;

using Next = std::function<std::unique_ptr<Md5Input>()>;

class Lanes {
public:
    Lanes(const Next& next, std::size_t count) : next_(next), lanes_(count) {}

    void run() {
        static const std::vector<char> nothing(piece + padding); // for lanes that have no input
        std::array<const char*, md5::most_lanes> data{};
        for (;;) {
            std::size_t busy = 0, blocks = piece / md5::block_size + 2;
            for (std::size_t i = 0; i < lanes_.size(); ++i) {
                const bool ready = load(i);
                data[i] = ready ? lanes_[i].buffer.data() + lanes_[i].from : nothing.data();
                if (!ready) continue;
                ++busy;
                blocks = std::min(blocks, lanes_[i].blocks());
            }
            if (busy == 0) return;
            if (busy < few) {
                for (std::size_t i = 0; i < lanes_.size(); ++i) finish_alone(i);
                continue;
            }
            md5::compress(state_, data.data(), blocks, lanes_.size());
            for (Lane& lane : lanes_)
                if (lane.input) lane.from += blocks * md5::block_size;
        }
    }

private:
    struct Lane {
        std::unique_ptr<Md5Input> input;
        std::vector<char> buffer = std::vector<char>(piece + padding);
        std::size_t from = 0, to = 0; // what is not worked in yet
        std::uint64_t size = 0;       // bytes of the input so far
        bool ended = false;           // and padded
        std::size_t blocks() const { return (to - from) / md5::block_size; }
    };

    // Sees to it that the lane has a block at least; false when there is no further input.
    bool load(std::size_t i) {
        Lane& lane = lanes_[i];
        for (;;) {
            if (!lane.input && !take_next(i)) return false;
            if (lane.blocks() > 0) return true;
            if (lane.ended)
                give_result(i);
            else
                read_more(lane);
        }
    }

    bool take_next(std::size_t i) {
        Lane& lane = lanes_[i];
        if (!exhausted_) lane.input = next_();
        if (!lane.input) return exhausted_ = true, false;
        lane.from = lane.to = 0;
        lane.size = 0;
        lane.ended = false;
        md5::reset(state_, i);
        return true;
    }

    static void read_more(Lane& lane) {
        std::memmove(lane.buffer.data(), lane.buffer.data() + lane.from, lane.to - lane.from);
        lane.to -= lane.from;
        lane.from = 0;
        auto got = lane.input->read(lane.buffer.data() + lane.to, piece - lane.to);
        if (!got) {
            lane.input->finish(std::move(got).error());
            lane.input.reset();
        } else if (*got > 0) {
            lane.to += *got;
            lane.size += *got;
        } else {
            pad(lane);
        }
    }

    // RFC 1321, sections 3.1 and 3.2: a 1 bit, zeros, the length in bits.
    static void pad(Lane& lane) {
        lane.ended = true;
        char* end = lane.buffer.data() + lane.to;
        *end++ = static_cast<char>(0x80);
        while ((end - lane.buffer.data()) % 64 != 56) *end++ = 0;
        const std::uint64_t bits = lane.size * 8;
        std::memcpy(end, &bits, sizeof bits);
        lane.to = static_cast<std::size_t>(end - lane.buffer.data()) + sizeof bits;
    }

    void give_result(std::size_t i) {
        Md5 md5;
        for (std::size_t word = 0; word < 4; ++word) std::memcpy(md5.bytes.data() + 4 * word, &state_.word[word][i], 4);
        lanes_[i].input->finish(md5);
        lanes_[i].input.reset();
    }

    void finish_alone(std::size_t i) {
        while (load(i)) {
            Lane& lane = lanes_[i];
            md5::compress_one(state_, i, lane.buffer.data() + lane.from, lane.blocks());
            lane.from += lane.blocks() * md5::block_size;
        }
    }

    const Next& next_;
    std::vector<Lane> lanes_;
    md5::State state_{};
    bool exhausted_ = false;
};

// One after the other, by OpenSSL.
void one_by_one(const Next& next) {
    std::vector<char> buffer(256u << 10);
    while (const auto input = next()) {
        Hasher hasher(Hasher::What::md5);
        for (;;) {
            auto got = input->read(buffer.data(), buffer.size());
            if (!got) {
                input->finish(std::move(got).error());
                break;
            }
            if (*got == 0) {
                input->finish(hasher.finish().md5);
                break;
            }
            hasher.update(std::string_view(buffer.data(), *got));
        }
    }
}

} // namespace

std::size_t widest_md5_lanes() { return md5::widest(); }

void md5_in_lanes(const Next& next, std::size_t lanes) {
    if (lanes > 1)
        Lanes(next, std::min(lanes, md5::most_lanes)).run();
    else
        one_by_one(next);
}

void md5_in_lanes(const Next& next, int jobs, std::size_t lanes) {
    std::mutex mutex;
    const Next one_at_a_time = [&] {
        const std::lock_guard<std::mutex> lock(mutex);
        return next();
    };
    std::vector<std::thread> threads;
    for (int i = 1; i < std::clamp(jobs, 1, 64); ++i) threads.emplace_back([&] { md5_in_lanes(one_at_a_time, lanes); });
    md5_in_lanes(one_at_a_time, lanes);
    for (std::thread& thread : threads) thread.join();
}

} // namespace dossier
