#include "core/pdf_change_rules.hpp"

#include <algorithm>
#include <cstring>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/text.hpp"

namespace dossier::pdf {

namespace {

using Kind = PdfChange::Kind;
using Names = std::set<std::string>;

Kind permitted_if(bool holds, Kind kind = Kind::permitted) { return holds ? kind : Kind::forbidden; }

Names keys_of(QPDFObjectHandle dictionary) { return dictionary.isDictionary() ? dictionary.getKeys() : Names(); }

// The value under a key, null where there is no dictionary.
QPDFObjectHandle value_of(QPDFObjectHandle dictionary, const std::string& key) {
    return dictionary.isDictionary() ? dictionary.getKey(key) : QPDFObjectHandle::newNull();
}

// Keys whose values differ, references compared by number.
Names differing_keys(QPDFObjectHandle before, QPDFObjectHandle after) {
    Names differing, all = keys_of(before);
    all.merge(keys_of(after));
    for (const std::string& key : all)
        if (value_of(before, key).unparse() != value_of(after, key).unparse()) differing.insert(key);
    return differing;
}

// Reports the keys that are not in `open`; returns those that are.
Names forbid_others(const Names& differing, const Names& open, const std::string& where, int object, const ChangeContext& context) {
    Names left;
    for (const std::string& key : differing)
        if (open.count(key) != 0)
            left.insert(key);
        else
            context.report(Kind::forbidden, fill("{} of {} was changed", key, where), object);
    return left;
}

std::string name_of(QPDFObjectHandle field) { return field.getKey("/T").isString() ? field.getKey("/T").getUTF8Value() : "without a name"; }

bool is_signature_field(QPDFObjectHandle field) {
    if (!field.isDictionary()) return false;
    if (field.getKey("/FT").isNameAndEquals("/Sig")) return true;
    QPDFObjectHandle parent = field.getKey("/Parent");
    return !field.hasKey("/FT") && parent.isDictionary() && parent.getKey("/FT").isNameAndEquals("/Sig");
}

// A field or widget that a later signer may add: a signature's, with nothing that acts or that could reach outside its own look.
bool is_harmless_signature_widget(QPDFObjectHandle field) {
    static const Names known = {
        "/Type", "/Subtype", "/FT", "/Ff", "/F",      "/Rect", "/T",  "/TU", "/TM", "/V",      "/P",    "/AP", "/AS",           "/MK",
        "/BS",   "/DA",      "/Q",  "/DR", "/Border", "/Lock", "/SV", "/M",  "/NM", "/Parent", "/Kids", "/C",  "/StructParent", "/H"};
    const Names keys = keys_of(field);
    return std::includes(known.begin(), known.end(), keys.begin(), keys.end());
}

std::string what_of(QPDFObjectHandle field) {
    QPDFObjectHandle value = field.getKey("/V");
    if (!value.isDictionary()) return fill("an empty signature field {} was added", name_of(field));
    if (value.getKey("/Type").isNameAndEquals("/DocTimeStamp")) return fill("a document time stamp {} was added", name_of(field));
    return fill("a signature {} was added", name_of(field));
}

void judge_new_field(QPDFObjectHandle field, const ChangeContext& context) {
    const int object = field.getObjectID();
    if (!field.isIndirect() || context.existed(field.getObjGen()) || !is_signature_field(field))
        return context.report(Kind::forbidden, "a form field that is no signature was added", object);
    if (!is_harmless_signature_widget(field))
        return context.report(Kind::forbidden, fill("the added signature field {} has entries that no signature needs", name_of(field)),
                              object);
    const bool is_stamp = field.getKey("/V").isDictionary() && field.getKey("/V").getKey("/Type").isNameAndEquals("/DocTimeStamp");
    context.report(is_stamp ? Kind::validation_data : Kind::permitted, what_of(field), object);
}

void judge_new_annotation(QPDFObjectHandle annotation, const ChangeContext& context) {
    const int object = annotation.getObjectID();
    const bool is_widget = annotation.isDictionary() && annotation.getKey("/Subtype").isNameAndEquals("/Widget");
    if (!annotation.isIndirect() || context.existed(annotation.getObjGen()) || !is_widget || !is_signature_field(annotation))
        return context.report(Kind::forbidden, "an annotation was added", object);
    if (!is_harmless_signature_widget(annotation))
        return context.report(Kind::forbidden, "the added signature's widget has entries that no signature needs", object);
    Box box;
    if (!read_box(annotation.getKey("/Rect"), box))
        return context.report(Kind::forbidden, "the added signature's widget has no /Rect", object);
    for (const Box& older : context.signed_boxes)
        if (box.meets(older)) return context.report(Kind::forbidden, "the added signature covers a signature that was there", object);
}

// `after` must hold every item of `before` in its order; what it has besides goes to `judge`.
void compare_lists(QPDFObjectHandle before, QPDFObjectHandle after, const std::string& what, const ChangeContext& context,
                   const std::function<void(QPDFObjectHandle)>& judge) {
    const int old_count = before.isArray() ? before.getArrayNItems() : 0, new_count = after.isArray() ? after.getArrayNItems() : 0;
    int next = 0;
    for (int i = 0; i < new_count; ++i) {
        QPDFObjectHandle item = after.getArrayItem(i);
        if (next < old_count && before.getArrayItem(next).unparse() == item.unparse())
            ++next;
        else
            judge(item);
    }
    if (next < old_count) context.report(Kind::forbidden, fill("{} were taken out or put in another order", what), 0);
}

// Fonts and the like may be added for fields; what was there stays.
bool only_grew(QPDFObjectHandle before, QPDFObjectHandle after, int depth = 0) {
    if (before.isNull()) return true;
    if (before.unparse() == after.unparse() && before.isIndirect()) return true; // its object is compared where it stands
    if (!before.isDictionary() || !after.isDictionary() || depth > 3) return before.unparseResolved() == after.unparseResolved();
    for (const std::string& key : before.getKeys())
        if (!only_grew(before.getKey(key), after.getKey(key), depth + 1)) return false;
    return true;
}

} // namespace

bool equal_objects(QPDFObjectHandle before, QPDFObjectHandle after) {
    if (!before.isStream() || !after.isStream())
        return before.getTypeCode() == after.getTypeCode() && before.unparseResolved() == after.unparseResolved();
    if (before.getDict().unparse() != after.getDict().unparse()) return false;
    const auto old_data = before.getRawStreamData(), new_data = after.getRawStreamData();
    return old_data->getSize() == new_data->getSize() &&
           std::memcmp(old_data->getBuffer(), new_data->getBuffer(), old_data->getSize()) == 0;
}

void compare_catalogs(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context) {
    static const Names open = {"/AcroForm", "/DSS", "/Metadata", "/Extensions", "/Version"};
    const Names changed = forbid_others(differing_keys(before, after), open, "the catalog", before.getObjectID(), context);
    if (changed.count("/AcroForm") != 0) compare_forms(before.getKey("/AcroForm"), after.getKey("/AcroForm"), context);
    if (changed.count("/DSS") != 0)
        context.report(permitted_if(after.hasKey("/DSS"), Kind::validation_data), "validation data (/DSS) was added or changed", 0);
    if (changed.count("/Metadata") != 0)
        context.report(permitted_if(after.getKey("/Metadata").isStream()), "the document's metadata was changed", 0);
    if (changed.count("/Extensions") != 0)
        context.report(permitted_if(only_grew(before.getKey("/Extensions"), after.getKey("/Extensions"))), "/Extensions was changed", 0);
    if (changed.count("/Version") != 0) context.report(permitted_if(after.getKey("/Version").isName()), "the PDF version was changed", 0);
}

void compare_forms(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context) {
    const int object = after.getObjectID();
    if (!after.isDictionary()) return context.report(Kind::forbidden, "the form (/AcroForm) was taken out", object);
    static const Names open = {"/Fields", "/SigFlags", "/DR", "/DA"};
    const Names changed = forbid_others(differing_keys(before, after), open, "the form (/AcroForm)", object, context);
    if (changed.count("/Fields") != 0) compare_field_lists(value_of(before, "/Fields"), after.getKey("/Fields"), context);
    QPDFObjectHandle flags = after.getKey("/SigFlags");
    if (changed.count("/SigFlags") != 0 && (!flags.isInteger() || (flags.getIntValue() & 1) == 0))
        context.report(Kind::forbidden, "/SigFlags of the form was changed to something else than a signed form's", object);
    if (changed.count("/DR") != 0 && !only_grew(value_of(before, "/DR"), after.getKey("/DR")))
        context.report(Kind::forbidden, "/DR of the form was changed", object);
    if (changed.count("/DA") != 0 && !value_of(before, "/DA").isNull())
        context.report(Kind::forbidden, "/DA of the form was changed", object);
}

void compare_field_lists(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context) {
    compare_lists(before, after, "form fields", context, [&context](QPDFObjectHandle field) { judge_new_field(field, context); });
}

void compare_pages(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context) {
    const Names changed = forbid_others(differing_keys(before, after), {"/Annots"}, "the page", before.getObjectID(), context);
    if (changed.count("/Annots") != 0) compare_annotations(before.getKey("/Annots"), after.getKey("/Annots"), context);
}

void compare_annotations(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context) {
    compare_lists(before, after, "annotations", context, [&context](QPDFObjectHandle item) { judge_new_annotation(item, context); });
}

void compare_empty_signature_fields(QPDFObjectHandle before, QPDFObjectHandle after, const ChangeContext& context) {
    static const Names open = {"/V", "/AP", "/AS", "/M", "/F", "/DA", "/MK"};
    const int object = before.getObjectID();
    const Names changed =
        forbid_others(differing_keys(before, after), open, fill("the signature field {}", name_of(before)), object, context);
    if (changed.count("/V") != 0)
        context.report(permitted_if(after.getKey("/V").isDictionary()), fill("the signature field {} was signed", name_of(before)), object);
}

} // namespace dossier::pdf
