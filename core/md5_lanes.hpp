// MD5 of many inputs at once: one instruction of the processor works on a block of eight or sixteen inputs. Three to four times as fast as
// one after the other where there are enough inputs; a single input goes its own way (one lane is slower than OpenSSL). The checksums of an
// eCTD are MD5 (ICH 3.2.2, appendix 6), a submission has thousands of them.
#pragma once

#include "core/digest.hpp"

#include <functional>
#include <memory>

namespace dossier {

// One input. read() is called until it gives 0, then finish(); after an error of read() finish() gets that error. Used by one thread.
class Md5Input {
public:
    virtual ~Md5Input() = default;
    virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
    virtual void finish(Result<Md5> md5) = 0;
};

// 16 (AVX-512), 8 (AVX2) or 1: what this processor can do.
std::size_t widest_md5_lanes();

// Takes inputs from `next` until it gives none. Give long ones first: at the end the lanes run empty.
void md5_in_lanes(const std::function<std::unique_ptr<Md5Input>()>& next, std::size_t lanes);

// The same with `jobs` threads; `next` is called by one at a time.
void md5_in_lanes(const std::function<std::unique_ptr<Md5Input>()>& next, int jobs, std::size_t lanes);

} // namespace dossier
