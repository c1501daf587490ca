// How far time has come for a command.
#pragma once

#include "cli/command.hpp"
#include "tmf/ahead.hpp"

namespace dossier::cli {

inline tmf::Horizon horizon_of(const Context& context) { return {context.clock->now(), context.machine_clock->now()}; }

} // namespace dossier::cli
