#include "core/xml_content.hpp"

#include <algorithm>

namespace dossier::xml_content {

namespace {

void add_all(std::vector<int>& to, const std::vector<int>& from) { to.insert(to.end(), from.begin(), from.end()); }

void sort_once(std::vector<int>& numbers) {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

} // namespace

Part Model::name(int symbol) {
    const int position = static_cast<int>(symbols_.size());
    symbols_.push_back(symbol);
    follows_.emplace_back();
    return {false, {position}, {position}};
}

void Model::connect(const std::vector<int>& from, const std::vector<int>& to) {
    for (const int position : from) add_all(follows_[static_cast<std::size_t>(position)], to);
}

Part Model::sequence(const Part& a, const Part& b) {
    connect(a.last, b.first);
    Part both{a.nullable && b.nullable, a.first, b.last};
    if (a.nullable) add_all(both.first, b.first);
    if (b.nullable) add_all(both.last, a.last);
    return both;
}

Part Model::choice(const Part& a, const Part& b) {
    Part either{a.nullable || b.nullable, a.first, a.last};
    add_all(either.first, b.first);
    add_all(either.last, b.last);
    return either;
}

Part Model::optional(Part part) {
    part.nullable = true;
    return part;
}

Part Model::repeated(Part part) {
    connect(part.last, part.first);
    return part;
}

void Model::finish(const Part& whole) {
    whole_ = whole;
    for (std::vector<int>& follow : follows_) sort_once(follow);
    sort_once(whole_.first);
    sort_once(whole_.last);
}

Run::Run(const Model& model) : model_(model) { add(model.whole_.first, model.whole_.nullable); }

int Run::add(std::vector<int> after, bool may_end) {
    for (std::size_t i = 0; i < states_.size(); ++i)
        if (states_[i].may_end == may_end && states_[i].after == after) return static_cast<int>(i);
    states_.push_back({std::move(after), may_end, {}});
    return static_cast<int>(states_.size()) - 1;
}

int Run::next(int state, int symbol) {
    const State& here = states_[static_cast<std::size_t>(state)];
    const auto known = here.next.find(symbol);
    if (known != here.next.end()) return known->second;
    std::vector<int> after;
    bool met = false, may_end = false;
    for (const int position : here.after) {
        if (model_.symbols_[static_cast<std::size_t>(position)] != symbol) continue;
        met = true;
        add_all(after, model_.follows_[static_cast<std::size_t>(position)]);
        may_end = may_end || std::binary_search(model_.whole_.last.begin(), model_.whole_.last.end(), position);
    }
    sort_once(after);
    const int to = met ? add(std::move(after), may_end) : nowhere;
    states_[static_cast<std::size_t>(state)].next[symbol] = to;
    return to;
}

std::vector<int> Run::expected(int state) const {
    std::vector<int> symbols;
    for (const int position : states_[static_cast<std::size_t>(state)].after) {
        const int symbol = model_.symbols_[static_cast<std::size_t>(position)];
        if (std::find(symbols.begin(), symbols.end(), symbol) == symbols.end()) symbols.push_back(symbol);
    }
    return symbols;
}

} // namespace dossier::xml_content
