// What is inside the files of a submission: type by content, and what PDFs, SAS transport files and XML documents hold. Built by worker
// processes (core/worker.hpp), kept by SHA-256 in a cache. A file that a worker died on, or that nobody can read, is one fact: `unknown`
// with its reason; rules that need it are not run for it. Immutable once built.
#pragma once

#include "core/image_content.hpp"
#include "core/office_content.hpp"
#include "core/pdf_content.hpp"
#include "core/worker.hpp"
#include "core/xpt.hpp"
#include "ectd/facts.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

// By the first bytes, never by the name.
enum class ContentType { unknown, empty, pdf, xml, svg, html, xpt, png, jpeg, gif, tiff, zip, office, rtf, text };
const char* to_text(ContentType type); // as people call it: "PDF", "SAS transport" ...

namespace content {
bool is_markup(std::string_view start); // XML or HTML by its first bytes, in UTF-8, UTF-16 or any encoding like ASCII
}

enum class Unknown {
    nothing,     // it was read
    unreadable,  // it is not there, or the disk fails
    invalid,     // it is damaged beyond reading, or not what it begins like
    time,        // reading it took too long, and was ended
    memory,      // reading it took too much memory
    crash,       // the process that read it died
    not_started, // no process could be started
    beyond       // it may be whole, and is more than this program reads
};

struct XmlContent {   // an XML document outside the backbones
    std::string root; // local name of the root element
    bool well_formed = false;
    std::string problem; // why it is not, with the line
    // Of a define.xml (CDISC ODM):
    std::string study_oid, study_name, protocol_name;
    std::vector<std::string> data_sets;  // Name of each ItemGroupDef, at most 10,000
    std::vector<std::string> references; // href of each leaf, as written, at most 10,000
    std::string stylesheet;              // of the processing instruction
    // Of any other document (a form as data): the trimmed text of elements without children, by local name, the first of each; at most 500,
    // of 500 bytes.
    std::map<std::string, std::string> values;
};

// Whether the first data set has the columns of a trial summary: STUDYID, TSPARMCD, TSVAL.
bool has_trial_summary(const XptContent& content);

// A file that a PDF names in links or bookmarks, seen from that PDF.
struct LinkedFile {
    HrefState state =
        HrefState::none; // present, other_case, missing, unreadable, no_sequence, other_application, outside (absolute ones too)
    std::string file;    // as stored (present, other_case), as asked for (missing, no_sequence); else ""
};

struct ContentFact {
    ContentType type = ContentType::unknown;
    Unknown unknown = Unknown::nothing;
    std::string reason;                    // of unknown: one sentence
    std::shared_ptr<const PdfContent> pdf; // of a PDF that could be read; of one without its password little is in it
    std::shared_ptr<const XptContent> xpt;
    std::vector<TrialSummaryRow> trial_summary; // of an xpt that has one, at most 10,000 rows
    std::shared_ptr<const XmlContent> xml;
    std::shared_ptr<const ImageContent> image;   // of PNG, JPEG, GIF, TIFF
    std::shared_ptr<const OfficeContent> office; // of Office documents and ZIP archives
    std::map<std::string, LinkedFile> linked;    // by PdfTarget::file, of kind other_file and launch

    std::string damage() const;  // why it is not whole: cut off, not well formed, pages that cannot be shown, beyond reading; "" when
                                 // nothing is wrong or known
    bool needs_password() const; // to be opened at all
    std::string stopped() const; // why reading it was ended (time, memory, a crash, a limit of this program); "" when it was not
};

// How files are looked into. Results depend on `limits` and `reader` only.
struct ContentOptions {
    FileSystem* cache = nullptr; // what was read is kept here, by SHA-256; null: nowhere
    std::string cache_folder;    // and below this folder
    WorkerLimits limits;
    WorkFunction reader = nullptr;   // in the place of our own, for tests
    std::set<ContentType> leave_out; // there are no facts about files of these types, and they have no SHA-256; for measurements
};

// Of all files of the sequences asked for, of files of others that their leaves name, and of PDFs there that links lead to.
struct ContentFacts {
    std::map<std::string, ContentFact> files; // by path, relative to the application folder
    std::vector<std::string> unprotected;     // what the system lacks to hold the workers in ("no limit on system calls: ..."); for reports
    const ContentFact* find(const std::string& path) const; // null: not looked at
};

} // namespace dossier::ectd
