#include "cli/xslt.hpp"

#include <memory>

#include <libxml/parser.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

namespace dossier::cli {

namespace {

using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;
using Stylesheet = std::unique_ptr<xsltStylesheet, decltype(&xsltFreeStylesheet)>;
using Context = std::unique_ptr<xsltTransformContext, decltype(&xsltFreeTransformContext)>;
using Preferences = std::unique_ptr<xsltSecurityPrefs, decltype(&xsltFreeSecurityPrefs)>;

Document parse(const std::string& bytes) {
    return {xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE), &xmlFreeDoc};
}

Preferences forbid_everything() {
    Preferences preferences(xsltNewSecurityPrefs(), &xsltFreeSecurityPrefs);
    for (const xsltSecurityOption option : {XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE, XSLT_SECPREF_CREATE_DIRECTORY,
                                            XSLT_SECPREF_READ_NETWORK, XSLT_SECPREF_WRITE_NETWORK})
        xsltSetSecurityPrefs(preferences.get(), option, xsltSecurityForbid);
    return preferences;
}

} // namespace

Result<std::string> apply_stylesheet(const std::string& stylesheet, const std::string& name, const std::string& xml) {
    const Error failed(ErrorKind::internal, "the page cannot be made from its stylesheet", {name},
                       "check the file if DOSSIER_TEMPLATES is set");
    Document style_document = parse(stylesheet);
    if (!style_document) return failed;
    const Stylesheet style(xsltParseStylesheetDoc(style_document.get()), &xsltFreeStylesheet);
    if (!style) return failed;
    (void)style_document.release();    // the stylesheet owns it
    const Document input = parse(xml); // ours: no entities, sizes known
    if (!input) return failed;
    const Preferences preferences = forbid_everything();
    const Context context(xsltNewTransformContext(style.get(), input.get()), &xsltFreeTransformContext);
    if (!context || xsltSetCtxtSecurityPrefs(preferences.get(), context.get()) != 0) return failed;
    const Document output(xsltApplyStylesheetUser(style.get(), input.get(), nullptr, nullptr, nullptr, context.get()), &xmlFreeDoc);
    if (!output || context->state != XSLT_STATE_OK) return failed;
    xmlChar* bytes = nullptr;
    int size = 0;
    if (xsltSaveResultToString(&bytes, &size, output.get(), style.get()) != 0 || !bytes) return failed;
    std::string html(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    xmlFree(bytes);
    return html;
}

} // namespace dossier::cli
