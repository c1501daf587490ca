#include "ectd/build.hpp"

#include <iterator>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/regional_schema.hpp"
#include "ectd/sequence_sink.hpp"
#include "ectd/stf_writer.hpp"

namespace dossier::ectd {

namespace {

// Relative to the folder of the backbone `file` in the new sequence.
std::string href_to(SequenceNumber sequence, const std::string& file, const std::string& target_in_application) {
    return path::relative(path::join(sequence.text(), path::parent(file)), target_in_application);
}

class Builder {
public:
    explicit Builder(const BuildRequest& request) : request_(request), plan_(request.plan), number_(plan_.sequence.text()) {}

    Result<BuildResult> run() {
        DOSSIER_CHECK(prepare());
        DOSSIER_CHECK(copy_files_of_plan());
        DOSSIER_CHECK(add_leaves());
        DOSSIER_CHECK(write_regional());
        DOSSIER_CHECK(write_stfs());
        DOSSIER_CHECK(write_index());
        DOSSIER_CHECK(write_util());
        DOSSIER_TRY(result_.folder, sink_->put_in_place());
        return std::move(result_);
    }

private:
    Result<void> prepare() {
        DOSSIER_CHECK(refuse_folder_of_a_sequence());
        if (plan_.application->is_sent(plan_.sequence))
            return Error(ErrorKind::conflict, fill("sequence {} was sent and is never changed again", number_),
                         {path::join(request_.target, number_)}, "build the next sequence");
        DOSSIER_CHECK(request_.fs->create_folders(request_.target));
        const SinkRequest wanted{request_.fs,      request_.target, plan_.sequence, plan_.history->folder,
                                 request_.rebuild, request_.clone,  request_.jobs,  request_.progress};
        DOSSIER_TRY(sink_, request_.zip ? make_zip_sink(wanted) : make_folder_sink(wanted));
        return {};
    }

    // A sequence never lies inside another one: --to names the folder that holds sequence folders.
    Result<void> refuse_folder_of_a_sequence() const {
        for (std::string at = path::normalise(request_.target); !at.empty() && at != "/"; at = path::parent(at))
            if (exists(*request_.fs, path::join(at, "index.xml")))
                return Error(ErrorKind::conflict, "this folder is, or lies in, a sequence", {at},
                             "name the folder that holds the sequence folders");
        return {};
    }

    // ---- content: every file of the plan at once; then the few that only the build knows ----
    Result<void> copy_files_of_plan() {
        std::vector<SinkFile> files;
        for (const PlannedOperation& item : plan_.operations)
            if (item.operation != "delete" && item.reused.empty()) {
                DOSSIER_TRY(const bool is_first, claim(item.path, item.planned->content->path));
                if (is_first) files.push_back({*item.planned->content, item.path});
            }
        return copy_all(files);
    }

    // Whether `target` is free; false where this very source goes there already.
    Result<bool> claim(const std::string& target, const std::string& source) {
        const auto [known, is_new] = source_of_.emplace(target, source);
        if (is_new || known->second == source) return is_new;
        return Error(ErrorKind::invalid, fill("{} would be written twice: from {} and from {}", target, known->second, source),
                     {plan_.table->path}, "give one of the two another path in the plan, or its file another name");
    }

    Result<void> copy_all(const std::vector<SinkFile>& files) {
        DOSSIER_TRY(const std::vector<FileDigests> digests, sink_->copy(files));
        for (std::size_t i = 0; i < files.size(); ++i) {
            md5_of_[files[i].target] = digests[i].md5;
            result_.bytes += digests[i].size;
            ++result_.files;
        }
        return {};
    }

    Result<Md5> copy_one(const Content& source, const std::string& target) {
        DOSSIER_TRY(const bool is_first, claim(target, source.path));
        if (is_first) DOSSIER_CHECK(copy_all({{source, target}}));
        return md5_of_.at(target);
    }

    Result<void> write_text(const std::string& target, const std::string& bytes) {
        ++result_.files;
        result_.bytes += bytes.size();
        return sink_->write(target, bytes);
    }

    Result<void> add_leaves() {
        for (const PlannedOperation& item : plan_.operations) {
            WrittenLeaf leaf;
            leaf.id = item.id;
            leaf.operation = item.operation;
            leaf.title = item.title;
            if (item.operation != "delete") leaf.language = item.language;
            if (item.target)
                leaf.modified_file = href_to(plan_.sequence, item.file, path::join(item.target->at.sequence.text(), item.target->at.file)) +
                                     "#" + item.target->at.id;
            if (!item.reused.empty()) {
                leaf.checksum = item.reused_checksum;
                leaf.href = href_to(plan_.sequence, item.file, item.reused);
            } else if (item.operation != "delete") {
                leaf.checksum = md5_of_.at(item.path).hex();
                leaf.href = path::relative(path::parent(item.file), item.path);
            }
            BackboneTree& tree = item.file == "index.xml" ? index_ : module1_;
            tree.add(item.steps, leaf, item.planned ? item.planned->form_code : "");
            ++result_.leaves;
        }
        return {};
    }

    Result<void> write_regional() {
        WrittenLeaf form;
        if (plan_.form) {
            DOSSIER_TRY(const Md5 md5, copy_one(plan_.form->content, plan_.form->path));
            form = {plan_.form->id,
                    "new",
                    plan_.form->title,
                    md5.hex(),
                    path::relative(path::parent(request_.region.regional_file()), plan_.form->path),
                    ""};
            ++result_.leaves;
        } else if (request_.region.wants_form()) {
            say_missing_form();
        }
        const std::string bytes =
            request_.region.write_regional(*plan_.application, plan_.sequence, module1_, plan_.form ? &form : nullptr);
        WrittenLeaf leaf{plan_.regional_leaf_id,          "new", request_.region.regional_title(), md5_of(bytes).hex(),
                         request_.region.regional_file(), ""};
        const templates::Heading* m1 = request_.catalogue.ctd.by_number("1");
        index_.add({{m1, {}}}, leaf);
        DOSSIER_CHECK(check_schema(bytes));
        return write_text(request_.region.regional_file(), bytes);
    }

    // What of the regional file the agency's schema does not allow, or that it was not asked.
    Result<void> check_schema(const std::string& bytes) {
        DOSSIER_TRY(SchemaVerdict verdict, judge_by_schema(*request_.fs, request_.official, request_.region, bytes));
        if (!verdict.not_checked.empty())
            result_.findings.push_back({regional_schema_rule, "", "warning", request_.region.regional_file(), "", verdict.not_checked,
                                        verdict.remedy + ", and build again with --rebuild"});
        std::move(verdict.findings.begin(), verdict.findings.end(), std::back_inserter(result_.findings));
        return {};
    }

    void say_missing_form() {
        result_.findings.push_back({"dossier:form-missing", "", "warning", request_.region.regional_file(), "submission-information",
                                    fill("sequence {} has no submission form", number_),
                                    fill("name it in application.yaml: sequences: \"{}\": {{form: {{type: …, source: …}}}}", number_)});
    }

    Result<void> write_stfs() {
        for (const StfPlan& stf : plan_stfs(plan_)) {
            const std::string bytes = write_stf(stf, request_.catalogue);
            WrittenLeaf leaf{stf.leaf_id, stf.operation, stf_title(stf), md5_of(bytes).hex(), stf.path, ""};
            if (stf.target)
                leaf.modified_file =
                    href_to(plan_.sequence, "index.xml", path::join(stf.target->at.sequence.text(), "index.xml")) + "#" + stf.target->at.id;
            index_.add(stf.steps, leaf);
            DOSSIER_CHECK(write_text(stf.path, bytes));
            ++result_.stfs;
        }
        return {};
    }

    Result<void> write_index() {
        XmlWriter writer;
        writer.declaration();
        writer.doctype("ectd:ectd", "util/dtd/ich-ectd-3-2.dtd");
        writer.instruction("xml-stylesheet", "type=\"text/xsl\" href=\"util/style/ectd-2-0.xsl\"");
        writer.start("ectd:ectd",
                     {{"xmlns:ectd", "http://www.ich.org/ectd"}, {"xmlns:xlink", "http://www.w3c.org/1999/xlink"}, {"dtd-version", "3.2"}});
        index_.write(writer);
        const std::string bytes = writer.finish();
        DOSSIER_CHECK(write_text("index.xml", bytes));
        return write_text("index-md5.txt", md5_of(bytes).hex());
    }

    Result<void> write_util() {
        std::vector<std::string> wanted{"ich-ectd-3-2.dtd", "ectd-2-0.xsl"};
        for (std::string& name : request_.region.util_files()) wanted.push_back(std::move(name));
        if (result_.stfs > 0) wanted.insert(wanted.end(), {"ich-stf-v2-2.dtd", "ich-stf-stylesheet-2-3.xsl", "valid-values.xml"});
        std::vector<std::string> missing;
        for (const std::string& name : wanted) {
            const auto* found = request_.official.find(name);
            if (!found) {
                missing.push_back(name);
                continue;
            }
            DOSSIER_TRY(const Md5 md5, copy_one({request_.fs, found->path, name}, path::join(found->official->util, name)));
            if (!found->official->md5.empty() && md5.hex() != found->official->md5)
                return Error(ErrorKind::io, "the file changed while it was copied", {found->path});
        }
        if (!missing.empty())
            result_.findings.push_back(
                {"dossier:util-missing", "", "error", "util", "",
                 fill("the sequence cannot be sent yet: util lacks the official {}", join(missing, ", ")),
                 "download them from ICH or the agency, then: dossier standards add FOLDER, and build again with --rebuild"});
        return {};
    }

    const BuildRequest& request_;
    const Plan& plan_;
    std::string number_;
    std::unique_ptr<SequenceSink> sink_;
    BackboneTree index_, module1_;
    std::map<std::string, std::string> source_of_; // by path in the sequence
    std::map<std::string, Md5> md5_of_;            // the same
    BuildResult result_;
};

} // namespace

Result<BuildResult> build_sequence(const BuildRequest& request) { return Builder(request).run(); }

} // namespace dossier::ectd
