// libFuzzer's entry: DOSSIER_FUZZ_READER names what reads (tests/fuzz/readers.hpp).
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/fuzz/readers.hpp"

namespace {

const fuzz::Reader& wanted_reader() {
    const char* const wanted = std::getenv("DOSSIER_FUZZ_READER");
    std::string names;
    for (const fuzz::Reader& reader : fuzz::readers()) {
        if (wanted && reader.name == wanted) return reader;
        names += " " + reader.name;
    }
    std::fprintf(stderr, "set DOSSIER_FUZZ_READER to one of:%s\n", names.c_str());
    std::exit(2);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const fuzz::Reader& reader = wanted_reader();
    reader.read({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
