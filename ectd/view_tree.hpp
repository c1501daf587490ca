// The headings under which an application's leaves stand, over all sequences: one tree for every view, titles as people know them.
#pragma once

#include "ectd/application.hpp"
#include "templates/ectd_catalogue.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace dossier::ectd {

struct ViewNode {
    int parent = -1;    // place in the list; -1: a module
    std::string number; // 3.2.S.4.1; "" where there is none
    std::string title;  // of the heading or node extension
    std::string detail; // what tells it from its twins: substance, manufacturer, country ...
};

struct ViewTree {
    std::vector<ViewNode> nodes;                          // parents before children, in the order of the standard
    std::unordered_map<const Leaf*, std::size_t> node_of; // of every leaf
};

ViewTree make_view_tree(const Application& application, const templates::EctdCatalogue& catalogue);

} // namespace dossier::ectd
