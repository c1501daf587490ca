// An application as a page for looking at it (templates/pages/view.xsl, view.js, view_tree.js, view.css): no server, no network. One page
// with everything in it, or a page and its leaves in files beside it.
#pragma once

#include "cli/ectd_reading.hpp"
#include "ectd/application_view.hpp"

#include <string>
#include <utility>
#include <vector>

namespace dossier::cli {

constexpr std::size_t leaves_in_a_file = 10'000; // of the form with files beside the page

struct ViewPage {
    std::string html;
    std::vector<std::pair<std::string, std::string>> files; // name beside the page, bytes; empty where all is in the page
};

// `base`: what leads from the page's folder to the application folder, percent-encoded, with a slash at its end; empty where they are one.
Result<ViewPage> make_view_page(const Context& context, const ReadApplication& read, const ectd::ApplicationView& view,
                                const std::string& base, bool with_files);

// "a b/c" -> "a%20b/c": a path as a relative link.
std::string percent_encoded(const std::string& path);

// ---- ectd_view_data.cpp ----
std::string application_title(const ReadApplication& read); // "NDA 900172"
// "original-application, amendment": submission type and sub-type of a sequence, in words where the lists know them.
std::string submission_words(const ReadApplication& read, const ectd::Sequence& sequence);
// "S: D-000012 version 2.0": the document of a trial master file that a leaf was built from; empty where none is known.
std::string origin_words(const ReadApplication& read, const ectd::Leaf& leaf);
Json view_data(const ReadApplication& read, const ectd::ApplicationView& view);
// Leaves as lists of columns; `from` to `to` in the order of the sequences.
Json view_leaves(const ReadApplication& read, const ectd::ApplicationView& view, std::size_t from, std::size_t to);

} // namespace dossier::cli
