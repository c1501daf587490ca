#include "tests/support/run.hpp"

#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/filesystem.hpp"
#include "core/path.hpp"

namespace test {

namespace {

std::string slurp(const std::string& path) {
    auto fs = dossier::make_disk_file_system();
    auto bytes = dossier::read_file(*fs, path);
    return bytes ? *bytes : "";
}

} // namespace

namespace {

// One for all programs that a test starts, so that what the first one keeps there the next one finds.
std::string data_home_of_process() {
    (void)::dossier::make_disk_file_system(); // made before, gone after
    static const Scratch home;
    return home.path();
}

} // namespace

std::string program() { return DOSSIER_PROGRAM; }
std::string build_folder() { return DOSSIER_BUILD; }

Run run(const std::vector<std::string>& command, const std::string& folder, const std::vector<std::string>& environment) {
    const std::string data_home = data_home_of_process();
    Scratch scratch;
    const std::string out = scratch / "out", err = scratch / "err";
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        const int flags = O_WRONLY | O_CREAT | O_TRUNC;
        const int in_fd = open("/dev/null", O_RDONLY), out_fd = open(out.c_str(), flags, 0600), err_fd = open(err.c_str(), flags, 0600);
        if (in_fd < 0 || out_fd < 0 || err_fd < 0) _exit(127);
        dup2(in_fd, 0);
        dup2(out_fd, 1);
        dup2(err_fd, 2);
        if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(127);
        setenv("XDG_DATA_HOME", data_home.c_str(), 1); // keys that a test makes stay with the test
        setenv("XDG_CACHE_HOME", (data_home + "/cache").c_str(), 1);
        for (const char* const name : {"DOSSIER_STANDARDS", "DOSSIER_TEMPLATES", "DOSSIER_REPO", "DOSSIER_PASSPHRASE"})
            unsetenv(name); // what whoever runs the tests has set is nothing to the program
        for (const std::string& entry : environment) putenv(const_cast<char*>(entry.c_str()));
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    Run result;
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.out = slurp(out);
    result.err = slurp(err);
    return result;
}

Run dossier(std::vector<std::string> arguments, const std::string& folder, const std::vector<std::string>& environment) {
    arguments.insert(arguments.begin(), program());
    return run(arguments, folder, environment);
}

Scratch::Scratch() {
    char pattern[] = "/tmp/dossier-test-XXXXXX";
    if (!mkdtemp(pattern)) throw std::runtime_error("no scratch folder");
    path_ = pattern;
}

Scratch::~Scratch() { (void)::dossier::make_disk_file_system()->remove_tree(path_).has_value(); }

void Scratch::write(const std::string& name, const std::string& bytes) const {
    auto fs = ::dossier::make_disk_file_system();
    const std::string target = path_ + "/" + name;
    if (!fs->create_folders(::dossier::path::parent(target))) throw std::runtime_error("no folder for " + target);
    (void)fs->remove(target).has_value();
    if (!::dossier::write_new_file(*fs, target, bytes)) throw std::runtime_error("cannot write " + target);
}

std::string Scratch::read(const std::string& name) const { return read_bytes(path_ + "/" + name); }

std::string read_bytes(const std::string& path) {
    auto fs = ::dossier::make_disk_file_system();
    auto bytes = ::dossier::read_file(*fs, path);
    if (!bytes) throw std::runtime_error(::dossier::to_text(bytes.error()));
    return *bytes;
}

} // namespace test
