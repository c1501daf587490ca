#include "signing/verify.hpp"

#include "core/pdf_signatures.hpp"
#include "core/text.hpp"
#include "signing/chain.hpp"
#include "signing/cms_check.hpp"
#include "signing/manifestation.hpp"

namespace dossier::signing {

namespace {

// The reason that decides the verdict stands first.
void judge(SignatureReport& report, Verdict verdict, const std::string& reason) {
    if (!reason.empty() && report.reason.empty())
        report.reason = reason;
    else if (!reason.empty())
        report.reason = verdict > report.verdict ? reason + "; " + report.reason : report.reason + "; " + reason;
    report.verdict = worse(report.verdict, verdict);
}

SignatureReport describe(const PdfSignature& signature, std::uint64_t file_size) {
    SignatureReport report;
    report.verdict = Verdict::valid;
    report.field = signature.field;
    report.signer = report.name = signature.name;
    report.meaning = signature.reason;
    report.signed_at = signature.time ? signature.time->text() : signature.date;
    report.coverage = !signature.flaws.empty() ? "unclear" : signature.signed_end >= file_size ? "entire_file" : "entire_revision";
    return report;
}

bool is_pades(const PdfSignature& signature) { return signature.sub_filter == "ETSI.CAdES.detached"; }

void check_trust(const PdfSignature& signature, const CmsSignature& cms, const VerifyRequest& request, SignatureReport& report) {
    if (!cms.doubt().empty()) judge(report, Verdict::indeterminate, cms.doubt());
    if (const std::string doubt = doubt_of_chain(cms.signer(), cms.certificates(), request.trust, request.at); !doubt.empty())
        judge(report, Verdict::indeterminate, doubt);
    const Validity validity = validity_of(cms.signer());
    if (signature.time && (*signature.time < validity.from || *signature.time > validity.until))
        judge(report, Verdict::indeterminate,
              fill("the claimed time lies outside the certificate's validity, {} to {}", validity.from.text(), validity.until.text()));
}

// Printed name, time and meaning must be those of the signed entries (21 CFR 11.50, 11.70).
void check_manifestation(const PdfSignature& signature, SignatureReport& report) {
    const UtcTime time = signature.time.value_or(UtcTime());
    if (compare_manifestation(signature.appearance, signature.name, time, signature.reason) == Agreement::differs)
        judge(report, Verdict::invalid,
              "what the signature shows is not what was signed: the printed name, time or meaning differs from its entries");
}

Result<void> check_cryptography(FileSystem& fs, const std::string& path, const PdfSignature& signature, const VerifyRequest& request,
                                SignatureReport& report) {
    CmsSignature cms(signature.contents);
    if (cms.flaw().empty()) DOSSIER_CHECK(read_signed_bytes(fs, path, signature, [&cms](std::string_view bytes) { cms.update(bytes); }));
    cms.finish();
    if (cms.signer()) report.signer = printed_name(cms.signer());
    report.level = is_pades(signature) && cms.names_its_certificate() ? "B-B" : "CMS";
    if (!is_pades(signature) && signature.sub_filter != "adbe.pkcs7.detached")
        judge(report, Verdict::indeterminate,
              fill("signatures {} cannot be judged",
                   signature.sub_filter.empty() ? "without /SubFilter" : "of the kind " + signature.sub_filter));
    if (!cms.flaw().empty()) {
        judge(report, Verdict::invalid, cms.flaw());
        return {};
    }
    if (is_pades(signature) && !cms.names_its_certificate())
        judge(report, Verdict::invalid, "it does not name the signer's certificate under the signature, as ETSI.CAdES.detached asks for");
    check_trust(signature, cms, request, report);
    check_manifestation(signature, report);
    if (cms.has_time_stamp())
        report.reason += report.reason.empty() ? "its time stamp was not checked" : "; its time stamp was not checked";
    return {};
}

void check_later_changes(FileSystem& fs, const std::string& path, const PdfSignature& signature, const std::string& unreadable,
                         SignatureReport& report) {
    std::size_t forbidden = 0;
    std::string first;
    const auto take = [&](bool permitted, const std::string& what) {
        report.later_changes.push_back(permitted ? what : "not permitted: " + what);
        if (!permitted && forbidden++ == 0) first = what;
    };
    if (signature.removed) take(false, "the signature was taken out of the form by a later revision");
    if (!unreadable.empty())
        take(false, "what was appended after the signature cannot be trusted: " + unreadable);
    else
        for (const PdfChange& change : later_pdf_changes(fs, path, signature.signed_end)) {
            const bool locked = signature.permission == 1 && change.kind == PdfChange::Kind::permitted;
            if (locked)
                take(false, change.what + ", and the signature certifies that nothing may (DocMDP P=1)");
            else
                take(change.kind != PdfChange::Kind::forbidden, change.what);
        }
    if (forbidden > 0)
        judge(report, Verdict::modified,
              fill("changed after signing: {}{}", first, forbidden > 1 ? fill(", and {} more", forbidden - 1) : std::string()));
    else if (!report.later_changes.empty())
        judge(report, Verdict::valid_extended, "");
}

Result<SignatureReport> verify_one(FileSystem& fs, const std::string& path, const PdfSignature& signature, const PdfSignatures& all,
                                   const VerifyRequest& request) {
    SignatureReport report = describe(signature, all.size);
    for (const std::string& flaw : signature.flaws) judge(report, Verdict::invalid, flaw);
    report.level = "CMS";
    if (signature.type == "DocTimeStamp" || signature.sub_filter == "ETSI.RFC3161") {
        report.level = "time stamp";
        judge(report, Verdict::indeterminate, "document time stamps cannot be verified yet");
    } else if (signature.flaws.empty()) {
        DOSSIER_CHECK(check_cryptography(fs, path, signature, request, report));
    }
    if (report.verdict != Verdict::invalid) check_later_changes(fs, path, signature, all.unreadable, report);
    return report;
}

} // namespace

Result<Verification> verify_file(FileSystem& fs, const std::string& path, const VerifyRequest& request) {
    DOSSIER_TRY(const PdfSignatures found, read_pdf_signatures(fs, path));
    Verification verification;
    verification.file = path;
    for (const PdfSignature& signature : found.signatures) {
        DOSSIER_TRY(SignatureReport report, verify_one(fs, path, signature, found, request));
        verification.verdict = verification.signatures.empty() ? report.verdict : worse(verification.verdict, report.verdict);
        verification.signatures.push_back(std::move(report));
    }
    if (verification.signatures.empty()) verification.reason = "the file carries no signature";
    return verification;
}

} // namespace dossier::signing
