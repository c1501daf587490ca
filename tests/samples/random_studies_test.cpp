#include <catch2/catch.hpp>

#include "tests/support/python.hpp"

// Studies that nobody thought out: people with two roles, closed and rejected sites, leap days, versions in every state, decisions that
// end.
TEST_CASE("completeness of random studies is what a second program counts, slot by slot") {
    const std::string source = test::source_folder();
    const auto run = test::run(
        {test::python_with("yaml"), "-B", source + "/tests/samples/random_studies.py", test::program(), source + "/templates", "1", "8"});
    INFO(run.out << run.err);
    CHECK(run.code == 0);
}
