// Two ways to the same thing, run in turns, their medians compared: what a line of the benchmark is made of.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace bench {

double median(std::vector<double> values); // of at least one value

struct Pair {
    double ours = 0, theirs = 0; // seconds by the clock on the wall
    double ratio() const { return theirs > 0 ? ours / theirs : 0; }
};
// Ours and theirs by turns, `rounds` times, after one round that is not counted; the medians.
Pair alternate(int rounds, const std::function<void()>& ours, const std::function<void()>& theirs);

// "bench NAME ratio goal met|missed|n/a remark" on standard output. At most: smaller ratios are better.
void print_at_most(const std::string& name, double ratio, double goal, const std::string& remark);
void print_at_least(const std::string& name, double ratio, double goal, const std::string& remark);
void print_not_measured(const std::string& name, const std::string& remark);

std::string milliseconds(double seconds); // "12.3 ms"
std::string count(double number);         // "1.2 M", "340 k", "17"

// Runs a program to its end and says how much memory it held at most, in MiB. Call it while this process is small itself: the system
// counts what the parent held when it started the program.
double peak_memory_of(const std::vector<std::string>& command, int expected_code = 0);

} // namespace bench
