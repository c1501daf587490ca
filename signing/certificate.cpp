#include "signing/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::signing {

namespace {

Certificate own(X509* certificate) { return Certificate(certificate, X509_free); }

std::string entry_of(const X509_NAME* name, int nid) {
    const int at = X509_NAME_get_index_by_NID(const_cast<X509_NAME*>(name), nid, -1);
    if (at < 0) return {};
    unsigned char* utf8 = nullptr;
    const int length = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (length < 0) return {};
    std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(length));
    OPENSSL_free(utf8);
    return is_valid_utf8(text) ? text : "";
}

std::string name_text(const X509_NAME* name) {
    for (const int nid : {NID_commonName, NID_organizationName})
        if (std::string text = entry_of(name, nid); !text.empty()) return text;
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    char* data = nullptr;
    const long length = BIO_get_mem_data(out.get(), &data);
    return std::string(data, static_cast<std::size_t>(length));
}

UtcTime to_time(const ASN1_TIME* time) {
    tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    const auto date = Date::from_parts(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
    if (!date) return {};
    const std::int64_t seconds = date->days() * 86400 + parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec;
    return UtcTime::from_microseconds(seconds * 1'000'000);
}

} // namespace

std::vector<Certificate> parse_certificates(std::string_view bytes) {
    std::vector<Certificate> certificates;
    const std::unique_ptr<BIO, decltype(&BIO_free)> in(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), BIO_free);
    if (bytes.find("-----BEGIN ") != std::string_view::npos) {
        while (X509* certificate = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)) certificates.push_back(own(certificate));
    } else if (X509* certificate = d2i_X509_bio(in.get(), nullptr)) {
        certificates.push_back(own(certificate));
    }
    ERR_clear_error();
    return certificates;
}

Result<std::vector<Certificate>> read_trust(FileSystem& fs, const std::string& path) {
    constexpr std::uint64_t most_bytes = 16u << 20;
    std::vector<Certificate> all;
    if (!is_folder(fs, path)) {
        DOSSIER_TRY(const std::string bytes, read_file(fs, path, most_bytes));
        all = parse_certificates(bytes);
    } else {
        DOSSIER_TRY(const auto entries, fs.list(path));
        for (const FolderEntry& entry : entries) {
            if (entry.kind != FileKind::file && entry.kind != FileKind::link) continue;
            const auto bytes = read_file(fs, path::join(path, entry.name), most_bytes);
            if (!bytes) continue;
            for (Certificate& certificate : parse_certificates(*bytes)) all.push_back(std::move(certificate));
        }
    }
    if (all.empty())
        return Error(ErrorKind::invalid, "no certificate is in it", {path},
                     "name a PEM or DER certificate of the issuer you trust, or a folder of them");
    return all;
}

std::string printed_name(const Certificate& certificate) { return name_text(X509_get_subject_name(certificate.get())); }
std::string issuer_name(const Certificate& certificate) { return name_text(X509_get_issuer_name(certificate.get())); }

Validity validity_of(const Certificate& certificate) {
    return {to_time(X509_get0_notBefore(certificate.get())), to_time(X509_get0_notAfter(certificate.get()))};
}

bool may_sign_documents(const Certificate& certificate) {
    const std::uint32_t usage = X509_get_key_usage(certificate.get()); // all ones when the extension is absent
    return (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

bool is_self_issued(const Certificate& certificate) {
    return X509_NAME_cmp(X509_get_subject_name(certificate.get()), X509_get_issuer_name(certificate.get())) == 0;
}

} // namespace dossier::signing
