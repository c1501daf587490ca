#include "ectd/content_work.hpp"

#include <algorithm>
#include <utility>

#include "core/path.hpp"
#include "ectd/content_reader.hpp"

namespace dossier::ectd::content {

namespace {

constexpr const char* nonsense = "the process that read it talked nonsense";

Unknown reason_of(WorkEnd end) {
    switch (end) {
    case WorkEnd::done:
        return Unknown::nothing;
    case WorkEnd::unreadable:
        return Unknown::unreadable;
    case WorkEnd::time:
        return Unknown::time;
    case WorkEnd::memory:
        return Unknown::memory;
    case WorkEnd::crash:
        return Unknown::crash;
    case WorkEnd::not_started:
        break;
    }
    return Unknown::not_started;
}

} // namespace

Work::Work(const ContentOptions& options, int jobs)
    : leave_out_(options.leave_out), pool_(options.reader ? options.reader : &read, &prepare, jobs, options.limits),
      cache_(options.cache, path::join(options.cache_folder, readers_version())) {}

bool Work::know(const FileFact& file, ContentFact& fact) {
    const auto known = file.sha256 ? cache_.find(*file.sha256) : std::nullopt;
    return known && take_reply(*known, fact);
}

void Work::take(const FileFact& file, WorkOutcome outcome, ContentFact& fact) {
    if (outcome.end == WorkEnd::done && !take_reply(outcome.reply, fact)) outcome = {WorkEnd::crash, "", nonsense};
    if (outcome.end != WorkEnd::done) {
        fact.unknown = reason_of(outcome.end);
        fact.reason = outcome.reason;
    } else if (file.sha256 && fact.unknown != Unknown::unreadable) {
        cache_.keep(*file.sha256, std::move(outcome.reply));
    }
}

void Work::look_into(FileSystem& fs, const std::string& root, std::vector<const FileFact*> files, ContentFacts& facts) {
    std::vector<const FileFact*> unknown;
    std::vector<std::pair<const FileFact*, const FileFact*>> twins; // of the same bytes: read once
    std::pair<const FileFact*, const ContentFact*> known;           // the last one of known bytes: its twins follow it
    std::sort(files.begin(), files.end(),
              [](const FileFact* a, const FileFact* b) { return a->sha256 < b->sha256; }); // as the cache likes it
    for (const FileFact* file : files) {
        if (leave_out_.count(type_of(file->start, file->size)) > 0) continue;
        const auto [place, fresh] = facts.files.try_emplace(file->path);
        if (!fresh) continue;
        ContentFact& fact = place->second;
        fact.type = type_of(file->start, file->size);
        if (!file->problem.empty()) {
            fact.unknown = Unknown::unreadable;
            fact.reason = file->problem;
        } else if (!is_read(fact.type, file->path)) {
            continue;
        } else if (known.first && file->sha256 && known.first->sha256 == file->sha256) {
            const auto type = fact.type;
            fact = *known.second;
            fact.type = type;
        } else if (know(*file, fact)) {
            known = {file, &fact};
        } else {
            if (!unknown.empty() && file->sha256 && unknown.back()->sha256 == file->sha256)
                twins.emplace_back(file, unknown.back());
            else
                unknown.push_back(file);
        }
    }
    // Long ones first: then the workers end together.
    std::stable_sort(unknown.begin(), unknown.end(), [](const FileFact* a, const FileFact* b) { return a->size > b->size; });
    std::size_t next = 0;
    pool_.run(
        [&]() -> std::optional<WorkItem> {
            if (next == unknown.size()) return std::nullopt;
            const FileFact& file = *unknown[next++];
            return WorkItem{request_for(facts.files[file.path].type), [&fs, &root, &file] { return fs.open(path::join(root, file.path)); }};
        },
        [&](std::size_t number, WorkOutcome outcome) { take(*unknown[number], std::move(outcome), facts.files[unknown[number]->path]); });
    for (const auto& [twin, first] : twins) facts.files[twin->path] = facts.files[first->path];
}

SchemaFact Work::judge(FileSystem& fs, const std::string& file, const std::string& name, const SchemaText& schema) {
    SchemaFact fact;
    fact.schema = schema.name;
    bool is_given = false;
    pool_.run(
        [&]() -> std::optional<WorkItem> {
            if (std::exchange(is_given, true)) return std::nullopt;
            return WorkItem{request_for(name, schema), [&] { return fs.open(file); }};
        },
        [&](std::size_t, const WorkOutcome& outcome) {
            if (outcome.end == WorkEnd::done && take_verdict(outcome.reply, fact)) return;
            fact.not_judged = outcome.end == WorkEnd::done ? nonsense : outcome.reason;
            fact.stopped = outcome.end != WorkEnd::unreadable && outcome.end != WorkEnd::not_started;
        });
    return fact;
}

void Work::finish(ContentFacts& facts) {
    facts.unprotected = pool_.missing();
    cache_.save();
}

} // namespace dossier::ectd::content
