// What the pages share: a stylesheet of templates/pages over an XML text, the totals, the style.
#pragma once

#include "cli/command.hpp"
#include "core/xml.hpp"
#include "tmf/completeness.hpp"

#include <string>
#include <vector>

namespace dossier::cli {

// HTML from pages/<name>.xsl. Characters that turn the direction of text or cannot be seen are written out ("[U+202E]"), so that a name
// cannot disguise itself or its neighbours. `data`, safe inside a script element, becomes the text of the page's script element with the
// id "data".
Result<std::string> make_page(const Context& context, const std::string& stylesheet, const std::string& xml, const std::string& data = {});

// What a page is about, in one line: study, name, day, knowledge, audience, filter. Its <title>, and the line of each later sheet of paper.
std::string subject_of(const std::string& study, const std::string& name, const tmf::CompletenessQuestion& question);
// A style that puts the line above every sheet of paper but the first, whose head says the same, and the number of the sheet below each.
// Safe inside a style element, whatever the line is.
std::string running_line(const std::string& line);

void write_empty(XmlWriter& writer, const std::string& name, const std::vector<XmlAttribute>& attributes);
// Three elements `total`: due now, due by the next milestone, whole trial.
void write_totals(XmlWriter& writer, const tmf::CompletenessReport& report, const templates::TmfCatalogue& catalogue);
// An element `state` for each state that occurs, with its count.
void write_states(XmlWriter& writer, const tmf::CompletenessReport& report);
std::string label_of(tmf::SlotState state); // in review

} // namespace dossier::cli
