// Verifying the audit trail against a bare chain of SHA-256 over the same bytes.
#include <vector>

#include <openssl/evp.h>

#include "bench/measure.hpp"
#include "bench/workbench.hpp"
#include "core/text.hpp"
#include "tmf/check.hpp"

namespace bench {

using namespace dossier;
using namespace dossier::tmf;

namespace {

// The messages of the trail, one after the other; their hashes are not needed to hash as many bytes in a chain.
std::vector<std::string> messages_of(Ledger& ledger) {
    std::vector<std::string> messages;
    require(ledger.each_audit("", "", [&messages](const AuditView& entry) {
        messages.push_back(hashed_bytes(entry));
        return Result<void>();
    }));
    return messages;
}

// Each message starts with the hash of the one before: the least that a chain costs.
unsigned char bare_chain(const std::vector<std::string>& messages) {
    EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    unsigned char hash[32] = {};
    for (const std::string& message : messages) {
        EVP_DigestInit_ex2(context, algorithm, nullptr);
        EVP_DigestUpdate(context, hash, sizeof hash);
        EVP_DigestUpdate(context, message.data(), message.size() - sizeof hash);
        EVP_DigestFinal_ex(context, hash, nullptr);
    }
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
    return hash[0];
}

} // namespace

void bench_audit(const Workbench& bench) {
    const auto repository = require(Repository::open(bench.disk, bench.repository(), Repository::Access::read));
    const auto messages = messages_of(repository->ledger());
    unsigned char kept = 0;
    const Pair pair = alternate(
        bench.sizes.rounds,
        [&] {
            if (!require(check_trail(*repository, std::nullopt)).problems.empty()) throw std::runtime_error("the trail does not hold");
        },
        [&] { kept = static_cast<unsigned char>(kept ^ bare_chain(messages)); });
    const double entries = static_cast<double>(messages.size());
    print_at_most("audit-verify", pair.ratio(), 3,
                  fill("{} entries, {} a second, against {} of a bare chain", count(entries), count(entries / pair.ours),
                       count(entries / pair.theirs)));
}

} // namespace bench
