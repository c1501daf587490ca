#include "tmf/user_record.hpp"

#include "core/base64.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

std::string certificate_fingerprint(const std::string& pem) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
    const std::size_t first = pem.find(begin), last = pem.find(end, first == std::string::npos ? 0 : first);
    if (first == std::string::npos || last == std::string::npos) return {};
    std::string body = pem.substr(first + begin.size(), last - first - begin.size());
    std::erase_if(body, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
    const auto der = from_base64(body);
    if (!der) return {};
    std::string text;
    for (const char digit : sha256_of(*der).hex()) {
        if (text.size() % 3 == 2) text += ':';
        text += digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
    }
    return text;
}

Result<CertificateOnRecord> certificate_on_record(Ledger& ledger, const UserRecord& user) {
    CertificateOnRecord found{certificate_fingerprint(user.certificate), "", "", false};
    std::string last, certificate;
    DOSSIER_CHECK(ledger.each_audit("", user.name, [&](const AuditView& entry) -> Result<void> {
        if (entry.new_value.empty()) return {};
        const auto value = parse_json(entry.new_value);
        const Json* const record = value ? value->find("user") : nullptr;
        const Json* const name = record ? record->find("id") : nullptr;
        if (!name || name->text() != user.name) return {}; // about something else that is called so
        last = record->dump(-1);
        const Json* const pem = record->find("certificate");
        if ((pem ? pem->text() : std::string()) == certificate) return {};
        certificate = pem ? pem->text() : std::string();
        found.by = entry.user;
        found.time = entry.time;
        found.clock_given = entry.clock == "given";
        return {};
    }));
    if (last == to_json(user).dump(-1)) return found;
    return Error(ErrorKind::conflict, fill("the record of {} is not as its last audit entry left it", user.name), {},
                 "'dossier tmf check' says what else was changed; a key that is handed to it might be somebody else's");
}

} // namespace dossier::tmf
