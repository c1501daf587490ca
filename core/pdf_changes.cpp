// Compares a signed revision with the newest one. The objects that the two cross-reference tables place differently are the candidates;
// everything that a reader of the signed revision can reach is walked once per role, and a candidate that is reached must be equal or be
// excused by the rule of its role. What is only reachable in the newest revision hangs on an excused change.
#include "core/pdf_signatures.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include <qpdf/InputSource.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_change_rules.hpp"
#include "core/pdf_reader.hpp"
#include "core/pdf_revisions.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

using pdf::ChangeContext;
using Kind = PdfChange::Kind;

enum class Role { ordinary, catalog, page, annotations, form, fields, empty_signature_field, metadata, information, validation_data };

bool same_entry(const QPDFXRefEntry& a, const QPDFXRefEntry& b) {
    if (a.getType() != b.getType()) return false;
    if (a.getType() == 1) return a.getOffset() == b.getOffset();
    if (a.getType() == 2) return a.getObjStreamNumber() == b.getObjStreamNumber() && a.getObjStreamIndex() == b.getObjStreamIndex();
    return true;
}

class Comparison {
public:
    Comparison(std::shared_ptr<QPDF> before, std::shared_ptr<QPDF> after, std::vector<PdfChange>& changes)
        : before_(std::move(before)), after_(std::move(after)), changes_(changes) {}

    void run() {
        find_candidates();
        find_identities();
        QPDFObjectHandle old_trailer = before_->getTrailer(), new_trailer = after_->getTrailer();
        if (old_trailer.getKey("/Root").unparse() != new_trailer.getKey("/Root").unparse())
            return report(Kind::forbidden, "another catalog took the document's place", 0);
        if (old_trailer.getKey("/Encrypt").unparseResolved() != new_trailer.getKey("/Encrypt").unparseResolved())
            report(Kind::forbidden, "the encryption was changed", 0);
        if (old_trailer.getKey("/Info").unparse() != new_trailer.getKey("/Info").unparse())
            report(Kind::permitted, "the document information was changed", 0);
        push(old_trailer.getKey("/Root"), Role::catalog);
        push(old_trailer.getKey("/Info"), Role::information);
        while (!open_.empty()) {
            const Visit visit = open_.back();
            open_.pop_back();
            page_ = visit.page;
            area_ = visit.area;
            look_at(visit.object, visit.role);
        }
    }

private:
    struct Visit {
        QPDFObjectHandle object;
        Role role;
        int page; // of the page it hangs on
        int area; // of areas_: the entry of the catalog or page it hangs on
    };

    void report(Kind kind, std::string what, int object) {
        constexpr std::size_t most = 200;
        if (page_ > 0 && kind == Kind::forbidden) what += fill(" (page {})", page_);
        const bool known = std::any_of(changes_.begin(), changes_.end(), [&what](const PdfChange& change) { return change.what == what; });
        if (!known && changes_.size() < most) changes_.push_back({kind, std::move(what), object, page_});
    }

    void find_candidates() {
        const auto old_table = before_->getXRefTable(), new_table = after_->getXRefTable();
        for (const auto& [id, entry] : old_table) {
            existed_.insert(id.getObj());
            const auto found = new_table.find(id);
            bool moved = found == new_table.end() || !same_entry(entry, found->second);
            if (!moved && entry.getType() == 2) { // its object stream may have been replaced
                const QPDFObjGen container(entry.getObjStreamNumber(), 0);
                const auto a = old_table.find(container), b = new_table.find(container);
                moved = a == old_table.end() || b == new_table.end() || !same_entry(a->second, b->second);
            }
            if (moved) candidates_.insert(id.getObj());
        }
        for (const auto& [id, entry] : new_table) {
            if (old_table.count(id) != 0) continue;
            candidates_.insert(id.getObj());
            if (existed_.count(id.getObj()) != 0)
                report(Kind::forbidden, fill("object {} was given another generation", id.getObj()), id.getObj());
        }
    }

    void find_identities() {
        pdf::walk_pages(*before_, [this](QPDFObjectHandle page) {
            page_objects_.push_back(page.getObjectID());
            pages_.emplace(page.getObjectID(), static_cast<int>(page_objects_.size()));
            return true;
        });
        pdf::walk_fields(*before_, [this](QPDFObjectHandle field, const std::string&, const std::string& type) {
            if (type != "/Sig") return;
            const bool is_signed = field.getKey("/V").isDictionary();
            QPDFObjectHandle kids = field.getKey("/Kids");
            std::vector<QPDFObjectHandle> parts = {field};
            for (int i = 0; kids.isArray() && i < std::min(kids.getArrayNItems(), 100); ++i) parts.push_back(kids.getArrayItem(i));
            for (QPDFObjectHandle part : parts) {
                pdf::Box box;
                if (!part.isDictionary()) continue;
                if (!is_signed && part.isIndirect()) empty_fields_.insert(part.getObjectID());
                if (is_signed && pdf::read_box(part.getKey("/Rect"), box)) signed_boxes_[part.getKey("/P").getObjectID()].push_back(box);
            }
        });
    }

    int area(const std::string& name) {
        const auto found = std::find(areas_.begin(), areas_.end(), name);
        if (found != areas_.end()) return static_cast<int>(found - areas_.begin());
        if (areas_.size() > 500) return 0;
        areas_.push_back(name);
        return static_cast<int>(areas_.size()) - 1;
    }

    // Queues an indirect object, or walks into a direct one.
    void push(QPDFObjectHandle object, Role role) {
        if (!object.isIndirect()) return walk_into(object, role);
        const int number = object.getObjectID();
        if (role == Role::ordinary && pages_.count(number) != 0) role = Role::page;
        if (role == Role::ordinary && empty_fields_.count(number) != 0) role = Role::empty_signature_field;
        const auto key = static_cast<std::uint64_t>(number) << 24 | static_cast<std::uint64_t>(object.getGeneration() & 0xFFFF) << 8 |
                         static_cast<std::uint64_t>(role);
        if (seen_.insert(key).second) open_.push_back({object, role, page_, area_});
    }

    void look_at(QPDFObjectHandle object, Role role) {
        if (role == Role::page) page_ = pages_[object.getObjectID()];
        if (candidates_.count(object.getObjectID()) != 0) judge(object, after_->getObject(object.getObjGen()), role);
        walk_into(object, role);
    }

    // What hangs on an object, each with its role.
    void walk_into(QPDFObjectHandle object, Role role) {
        if (object.isStream()) object = object.getDict();
        if (object.isArray()) {
            const Role inner = role == Role::validation_data ? role : Role::ordinary;
            for (int i = 0; i < object.getArrayNItems(); ++i) push(object.getArrayItem(i), inner);
        } else if (object.isDictionary()) {
            for (auto& [key, value] : object.getDictAsMap()) { // with references to what is not there: it may be there later
                const int outer = area_;
                if (role == Role::catalog || role == Role::page) area_ = area(key);
                push(value, role_of(role, key));
                area_ = outer;
            }
        }
    }

    static Role role_of(Role owner, const std::string& key) {
        if (owner == Role::validation_data || owner == Role::information) return owner;
        if (owner == Role::catalog && key == "/AcroForm") return Role::form;
        if (owner == Role::catalog && key == "/Metadata") return Role::metadata;
        if (owner == Role::catalog && key == "/DSS") return Role::validation_data;
        if (owner == Role::form && key == "/Fields") return Role::fields;
        if (owner == Role::page && key == "/Annots") return Role::annotations;
        return Role::ordinary;
    }

    void judge(QPDFObjectHandle before, QPDFObjectHandle after, Role role) {
        const int number = before.getObjectID();
        if (pdf::equal_objects(before, after)) return;
        ChangeContext context;
        context.existed = [this](const QPDFObjGen& id) { return existed_.count(id.getObj()) != 0; };
        context.report = [this](Kind kind, std::string what, int object) { report(kind, std::move(what), object); };
        const auto boxes = signed_boxes_.find(owner_page(number, role));
        if (boxes != signed_boxes_.end()) context.signed_boxes = boxes->second;
        const bool dictionaries = before.isDictionary() && after.isDictionary(), arrays = before.isArray() && after.isArray();
        if (role == Role::catalog && dictionaries) return pdf::compare_catalogs(before, after, context);
        if (role == Role::page && dictionaries) return pdf::compare_pages(before, after, context);
        if (role == Role::annotations && arrays) return pdf::compare_annotations(before, after, context);
        if (role == Role::form && dictionaries) return pdf::compare_forms(before, after, context);
        if (role == Role::fields && arrays) return pdf::compare_field_lists(before, after, context);
        if (role == Role::empty_signature_field && dictionaries) return pdf::compare_empty_signature_fields(before, after, context);
        if (role == Role::metadata && after.isStream()) return report(Kind::permitted, "the document's metadata was changed", number);
        if (role == Role::information && !after.isNull()) return report(Kind::permitted, "the document information was changed", number);
        if (role == Role::validation_data && !after.isNull())
            return report(Kind::validation_data, "validation data (/DSS) was added or changed", number);
        forbid(before, after);
    }

    void forbid(QPDFObjectHandle before, QPDFObjectHandle after) {
        const int number = before.getObjectID();
        const char* const how = before.isNull()  ? "was put where the signed document has a loose end"
                                : after.isNull() ? "was taken out"
                                                 : "was changed";
        std::string what = fill("object {} {}", number, std::string_view(how));
        if (before.isDictionary() && before.getKey("/Type").isNameAndEquals("/Pages"))
            what = "pages were added, taken out or put in another order";
        else if (area_ > 0)
            what += ": " + areas_[static_cast<std::size_t>(area_)];
        report(Kind::forbidden, std::move(what), number);
    }

    int owner_page(int number, Role role) const { // the object number of the page
        if (role == Role::page) return number;
        return role == Role::annotations && page_ > 0 ? page_objects_[static_cast<std::size_t>(page_) - 1] : 0;
    }

    std::shared_ptr<QPDF> before_, after_;
    std::vector<PdfChange>& changes_;
    std::unordered_set<int> candidates_, existed_, empty_fields_; // object numbers
    std::map<int, int> pages_;                                    // object number to page number
    std::vector<int> page_objects_;                               // in page order
    std::map<int, std::vector<pdf::Box>> signed_boxes_;           // by the page's object number
    std::vector<Visit> open_;
    std::unordered_set<std::uint64_t> seen_;
    std::vector<std::string> areas_ = {""};
    int page_ = 0, area_ = 0;
};

PdfChange forbidden(std::string what) { return {Kind::forbidden, std::move(what), 0, 0}; }

Result<bool> only_white_space(FileSystem& fs, const std::string& path, std::uint64_t from) {
    DOSSIER_TRY(const auto file, fs.open(path));
    DOSSIER_CHECK(file->seek(from));
    std::string piece(64u << 10, '\0');
    for (;;) {
        DOSSIER_TRY(const std::size_t got, file->read(piece.data(), piece.size()));
        if (got == 0) return true;
        if (piece.find_first_not_of(std::string_view(" \t\r\n\f\0", 6)) < got) return false;
    }
}

std::vector<std::string> repairs(QPDF& qpdf) {
    std::vector<std::string> texts;
    for (const std::string& warning : pdf::warnings_of(qpdf))
        if (warning.find("reported number of objects") == std::string::npos) texts.push_back(warning);
    return texts;
}

// The later revisions must be increments: linked to the signed one by /Prev, up to the last byte of the file.
Result<void> check_chain(FileSystem& fs, const std::string& path, std::uint64_t signed_end, std::uint64_t size) {
    DOSSIER_TRY(const auto revisions, read_pdf_revisions(fs, path));
    const auto signed_one = std::find_if(revisions.begin(), revisions.end(), [signed_end](const PdfRevision& revision) {
        return revision.end >= signed_end && revision.end - signed_end <= 2;
    });
    if (signed_one == revisions.end())
        return Error(ErrorKind::invalid, "the later revision does not continue the signed one (its /Prev leads elsewhere)");
    for (auto later = signed_one + 1; later < revisions.end(); ++later)
        if (later->style == PdfRevision::Style::hybrid) return Error(ErrorKind::invalid, "a later revision has hybrid cross-references");
    if (revisions.back().end >= size) return {};
    DOSSIER_TRY(const bool white, only_white_space(fs, path, revisions.back().end));
    if (!white) return Error(ErrorKind::invalid, fill("the bytes from {} on belong to no revision", revisions.back().end));
    return {};
}

} // namespace

std::vector<PdfChange> later_pdf_changes(FileSystem& fs, const std::string& path, std::uint64_t signed_end) {
    std::vector<PdfChange> changes;
    const auto done = pdf::guarded(path, [&]() -> Result<void> {
        DOSSIER_TRY(const auto file, fs.open(path));
        if (signed_end >= file->size()) return {};
        DOSSIER_TRY(const bool nothing, only_white_space(fs, path, signed_end));
        if (nothing) return {};
        DOSSIER_CHECK(check_chain(fs, path, signed_end, file->size()));
        DOSSIER_TRY(const pdf::Opened before, pdf::open_qpdf(fs, path, pdf::Repair::refused, signed_end));
        DOSSIER_TRY(const pdf::Opened after, pdf::open_qpdf(fs, path, pdf::Repair::refused));
        if (!before.qpdf || !after.qpdf) return Error(ErrorKind::invalid, "a password is needed to read it");
        Comparison(before.qpdf, after.qpdf, changes).run();
        const std::vector<std::string> known = repairs(*before.qpdf);
        for (const std::string& repair : repairs(*after.qpdf))
            if (std::find(known.begin(), known.end(), repair) == known.end()) return Error(ErrorKind::invalid, "it is damaged: " + repair);
        if (changes.empty()) changes.push_back({Kind::validation_data, "a revision was added that changes nothing", 0, 0});
        return {};
    });
    if (!done) changes.push_back(forbidden(fill("what was appended after the signature cannot be trusted: {}", done.error().message)));
    return changes;
}

} // namespace dossier
