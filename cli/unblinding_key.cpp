#include "cli/unblinding_key.hpp"

#include <cstdlib>
#include <optional>
#include <unordered_map>

#include "cli/passphrase.hpp"
#include "core/base64.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

constexpr std::uint64_t most_bytes = 1u << 20;
constexpr std::size_t longest_kept = 1u << 14, most_kept = 1u << 26; // of what was opened

// A user's name as a file's: letters, digits, '.', '_', '-' and '@' stay, other bytes become %xx.
std::string as_file_name(const std::string& user) {
    static const char* const digit = "0123456789abcdef";
    std::string name;
    for (const char c : user) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '@' ||
                           (c == '.' && !name.empty());
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            name += c;
        else
            ((name += '%') += digit[byte >> 4]) += digit[byte & 15];
    }
    return name;
}

Result<std::string> new_passphrase(Context& context, const std::string& path) {
    const auto source = passphrase_source(context, context.passphrase_file);
    if (!context.passphrase_file.empty()) {
        DOSSIER_TRY(std::string given, source(path));
        if (given.empty()) // who names a file wants the key protected
            return Error(ErrorKind::usage, "--passphrase-file: its first line is empty, which protects nothing; nothing was done",
                         {context.passphrase_file}, "write the passphrase there, or leave the option out for a key without one");
        return given;
    }
    if (std::getenv("DOSSIER_PASSPHRASE")) return source(path);
    if (context.no_input) return std::string();
    DOSSIER_TRY(const std::string first, source(fill("your new key {} (empty: none)", path)));
    DOSSIER_TRY(const std::string second, source("it, once more"));
    if (first != second) return Error(ErrorKind::usage, "these were two different passphrases");
    return first;
}

class CmsSealer final : public tmf::Sealer {
public:
    CmsSealer(const Context& context, std::string id, tmf::AccessRecords records)
        : context_(context), id_(std::move(id)), records_(std::move(records)) {}

    Result<std::string> seal(std::string_view bytes) override {
        if (records_.keys.empty())
            return Error(ErrorKind::not_found, "this repository has no key yet that restricted documents could be sealed for", {},
                         "make somebody unblinded: 'dossier user add NAME --role unblinded'");
        return signing::seal(bytes, records_.keys.back().certificate);
    }
    bool can_open() override {
        load_and_tell();
        return !keys_.empty();
    }
    Result<void> require_open() override {
        load();
        is_said_ = true;
        return closed_ ? Result<void>(*closed_) : Result<void>();
    }
    Result<std::string> open(std::string_view sealed) override {
        load_and_tell();
        const auto known = opened_.find(std::string(sealed));
        if (known != opened_.end()) return known->second;
        auto opened = opener_.open(sealed);
        if (opened && sealed.size() <= longest_kept && opened_size_ < most_kept) {
            opened_size_ += sealed.size() + opened->size();
            opened_.emplace(sealed, *opened);
        }
        return opened;
    }
    Result<tmf::UnblindingKey> make_key(int number) override {
        DOSSIER_TRY(const auto pair, signing::make_key_pair(fill("unblinding key {} of {}", number, id_), context_.clock->now()));
        return tmf::UnblindingKey{pair.private_key, pair.certificate};
    }
    Result<tmf::UnblindingKey> key(int number) override {
        load_and_tell();
        const auto found = keys_.find(number);
        if (found != keys_.end()) return tmf::UnblindingKey{found->second.private_key, found->second.certificate};
        return Error(ErrorKind::denied, "only who can read restricted documents can let somebody else read them", {},
                     "an unblinded user, whose key is in his data folder, has to do this");
    }
    Result<std::string> seal_for(std::string_view bytes, const std::string& certificate) override {
        return signing::seal(bytes, certificate);
    }

private:
    void load() {
        if (loaded_) return;
        loaded_ = true;
        auto opened = open_keys();
        if (!opened) {
            closed_ = opened.error();
            return;
        }
        keys_ = std::move(*opened);
        std::vector<signing::KeyPair> pairs;
        for (auto key = keys_.rbegin(); key != keys_.rend(); ++key) pairs.push_back(key->second); // the newest first
        opener_ = signing::EnvelopeOpener(pairs);
    }

    // A key that is not there is nobody's fault here: most users have none. One that is there and stays closed is told of once.
    void load_and_tell() {
        load();
        if (closed_ && closed_->kind != ErrorKind::not_found && !is_said_) print_note_once(context_, closed_key_note(*closed_));
        is_said_ = true;
    }

    using Keys = std::map<int, signing::KeyPair>; // by number
    Result<Keys> open_keys() {
        const std::string path = own_key_path(context_, id_, context_.user);
        if (!exists(*context_.fs, path))
            return Error(ErrorKind::not_found, fill("there is no file {}", path), {}, "bring the key file back there");
        const auto bytes = read_file(*context_.fs, path, most_bytes);
        if (!bytes)
            return Error(ErrorKind::io, "its file cannot be read: " + to_text(bytes.error()), {}, "see to it that you may read the file");
        DOSSIER_TRY(const std::string private_key, open_key_file(path, *bytes));
        const signing::KeyPair own{private_key, *bytes};
        Keys keys;
        for (const tmf::EnvelopeRecord& envelope : records_.envelopes) {
            const auto sealed = envelope.user == context_.user ? from_base64(envelope.envelope) : std::nullopt;
            if (!sealed) continue;
            auto opened = signing::open_sealed(*sealed, {own});
            for (const tmf::UnblindingKeyRecord& record : records_.keys)
                if (opened && record.number == envelope.key) keys[record.number] = {*opened, record.certificate};
        }
        if (!keys.empty()) return keys;
        return Error(ErrorKind::not_found, fill("nothing was sealed for the key pair in {}", path), {},
                     "'dossier user key' says what it takes");
    }

    Result<std::string> open_key_file(const std::string& path, const std::string& bytes) {
        std::string passphrase;
        if (signing::is_protected(bytes)) {
            auto& known = context_.once->passphrases; // several studies may be opened one after the other
            if (known.count(path) == 0) {
                auto phrase = passphrase_source(context_, context_.passphrase_file)(path);
                if (!phrase)
                    return Error(phrase.error().kind,
                                 phrase.error().kind == ErrorKind::usage ? std::string("its passphrase was not given")
                                                                         : to_text(phrase.error()),
                                 {}, "add --passphrase-file FILE, or set DOSSIER_PASSPHRASE to it");
                known[path] = std::move(*phrase);
            }
            passphrase = known[path];
        }
        auto key = signing::open_key(bytes, passphrase);
        if (key) return key;
        if (key.error().kind != ErrorKind::denied)
            return Error(ErrorKind::invalid, fill("{} is damaged: {}", path, key.error().message), {}, "bring back a copy of the key file");
        return Error(ErrorKind::denied, "the passphrase that was given does not open it", {},
                     "give the right one with --passphrase-file FILE or in DOSSIER_PASSPHRASE");
    }

    Context context_;
    std::string id_;
    tmf::AccessRecords records_;
    bool loaded_ = false, is_said_ = false;
    Keys keys_;
    signing::EnvelopeOpener opener_{{}};
    // One command reads the same words several times.
    std::unordered_map<std::string, std::string> opened_;
    std::size_t opened_size_ = 0;
    std::optional<Error> closed_; // why there are none
};

} // namespace

std::string closed_key_note(const Error& reason) {
    return fill("note: your key for restricted documents stays closed, and they with it: {}; {}", reason.message, reason.remedy);
}

std::string own_key_path(const Context& context, const std::string& repository_id, const std::string& user) {
    return path::join(path::join(path::join(context.data_folder, "keys"), repository_id), as_file_name(user) + ".pem");
}

std::string own_certificate(const Context& context, const std::string& repository_id) {
    const auto bytes = read_file(*context.fs, own_key_path(context, repository_id, context.user), most_bytes);
    const std::size_t begin = bytes ? bytes->find("-----BEGIN CERTIFICATE-----") : std::string::npos;
    return begin == std::string::npos ? "" : bytes->substr(begin);
}

Result<signing::KeyPair> make_own_key(Context& context, const std::string& repository_id) {
    const std::string path = own_key_path(context, repository_id, context.user);
    if (exists(*context.fs, path)) return Error(ErrorKind::conflict, "your key pair for this repository is there already", {path});
    DOSSIER_TRY(std::string passphrase, new_passphrase(context, path));
    DOSSIER_TRY(signing::KeyPair pair, signing::make_key_pair(context.user, context.clock->now()));
    std::string kept = pair.private_key;
    if (!passphrase.empty()) {
        DOSSIER_TRY(kept, signing::protect_key(pair.private_key, passphrase));
    }
    DOSSIER_CHECK(context.fs->create_folders(path::parent(path)));
    DOSSIER_TRY(const auto file, context.fs->create_private(path));
    DOSSIER_CHECK(file->write(kept + pair.certificate));
    DOSSIER_CHECK(file->sync());
    DOSSIER_CHECK(file->close());
    DOSSIER_CHECK(context.fs->sync_folder(path::parent(path)));
    print_note(
        context,
        fill("note: your key for restricted documents is {}{}; keep a copy in a safe place: nothing else opens what is sealed for it", path,
             std::string_view(passphrase.empty() ? " (not protected by a passphrase)" : "")));
    return pair;
}

std::shared_ptr<tmf::Sealer> make_sealer(const Context& context, const std::string& repository_id, const tmf::AccessRecords& records) {
    return std::make_shared<CmsSealer>(context, repository_id, records);
}

} // namespace dossier::cli
