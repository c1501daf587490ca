// Sealed bytes against an independent tool: `openssl cms` opens what we seal, and we open what it seals.
#include <catch2/catch.hpp>

#include "signing/envelope.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tmf/restricted_index.hpp"

using namespace dossier;
using namespace dossier::signing;

namespace {

const UtcTime noon = *parse_time("2025-06-30T12:00:00Z");

KeyPair pair_of(const std::string& name) {
    auto pair = make_key_pair(name, noon);
    REQUIRE(pair);
    return *pair;
}

std::string sealed_for(const KeyPair& pair, std::string_view bytes) {
    auto sealed = seal(bytes, pair.certificate);
    INFO((sealed ? "" : to_text(sealed.error())));
    REQUIRE(sealed);
    return *sealed;
}

const std::string content("kit 17: active\n\0\r\nkit 18: placebo", 33);

} // namespace

TEST_CASE("openssl opens what was sealed, and sees AES-256-GCM, SHA-256 and no SHA-1") {
    test::tool_or_skip("openssl");
    const test::Scratch scratch;
    const KeyPair ann = pair_of("ann");
    scratch.write("sealed", sealed_for(ann, content));
    scratch.write("key.pem", ann.private_key);
    scratch.write("certificate.pem", ann.certificate);
    REQUIRE(test::run({"openssl", "cms", "-decrypt", "-inform", "DER", "-in", "sealed", "-inkey", "key.pem", "-recip", "certificate.pem",
                       "-out", "opened"},
                      scratch.path())
                .code == 0);
    CHECK(scratch.read("opened") == content);
    const auto print = test::run({"openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", "sealed"}, scratch.path());
    CHECK(print.out.find("id-smime-ct-authEnvelopedData") != std::string::npos);
    CHECK(print.out.find("aes-256-gcm") != std::string::npos);
    CHECK(print.out.find("sha256kdf") != std::string::npos);
    CHECK(print.out.find("id-aes256-wrap") != std::string::npos);
    CHECK(print.out.find("sha1") == std::string::npos);
    const auto text = test::run({"openssl", "x509", "-in", "certificate.pem", "-noout", "-text"}, scratch.path());
    CHECK(text.out.find("Key Agreement") != std::string::npos);
    CHECK(text.out.find("prime256v1") != std::string::npos);
}

TEST_CASE("an RSA certificate receives by OAEP, what openssl sealed is opened") {
    test::tool_or_skip("openssl");
    const test::Scratch scratch;
    REQUIRE(test::run({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "certificate.pem", "-subj",
                       "/CN=Rosa", "-days", "10"},
                      scratch.path())
                .code == 0);
    const KeyPair rosa{scratch.read("key.pem"), scratch.read("certificate.pem")};
    scratch.write("sealed", sealed_for(rosa, content));
    REQUIRE(test::run({"openssl", "cms", "-decrypt", "-inform", "DER", "-in", "sealed", "-inkey", "key.pem", "-recip", "certificate.pem",
                       "-out", "opened"},
                      scratch.path())
                .code == 0);
    CHECK(scratch.read("opened") == content);
    CHECK(test::run({"openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", "sealed"}, scratch.path()).out.find("rsaesOaep") !=
          std::string::npos);
    scratch.write("plain", content);
    REQUIRE(test::run({"openssl", "cms", "-encrypt", "-binary", "-aes-256-gcm", "-outform", "DER", "-in", "plain", "-out", "theirs",
                       "certificate.pem"},
                      scratch.path())
                .code == 0);
    const auto opened = open_sealed(scratch.read("theirs"), {rosa});
    REQUIRE(opened);
    CHECK(*opened == content);
    CHECK(is_sealed_for(scratch.read("theirs"), rosa.certificate));
    CHECK_FALSE(is_sealed_for(scratch.read("theirs"), pair_of("rosa").certificate));
}

TEST_CASE("whom an envelope is for is seen without a private key") {
    const KeyPair ann = pair_of("ann"), bob = pair_of("bob"), twin = pair_of("ann"); // twin: the same name, another key
    const std::string sealed = sealed_for(ann, content);
    CHECK(is_sealed_for(sealed, ann.certificate));
    for (const std::string& other : {bob.certificate, twin.certificate, std::string(), std::string("no certificate")})
        CHECK_FALSE(is_sealed_for(sealed, other));
    CHECK_FALSE(is_sealed_for("no envelope", ann.certificate));
    CHECK_FALSE(is_sealed_for("", ann.certificate));
}

TEST_CASE("an envelope is not much longer than what is in it") {
    const KeyPair ann = pair_of("ann"); // what looks for bytes by their length relies on it (tmf/restricted_index.hpp)
    for (const std::size_t size : {0u, 1u, 15u, 16u, 5'000u, 70'000u, 20'000'000u}) {
        const std::size_t sealed = sealed_for(ann, std::string(size, 'a')).size();
        INFO(size);
        CHECK(sealed > size);
        CHECK(sealed < size + 1500);
        CHECK(sealed <= tmf::most_sealed(size));
    }
}

TEST_CASE("many envelopes are opened with keys that were read once") {
    const KeyPair ann = pair_of("ann"), bob = pair_of("bob");
    EnvelopeOpener opener({{"no key", "no certificate"}, bob, ann});
    for (const std::string text : {"first", "second", ""}) CHECK(*opener.open(sealed_for(ann, text)) == text);
    CHECK(*opener.open(sealed_for(bob, "his")) == "his");
    CHECK(opener.open("no envelope").error().kind == ErrorKind::invalid);
    EnvelopeOpener none({});
    CHECK(none.open(sealed_for(ann, "hers")).error().kind == ErrorKind::denied);
    none = std::move(opener);
    CHECK(*none.open(sealed_for(ann, "hers")) == "hers");
}

TEST_CASE("only the right key opens, whichever place it has in the list") {
    const KeyPair ann = pair_of("ann"), bob = pair_of("bob"), twin = pair_of("ann");
    const std::string sealed = sealed_for(ann, content);
    const auto opened = open_sealed(sealed, {twin, bob, ann});
    REQUIRE(opened);
    CHECK(*opened == content);
    for (const auto& keys : {std::vector<KeyPair>{}, {bob, twin}}) {
        const auto refused = open_sealed(sealed, keys);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::denied);
    }
    CHECK(sealed_for(ann, content) != sealed); // equal contents do not show
    CHECK(*open_sealed(sealed_for(ann, ""), {ann}) == "");
}

TEST_CASE("an envelope in which any byte was altered does not open as something else") {
    const KeyPair ann = pair_of("ann");
    const std::string sealed = sealed_for(ann, content);
    std::size_t opened_all_the_same = 0;
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string altered = sealed;
        altered[at] = static_cast<char>(altered[at] ^ 0x01);
        const auto opened = open_sealed(altered, {ann});
        if (!opened) continue;
        CHECK(*opened == content); // a byte that carries no meaning, such as a version number
        ++opened_all_the_same;
    }
    CHECK(opened_all_the_same < 20);
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, sealed.size() / 2, sealed.size() - 1})
        CHECK_FALSE(open_sealed(std::string_view(sealed).substr(0, length), {ann}));
}

TEST_CASE("a private key under a passphrase") {
    test::tool_or_skip("openssl");
    const KeyPair ann = pair_of("ann");
    const auto guarded = protect_key(ann.private_key, "correct horse");
    REQUIRE(guarded);
    CHECK(is_protected(*guarded));
    CHECK_FALSE(is_protected(ann.private_key));
    CHECK(open_key(*guarded, "wrong").error().kind == ErrorKind::denied);
    CHECK(*open_key(*guarded, "correct horse") == ann.private_key);
    CHECK(*open_key(ann.private_key, "") == ann.private_key);
    CHECK(open_key("-----BEGIN NOTHING-----", "").error().kind == ErrorKind::invalid);
    const test::Scratch scratch;
    scratch.write("key.pem", *guarded);
    CHECK(test::run({"openssl", "pkey", "-in", "key.pem", "-passin", "pass:correct horse", "-noout"}, scratch.path()).code == 0);
}

TEST_CASE("nothing is sealed for what is no certificate, or for one that is only for signatures") {
    test::tool_or_skip("openssl");
    CHECK(seal("x", "hello").error().message == "this is no certificate in PEM form");
    const test::Scratch scratch;
    REQUIRE(test::run({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "certificate.pem", "-subj",
                       "/CN=Signer", "-addext", "keyUsage=critical,digitalSignature"},
                      scratch.path())
                .code == 0);
    CHECK(seal("x", scratch.read("certificate.pem")).error().message.find("nothing can be sealed for this certificate") == 0);
}
