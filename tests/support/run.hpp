// Running programs and scratch folders for tests.
#pragma once

#include <string>
#include <vector>

namespace test {

struct Run {
    int code = -1; // exit code; 128 + signal when killed
    std::string out;
    std::string err;
};

std::string program();      // the dossier under test
std::string build_folder(); // what the build made: the samples, helper programs

// No shell. `environment` entries are NAME=value, added to the present one without the variables of the program.
Run run(const std::vector<std::string>& command, const std::string& folder = {}, const std::vector<std::string>& environment = {});
Run dossier(std::vector<std::string> arguments, const std::string& folder = {}, const std::vector<std::string>& environment = {});

// A fresh folder, removed at the end.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::string& path() const { return path_; }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    void write(const std::string& name, const std::string& bytes) const; // folders are made
    std::string read(const std::string& name) const;

private:
    std::string path_;
};

std::string read_bytes(const std::string& path); // throws when it cannot

} // namespace test
