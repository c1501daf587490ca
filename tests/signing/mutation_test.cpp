// Signed files broken at random, judged in this process: every one must end, and none may pass for what it was.
#include <catch2/catch.hpp>

#include <random>

#include "signing/verify.hpp"
#include "tests/signing/forge.hpp"
#include "tests/signing/signed.hpp"

using namespace dossier;

namespace {

std::string mutate(std::string pdf, std::mt19937& random) {
    const auto at = [&] { return random() % pdf.size(); };
    switch (random() % 6) {
    case 0: // a few bytes
        for (int k = 0; k < 4; ++k) pdf[at()] = static_cast<char>(random());
        return pdf;
    case 1: // a digit becomes another: offsets, lengths, numbers of objects
        for (int k = 0; k < 3; ++k) {
            std::size_t place = at();
            while (pdf[place] < '0' || pdf[place] > '9') place = at();
            pdf[place] = static_cast<char>('0' + (pdf[place] - '0' + 1 + random() % 9) % 10);
        }
        return pdf;
    case 2:
        return pdf.substr(0, at());
    case 3:
        return pdf.erase(at(), 1 + random() % 200);
    case 4:
        return pdf.insert(at(), pdf.substr(at(), 1 + random() % 200));
    default: // two pieces swap places
        const std::size_t length = 1 + random() % 300, first = at() % (pdf.size() / 2 - 300),
                          second = pdf.size() / 2 + at() % (pdf.size() / 2 - 300);
        for (std::size_t k = 0; k < length; ++k) std::swap(pdf[first + k], pdf[second + k]);
        return pdf;
    }
}

// Whether the signed bytes are there as they were: all but the hexadecimal string, where parts of a CMS are under nobody's signature.
bool signed_bytes_kept(const std::string& broken, const std::string& whole, const test::Gap& gap) {
    return broken.size() >= whole.size() && broken.compare(0, gap.start, whole, 0, gap.start) == 0 &&
           broken.compare(gap.end, whole.size() - gap.end, whole, gap.end, whole.size() - gap.end) == 0;
}

} // namespace

TEST_CASE("randomly broken signed files are judged, and never valid") {
    const auto disk = make_disk_file_system();
    signing::VerifyRequest request;
    request.trust = *signing::read_trust(*disk, test::pki() + "/trust");
    request.at = *parse_time(test::sign_time);
    std::mt19937 random(11);
    for (const std::string form : {"classic", "linearized, object streams"}) {
        const std::string once = test::sign(test::source_pdf(form), "anna"), twice = test::sign(once, "anna");
        const test::Gap first = test::gap_of(twice, 0), second = test::gap_of(twice, 1);
        const test::Scratch scratch;
        for (int round = 0; round < 400; ++round) {
            const std::string broken = mutate(twice, random);
            scratch.write("a.pdf", broken);
            const auto verified = signing::verify_file(*disk, scratch / "a.pdf", request);
            if (!verified) {
                CHECK_FALSE(verified.error().message.empty());
                continue;
            }
            for (const signing::SignatureReport& report : verified->signatures) {
                INFO(form << ", round " << round << ": " << report.field << " " << to_text(report.verdict) << " " << report.reason);
                const bool good = report.verdict == signing::Verdict::valid || report.verdict == signing::Verdict::valid_extended;
                if (good && report.field == "Signature1") CHECK(signed_bytes_kept(broken, once, first));
                if (good && report.field == "Signature2") CHECK(signed_bytes_kept(broken, twice, second));
            }
        }
    }
}
