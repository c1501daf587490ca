// The content of an element as a DTD declares it (children in order, choices, repetitions), as an automaton. For core/xml_*.cpp only.
#pragma once

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace dossier::xml_content {

// Built from the leaves of the declaration up. Symbols are numbers of element names; a position is one mention of a name.
struct Part {
    bool nullable = false; // may be absent
    std::vector<int> first, last;
};

class Model {
public:
    Part name(int symbol);
    Part sequence(const Part& a, const Part& b);
    static Part choice(const Part& a, const Part& b);
    static Part optional(Part part);
    Part repeated(Part part); // once or more
    void finish(const Part& whole);

private:
    friend class Run;
    void connect(const std::vector<int>& from, const std::vector<int>& to);
    std::vector<int> symbols_;              // of each position
    std::vector<std::vector<int>> follows_; // positions that may come behind each
    Part whole_;
};

// The states that children lead through; worked out as they are met, and kept for all elements of that name.
class Run {
public:
    static constexpr int start = 0, nowhere = -1;
    explicit Run(const Model& model);
    int next(int state, int symbol); // nowhere: the child must not stand here
    bool may_end(int state) const { return states_[static_cast<std::size_t>(state)].may_end; }
    std::vector<int> expected(int state) const; // symbols, each once, in the order of the declaration

private:
    struct State {
        std::vector<int> after; // positions that may come now, ascending
        bool may_end = false;
        std::unordered_map<int, int> next;
    };
    int add(std::vector<int> after, bool may_end);

    const Model& model_;
    std::vector<State> states_;
};

} // namespace dossier::xml_content
