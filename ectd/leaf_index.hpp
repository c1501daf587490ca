// The current leaves of an application by the heading they stand under and, there, by their names. Indices of names are made when they are
// first asked for: most headings of a long history are not touched by a plan.
#pragma once

#include "ectd/lifecycle.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dossier::ectd {

using Leaves = std::vector<const Leaf*>; // in order of sequence and document

std::string_view path_in_sequence(const Leaf& leaf); // Leaf::path without the sequence folder

class LeavesByName {
public:
    using Name = std::string_view (*)(const Leaf&);
    LeavesByName(const Leaves& leaves, Name name);
    Leaves find(std::string_view name) const;

private:
    std::size_t chain_of(std::string_view name) const;
    const Leaves& leaves_; // outlive this
    Name name_;
    // A hash table: the first leaf of each chain, and behind each leaf the next one; as positions in `leaves_` plus one, 0 is the end.
    std::vector<std::uint32_t> first_, next_;
};

class LeafIndex {
public:
    explicit LeafIndex(const Lifecycle& lifecycle);
    LeafIndex(const LeafIndex&) = delete; // points into itself
    LeafIndex& operator=(const LeafIndex&) = delete;

    const Leaves& all() const { return all_; }               // without the regional file and study tagging files
    const Leaves& first_of_places() const { return first_; } // one leaf of each place that leaves sit in

    // `section` as in LeafPlace::heading_section: leaves of node extensions below the heading are among them.
    const Leaves& under(const std::string& file, const std::string& section) const;
    Leaves with_path(const std::string& file, const std::string& section, std::string_view path) const; // within the sequence
    Leaves with_title(const std::string& file, const std::string& section, std::string_view title) const;
    Leaves with_id(const std::string& file, std::string_view id) const; // anywhere in the backbones of that name

private:
    struct Group {
        Leaves leaves;
        std::optional<LeavesByName> by_path, by_title;
    };
    Group* group(const std::string& file, const std::string& section) const; // null: no leaf is there

    Leaves all_, first_;
    mutable std::unordered_map<std::string, Group> groups_; // by backbone and heading
    mutable std::optional<LeavesByName> by_id_;
};

} // namespace dossier::ectd
