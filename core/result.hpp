// Result<T>: a value or an Error. For "we could not do it" (I/O, bad input, no key); what is wrong with a submission or a
// trial master file is a Finding (core/finding.hpp), never an Error. Method names are a subset of std::expected's.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace dossier {

enum class ErrorKind {
    usage,       // the command line or a call's arguments
    invalid,     // input that was read and does not make sense (plan, list, study file, XML, PDF ...)
    not_found,   // a file, document, study, leaf that is not there
    conflict,    // it exists already, is sent, is locked, would be overwritten
    io,          // the disk, the network, a full file system
    denied,      // rights, passphrases
    unsupported, // understood and not done
    internal,    // a library refused what it should not
};

// Where something is wrong. Empty and zero mean "does not apply". `line` counts from 1: a line of a text, a row of a sheet.
struct Place {
    std::string path{};
    std::string sheet{};
    std::int64_t line = 0;
    std::string column{};
    std::int64_t offset = -1;
};

struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string message;        // one sentence: what is wrong
    Place where;                // file, row, column
    std::string remedy;         // what to do, empty when the message says it
    std::vector<Error> details; // every error of an input that is reported whole (a plan, a list)

    Error() = default;
    Error(ErrorKind kind_, std::string message_, Place where_ = {}, std::string remedy_ = {})
        : kind(kind_), message(std::move(message_)), where(std::move(where_)), remedy(std::move(remedy_)) {}
};

// "plan.csv, row 5, column section: unknown section 9.9. Mend: ..." One line for each error, details indented below.
std::string to_text(const Error& error);

template <class T> class [[nodiscard]] Result {
public:
    using value_type = T;
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    Error& error() & { return std::get<1>(state_); }
    const Error& error() const& { return std::get<1>(state_); }
    Error&& error() && { return std::get<1>(std::move(state_)); }
    T value_or(T fallback) const& { return has_value() ? value() : std::move(fallback); }

private:
    std::variant<T, Error> state_;
};

template <> class [[nodiscard]] Result<void> {
public:
    using value_type = void;
    Result() = default;
    Result(Error error) : failed_(true), error_(std::move(error)) {}
    bool has_value() const { return !failed_; }
    explicit operator bool() const { return has_value(); }
    Error& error() & { return error_; }
    const Error& error() const& { return error_; }
    Error&& error() && { return std::move(error_); }

private:
    bool failed_ = false;
    Error error_;
};

} // namespace dossier

#define DOSSIER_JOIN_(a, b) a##b
#define DOSSIER_JOIN(a, b) DOSSIER_JOIN_(a, b)

// DOSSIER_TRY(auto file, fs.open(path)); returns the error from the surrounding function, which itself returns a Result.
#define DOSSIER_TRY(declaration, expression)                                                                                               \
    auto DOSSIER_JOIN(result_, __LINE__) = (expression);                                                                                   \
    if (!DOSSIER_JOIN(result_, __LINE__)) return std::move(DOSSIER_JOIN(result_, __LINE__)).error();                                       \
    declaration = std::move(*DOSSIER_JOIN(result_, __LINE__))

// DOSSIER_CHECK(fs.rename(a, b)); the same for Result<void>, or where the value is not wanted.
#define DOSSIER_CHECK(expression)                                                                                                          \
    do {                                                                                                                                   \
        auto dossier_result_ = (expression);                                                                                               \
        if (!dossier_result_) return std::move(dossier_result_).error();                                                                   \
    } while (false)
