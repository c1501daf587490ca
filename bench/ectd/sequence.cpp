#include "bench/ectd/sequence.hpp"

#include <cstdlib>
#include <stdexcept>

#include "bench/measure.hpp"
#include "core/md5_lanes.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_facts.hpp"
#include "ectd/validation.hpp"

namespace bench {

using namespace dossier;

namespace {

template <class T> T require(Result<T> result) {
    if (!result) throw std::runtime_error(to_text(result.error()));
    return std::move(*result);
}

struct Tables {
    templates::Source source;
    templates::EctdCatalogue catalogue = require(templates::read_ectd_catalogue(source));
    ectd::RuleSet rules = require(ectd::read_rule_set(source, "fda-3.2.2"));
};

void validate(FileSystem& fs, const Tables& tables, const std::string& folder, std::size_t lanes) {
    ectd::FactsRequest request{folder, std::nullopt, *parse_date("2026-03-01")};
    request.md5_lanes = lanes;
    ectd::ContentOptions content; // nothing is known from an earlier run
    content.leave_out = {ectd::ContentType::pdf};
    request.content = &content;
    const auto facts = require(ectd::read_facts(fs, tables.source, tables.catalogue, request));
    for (const ectd::SequenceFacts& sequence : facts->sequences)
        if (ectd::run_rules(tables.rules, sequence).passed.empty()) throw std::runtime_error("no rule has passed");
}

} // namespace

void bench_sequence(FileSystem& fs, const SequenceBench& bench) {
    std::string names;
    std::uint64_t bytes = 0;
    std::size_t files = 0;
    for (const TreeEntry& entry : require(list_tree(fs, path::join(bench.folder, "0001")))) {
        if (entry.kind != FileKind::file) continue;
        names += path::join(bench.folder, "0001/" + entry.path) + "\n";
        bytes += entry.size;
        ++files;
    }
    if (!write_file_durably(fs, bench.list, names)) throw std::runtime_error("cannot write " + bench.list);
    const Tables tables;
    const std::string md5sum = "xargs -P2 -n200 md5sum < '" + bench.list + "' >/dev/null";
    const auto line = [&](const std::string& name, std::size_t lanes, double goal) {
        const Pair pair = alternate(
            bench.rounds, [&] { validate(fs, tables, bench.folder, lanes); },
            [&] {
                if (std::system(md5sum.c_str()) != 0) throw std::runtime_error("failed: " + md5sum);
            });
        print_at_most(name, pair.ratio(), goal,
                      fill("{:.2f} s against {:.2f} s, {} files of {:.2f} GB, {} lanes, xargs -P2 md5sum", pair.ours, pair.theirs, files,
                           static_cast<double>(bytes) / 1e9, lanes));
    };
    if (widest_md5_lanes() == 1)
        print_not_measured("validate-files", "this processor has neither AVX2 nor AVX-512");
    else
        line("validate-files", widest_md5_lanes(), 0.5);
    line("validate-files-one-by-one", 1, 1.1);
}

} // namespace bench
