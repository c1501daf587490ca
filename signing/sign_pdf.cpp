#include "signing/sign_pdf.hpp"

#include "core/pdf_increment.hpp"
#include "signing/cms.hpp"
#include "signing/manifestation.hpp"

namespace dossier::signing {

Result<SignedPdf> sign_pdf(FileSystem& fs, const std::string& source, const std::string& target, const SigningKey& key,
                           const SignRequest& request) {
    constexpr double width = 230; // points: two signatures side by side on A4 and on US letter
    SignedPdf made;
    made.signer = key.signer();
    made.time = UtcTime::from_microseconds(request.time.microseconds() / 1'000'000 * 1'000'000); // /M has whole seconds
    DOSSIER_TRY(made.meaning, clean_meaning(request.meaning));
    DOSSIER_CHECK(check_may_sign(key, made.time));
    DOSSIER_TRY(PdfIncrement increment, PdfIncrement::open(fs, source));

    PdfSignatureEntry entry;
    entry.name = made.signer;
    entry.reason = made.meaning;
    entry.time = made.time;
    DOSSIER_TRY(entry.contents_size, cms_size(key));
    DOSSIER_TRY(entry.drawing, draw_paragraphs(manifestation(made.signer, made.time, made.meaning), width, request.font));
    DOSSIER_TRY(made.field, increment.add_signature(entry));
    DOSSIER_CHECK(increment.write(target, [&key](const Sha256& digest) { return make_cms(key, digest); }));
    return made;
}

} // namespace dossier::signing
