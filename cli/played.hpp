// A scenario as it runs on a kernel: its model of that version, and the programs of its processes.
#pragma once

#include "cli/load.hpp"
#include "reports/trace_json.hpp"
#include "reproduce/conform/judge.hpp"
#include "reproduce/play.hpp"

#include <string>

namespace stalemate::cli {

struct Played {
  Candidate candidate;
  report::SavedTrace begins; ///< Of no steps: the processes that programs run, the initial state.
  std::vector<std::string> programs;

  [[nodiscard]] reproduce::Subject subject() const;
};

/// FILE#VARIANT, asked about the version if it names none itself. Throws kernel::InputError, and
/// UsageError for what has no program.
[[nodiscard]] Played played(const std::string& argument,
                            const std::string& version,
                            const reproduce::Programs& programs);

} // namespace stalemate::cli
