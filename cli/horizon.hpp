// How far time has come for a command.
#pragma once

#include "cli/command.hpp"
#include "tmf/ahead.hpp"

namespace dossier::cli {

inline tmf::Horizon horizon_of(const Context& context) { return {context.clock->now(), context.machine_clock->now()}; }

// Where --now lies ahead of the machine's clock by more than a day, says so, once. For commands that write.
void note_clock_ahead(const Context& context);

} // namespace dossier::cli
