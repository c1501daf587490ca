// A repository with the small study, filed into without starting the program.
#pragma once

#include "core/filesystem.hpp"
#include "core/table_head.hpp"
#include "tests/tmf/program.hpp"
#include "tests/tmf/study_support.hpp"
#include "tmf/check.hpp"
#include "tmf/filing.hpp"
#include "tmf/study_apply.hpp"

#include <memory>
#include <string>

namespace tmf_test {

class FilingBench {
public:
    FilingBench() {
        for (const char* name : {"a", "b", "c", "d"})
            scratch.write(std::string("files/") + name + ".txt", std::string("content of ") + name + "\n");
        made(Repository::create(fs, scratch / "repo", author));
        repository = made(Repository::open(fs, scratch / "repo", Repository::Access::write));
        made(apply_study(*repository, catalogue(), made(reading(program_study)), author, {}));
        facts = made(load_study(repository->ledger(), catalogue(), "S"));
    }

    Result<Table> parse(const std::string& bytes) const { // as `tmf import` reads it
        TableHead head;
        head.keep_faulty_rows = true;
        return parse_table(bytes, "LIST.csv", list_columns(), {}, head);
    }
    Result<FilingOutcome> file(const Table& table, bool keep_going) {
        const RowContext context{catalogue(), facts, *fs, scratch.path(), false, false, author, false};
        FilingOptions options;
        options.keep_going = keep_going;
        options.jobs = 1;
        return file_rows(*repository, context, table, options);
    }
    Result<FilingOutcome> import(const std::string& list, bool keep_going = false) {
        DOSSIER_TRY(const Table table, parse(list));
        return file(table, keep_going);
    }

    template <class T> static T made(Result<T> result) {
        if (!result) throw std::runtime_error(to_text(result.error()));
        if constexpr (!std::is_void_v<T>) return std::move(*result);
    }

    test::Scratch scratch;
    std::shared_ptr<FileSystem> fs = make_disk_file_system();
    Author author{"ann", *parse_time("2025-10-01T12:00:00Z"), true};
    std::unique_ptr<Repository> repository;
    Study facts;
};

} // namespace tmf_test
