#include "tests/support/pki.hpp"

#include <stdexcept>
#include <vector>

#include "core/filesystem.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

namespace test {

namespace {

const char* const configuration = R"([ca]
default_ca=d
[d]
dir=.
database=index.txt
new_certs_dir=.
serial=serial
default_md=sha256
policy=p
unique_subject=no
[p]
commonName=supplied
organizationName=optional
[req]
distinguished_name=dn
prompt=no
utf8=yes
string_mask=utf8only
[dn]
CN=x
[authority]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[noca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,digitalSignature
subjectKeyIdentifier=hash
[signer]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature,nonRepudiation
subjectKeyIdentifier=hash
[box]
basicConstraints=critical,CA:FALSE
keyUsage=critical,keyEncipherment
subjectKeyIdentifier=hash
)";

class Maker {
public:
    explicit Maker(std::string folder) : folder_(std::move(folder)) {}

    void openssl(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "openssl");
        const Run result = run(arguments, folder_);
        if (result.code != 0) throw std::runtime_error("openssl " + arguments[1] + ": " + result.err);
    }
    void write(const std::string& name, const std::string& bytes) const {
        if (!dossier::write_new_file(*dossier::make_disk_file_system(), folder_ + "/" + name, bytes))
            throw std::runtime_error("cannot write " + name);
    }
    std::string read(const std::string& name) const { return read_bytes(folder_ + "/" + name); }
    void rsa_key(const std::string& name) const {
        openssl({"genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", name + ".key"});
    }
    void ec_key(const std::string& name) const {
        openssl({"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key"});
    }
    void issue(const std::string& name, const std::string& common_name, const std::string& by, const std::string& kind,
               const std::string& until = "20400101000000Z") const {
        openssl({"req", "-utf8", "-new", "-key", name + ".key", "-subj", "/O=Test/CN=" + common_name, "-config", "ca.cnf", "-out",
                 name + ".csr"});
        std::vector<std::string> command = {"ca",          "-batch",      "-notext",    "-utf8",           "-config",  "ca.cnf",
                                            "-extensions", kind,          "-startdate", "20200101000000Z", "-enddate", until,
                                            "-in",         name + ".csr", "-out",       name + ".crt",     "-keyfile", by + ".key"};
        const std::vector<std::string> issuer =
            by == name ? std::vector<std::string>{"-selfsign"} : std::vector<std::string>{"-cert", by + ".crt"};
        command.insert(command.end(), issuer.begin(), issuer.end());
        openssl(command);
    }

private:
    std::string folder_;
};

void make(const std::string& folder) {
    const Maker maker(folder);
    maker.write("ca.cnf", configuration);
    maker.write("index.txt", "");
    maker.write("serial", "1000\n");
    for (const char* name : {"root", "issuing", "carl", "other", "noca"}) maker.ec_key(name);
    for (const char* name : {"anna", "eve", "old", "box", "lee"}) maker.rsa_key(name);
    maker.issue("root", "Test Root", "root", "authority");
    maker.issue("other", "Another Root", "other", "authority");
    maker.issue("issuing", "Test Issuing Authority", "root", "authority");
    maker.issue("noca", "Test Authority Without Right", "root", "noca");
    maker.issue("anna", "Anna Łęcka-Müller", "issuing", "signer");
    maker.issue("carl", "Carl Ångström", "issuing", "signer");
    maker.issue("eve", "Eve Stranger", "other", "signer");
    maker.issue("old", "Otto Old", "issuing", "signer", "20210101000000Z");
    maker.issue("box", "Mail Box", "issuing", "box");
    maker.issue("lee", "Lee", "noca", "signer");
    maker.openssl({"pkcs12", "-export", "-inkey", "anna.key", "-in", "anna.crt", "-certfile", "issuing.crt", "-passout", "pass:secret",
                   "-out", "anna.p12"});
    maker.openssl({"pkey", "-in", "anna.key", "-aes256", "-passout", "pass:secret", "-out", "anna-locked.key"});
    for (const std::string name : {"anna", "carl", "old", "box"})
        maker.write(name + "-chain.pem", maker.read(name + ".crt") + maker.read("issuing.crt"));
    maker.write("eve-chain.pem", maker.read("eve.crt"));
    maker.write("lee-chain.pem", maker.read("lee.crt") + maker.read("noca.crt"));
    maker.write("carl.pem", maker.read("carl.key") + maker.read("carl.crt") + maker.read("issuing.crt"));
    maker.write("trust/root.crt", maker.read("root.crt"));
    maker.write("done", "");
}

} // namespace

std::string pki() {
    tool_or_skip("openssl");
    const auto disk = dossier::make_disk_file_system();
    const std::string folder = build_folder() + "/test-pki-1";
    const auto lock = disk->lock(folder + ".lock", 60);
    if (!lock) throw std::runtime_error(dossier::to_text(lock.error()));
    if (dossier::exists(*disk, folder + "/done")) return folder;
    if (!disk->remove_tree(folder) || !disk->create_folders(folder + "/trust")) throw std::runtime_error("no folder for the test PKI");
    make(folder);
    return folder;
}

} // namespace test
