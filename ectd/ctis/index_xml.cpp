// The facts of the index page: head, completeness by part and member state, documents with their twins, what changed.
#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"
#include "ectd/ctis/build.hpp"
#include "ectd/ctis/coverage.hpp"

namespace dossier::ectd::ctis {

namespace {

std::string state_class(SlotState state) {
    return state == SlotState::present   ? "satisfied"
           : state == SlotState::stated  ? "waived"
           : state == SlotState::missing ? "missing"
                                         : "overdue";
}

class IndexWriter {
public:
    IndexWriter(const templates::CtisCatalogue& catalogue, const Contents& contents, const std::string& tool, const std::string& css)
        : catalogue_(catalogue), contents_(contents), tool_(tool), css_(css), slots_(find_slots(catalogue, contents)) {}

    std::string run() {
        write_head();
        for (const CoverageGroup& group : group_slots(catalogue_, slots_)) write_group(group);
        for (const Document& document : contents_.documents) write_document("document", document);
        for (const Document& document : contents_.withdrawn) write_document("withdrawn", document);
        for (const Deferral& item : contents_.trial.deferrals)
            write_empty("deferral", {{"document", item.document}, {"until", item.until}, {"reason", item.reason}});
        for (const std::string& fact : uncertain_facts(catalogue_)) writer_.text_element("uncertain", fact);
        return writer_.finish();
    }

private:
    void write_empty(const std::string& name, const std::vector<XmlAttribute>& attributes) {
        writer_.start(name, attributes);
        writer_.end();
    }

    void write_head() {
        const templates::CtisSubmission* type = catalogue_.submission(contents_.submission_type);
        const Trial& trial = contents_.trial;
        writer_.declaration();
        writer_.start("dossier", {{"number", contents_.dossier},
                                  {"application", contents_.application},
                                  {"type", type ? type->title : contents_.submission_type},
                                  {"description", contents_.description},
                                  {"answers", contents_.answers},
                                  {"sponsor", contents_.sponsor},
                                  {"title", trial.title},
                                  {"protocol", trial.protocol_number},
                                  {"version", trial.protocol_version},
                                  {"tool", tool_}});
        writer_.text_element("css", css_);
        for (const MemberStateEntry& state : trial.member_states) {
            const templates::CtisMemberState* known = catalogue_.member_state(state.country);
            write_empty("state", {{"country", state.country}, {"name", known ? known->name : state.country}});
        }
    }

    void write_group(const CoverageGroup& group) {
        writer_.start("group", {{"title", group.title}, {"there", fill("{}", group.there)}, {"expected", fill("{}", group.slots.size())}});
        for (const Slot* slot : group.slots) {
            writer_.start("slot", {{"code", slot->document->code},
                                   {"title", slot->document->title},
                                   {"country", slot->country},
                                   {"site", slot->site},
                                   {"languages", join(slot->languages, " or ")},
                                   {"state", to_text(slot->state)},
                                   {"class", state_class(slot->state)},
                                   {"confidence", slot->document->confidence}});
            for (const Document* document : slot->documents)
                write_empty("of", {{"title", document->title},
                                   {"href", href(*document)},
                                   {"publication", slot->document->published && document->has_file() ? document->publication : ""},
                                   {"language", document->language},
                                   {"version", document->version},
                                   {"reason", document->has_file() ? "" : document->reason}});
            writer_.end();
        }
        writer_.end();
    }

    std::string href(const Document& document) const {
        return document.has_file() ? path::join(contents_.folder_of(document), document.path) : "";
    }

    void write_document(const std::string& element, const Document& document) {
        const templates::CtisDocument* kind = catalogue_.document(document.code);
        write_empty(element, {{"code", document.code},
                              {"title", document.title},
                              {"country", document.country},
                              {"site", document.site},
                              {"language", document.language},
                              {"publication", !kind || kind->published ? document.publication : "not published"},
                              {"version", document.version},
                              {"date", document.date},
                              {"protocol_version", document.protocol_version},
                              {"answers", document.answers},
                              {"reason", document.reason},
                              {"operation", document.operation},
                              {"why", document.why},
                              {"dossier", document.dossier},
                              {"path", document.path},
                              {"href", href(document)},
                              {"bytes", document.has_file() ? fill("{}", document.bytes) : ""},
                              {"sha256", document.sha256}});
    }

    const templates::CtisCatalogue& catalogue_;
    const Contents& contents_;
    const std::string& tool_;
    const std::string& css_;
    std::vector<Slot> slots_;
    XmlWriter writer_;
};

} // namespace

std::string index_xml(const templates::CtisCatalogue& catalogue, const Contents& contents, const std::string& tool,
                      const std::string& css) {
    return IndexWriter(catalogue, contents, tool, css).run();
}

} // namespace dossier::ectd::ctis
