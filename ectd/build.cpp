#include "ectd/build.hpp"

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/pdf.hpp"
#include "core/text.hpp"
#include "ectd/names.hpp"
#include "ectd/staged_folder.hpp"
#include "ectd/stf_writer.hpp"

namespace dossier::ectd {

namespace {

// Relative to the folder of the backbone `file` in the new sequence.
std::string href_to(SequenceNumber sequence, const std::string& file, const std::string& target_in_application) {
    return path::relative(path::join(sequence.text(), path::parent(file)), target_in_application);
}

class Builder {
public:
    explicit Builder(const BuildRequest& request)
        : request_(request), fs_(*request.fs), plan_(request.plan), number_(plan_.sequence.text()), staged_(fs_, request.target, number_),
          part_(staged_.part()) {}

    Result<BuildResult> run() {
        DOSSIER_CHECK(prepare());
        auto written = write_all();
        if (written) written = staged_.put_in_place();
        if (!written) {
            staged_.give_up();
            return std::move(written).error();
        }
        result_.folder = staged_.folder();
        return std::move(result_);
    }

private:
    Result<void> prepare() {
        DOSSIER_CHECK(refuse_folder_of_a_sequence());
        return staged_.begin({"sequence", plan_.application->is_sent(plan_.sequence), request_.rebuild});
    }

    // A sequence never lies inside another one: --to names the folder that holds sequence folders.
    Result<void> refuse_folder_of_a_sequence() const {
        for (std::string at = path::normalise(request_.target); !at.empty() && at != "/"; at = path::parent(at))
            if (exists(fs_, path::join(at, "index.xml")))
                return Error(ErrorKind::conflict, "this folder is, or lies in, a sequence", {at},
                             "name the folder that holds the sequence folders");
        return {};
    }

    Result<void> write_all() {
        DOSSIER_CHECK(copy_contents());
        DOSSIER_CHECK(write_regional());
        DOSSIER_CHECK(write_stfs());
        DOSSIER_CHECK(write_index());
        return write_util();
    }

    Result<Md5> copy_once(const Content& source, const std::string& target) {
        const auto known = written_.find(target);
        if (known != written_.end() && known->second.source == source.path) return known->second.md5;
        if (known != written_.end())
            return Error(ErrorKind::invalid,
                         fill("{} would be written twice: from {} and from {}", target, known->second.source, source.path),
                         {plan_.table->path}, "give one of the two another path in the plan, or its file another name");
        DOSSIER_CHECK(fs_.create_folders(path::join(part_, path::parent(target))));
        DOSSIER_TRY(const FileDigests digests, copy_file(*source.fs, source.path, fs_, path::join(part_, target), Hasher::What::md5));
        result_.bytes += digests.size;
        ++result_.files;
        if (request_.progress && result_.files % 50 == 0) request_.progress(fill("{} files written", result_.files));
        written_[target] = {digests.md5, source.path};
        return digests.md5;
    }

    Result<void> write_text(const std::string& target, const std::string& bytes) {
        DOSSIER_CHECK(fs_.create_folders(path::join(part_, path::parent(target))));
        ++result_.files;
        result_.bytes += bytes.size();
        return write_new_file(fs_, path::join(part_, target), bytes);
    }

    Result<void> copy_contents() {
        for (const PlannedOperation& item : plan_.operations) {
            WrittenLeaf leaf;
            leaf.id = item.id;
            leaf.operation = item.operation;
            leaf.title = item.title;
            if (item.target)
                leaf.modified_file = href_to(plan_.sequence, item.file, path::join(item.target->at.sequence.text(), item.target->at.file)) +
                                     "#" + item.target->at.id;
            if (!item.reused.empty()) {
                leaf.checksum = to_lower(item.target->checksum);
                leaf.href = href_to(plan_.sequence, item.file, item.reused);
            } else if (item.operation != "delete") {
                DOSSIER_TRY(const Md5 md5, copy_once(*item.planned->content, item.path));
                leaf.checksum = md5.hex();
                leaf.href = path::relative(path::parent(item.file), item.path);
            }
            BackboneTree& tree = item.file == "index.xml" ? index_ : module1_;
            tree.add(item.steps, leaf, item.planned ? item.planned->form_code : "");
            ++result_.leaves;
        }
        return {};
    }

    Result<void> write_regional() {
        const SequenceEntry& entry = plan_.application->sequences.at(plan_.sequence);
        WrittenLeaf form;
        if (entry.form) {
            auto content = request_.source.find(entry.form->source);
            if (!content) return Error(ErrorKind::invalid, content.error().message, entry.form->place, content.error().remedy);
            const templates::Heading* forms = request_.region.module1().by_number("1.1");
            const std::string folder = forms ? request_.region.module1().folder_of(*forms) : path::parent(request_.region.regional_file());
            const std::string target = path::join(folder, legal_name(content->name));
            if (path::extension(target) == "pdf")
                if (auto whole = check_pdf_ends(*content->fs, content->path); !whole) return std::move(whole).error();
            DOSSIER_TRY(const Md5 md5, copy_once(*content, target));
            form = {"id-" + sha256_of("form|" + target).hex().substr(0, 16),
                    "new",
                    "Form FDA " + request_.region.form_word(entry.form->type),
                    md5.hex(),
                    path::relative(path::parent(request_.region.regional_file()), target),
                    ""};
            ++result_.leaves;
        } else {
            say_missing_form();
        }
        const std::string bytes =
            request_.region.write_regional(*plan_.application, plan_.sequence, module1_, entry.form ? &form : nullptr);
        WrittenLeaf leaf{regional_leaf_id, "new", "US Regional", md5_of(bytes).hex(), request_.region.regional_file(), ""};
        const templates::Heading* m1 = request_.catalogue.ctd.by_number("1");
        index_.add({{m1, {}}}, leaf);
        return write_text(request_.region.regional_file(), bytes);
    }

    void say_missing_form() {
        result_.findings.push_back({"dossier:form-missing", "", "warning", request_.region.regional_file(), "submission-information",
                                    fill("sequence {} has no submission form", number_),
                                    fill("name it in application.yaml: sequences: \"{}\": {{form: {{type: …, source: …}}}}", number_)});
    }

    Result<void> write_stfs() {
        for (const StfPlan& stf : plan_stfs(plan_)) {
            const std::string bytes = write_stf(stf, request_.catalogue);
            WrittenLeaf leaf{stf.leaf_id, stf.operation, "Study tagging file " + stf.study_id, md5_of(bytes).hex(), stf.path, ""};
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
        if (result_.stfs > 0) wanted.insert(wanted.end(), {"ich-stf-v2-2.dtd", "ich-stf-stylesheet-2-3.xsl", "valid-values.xml"});
        std::vector<std::string> missing;
        for (const std::string& name : wanted) {
            const auto* found = request_.official.find(name);
            if (!found) {
                missing.push_back(name);
                continue;
            }
            DOSSIER_TRY(const Md5 md5, copy_once({request_.fs, found->path, name}, path::join(found->official->util, name)));
            if (md5.hex() != found->official->md5) return Error(ErrorKind::io, "the file changed while it was copied", {found->path});
        }
        if (!missing.empty())
            result_.findings.push_back({"dossier:util-missing", "", "error", "util", "",
                                        fill("the sequence cannot be sent yet: util lacks the official {}", join(missing, ", ")),
                                        "download them from ICH, then: dossier standards add FOLDER, and build again with --rebuild"});
        return {};
    }

    const BuildRequest& request_;
    FileSystem& fs_;
    const Plan& plan_;
    std::string number_;
    StagedFolder staged_;
    std::string part_;
    BackboneTree index_, module1_;
    struct Written {
        Md5 md5;
        std::string source;
    };
    std::map<std::string, Written> written_; // by path in the sequence
    BuildResult result_;
};

} // namespace

Result<BuildResult> build_sequence(const BuildRequest& request) { return Builder(request).run(); }

} // namespace dossier::ectd
