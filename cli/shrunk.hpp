// The smallest scenario that breaks as another one does.
#pragma once

#include "checker/inquiry/preemptions.hpp"
#include "checker/search/limits.hpp"
#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "reports/mechanism.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace stalemate::cli {

struct Shrunk {
  std::string text; ///< The scenario, as a file that expects what comes out.
  Candidate candidate;
  Finding finding;
  report::Mechanism mechanism;       ///< Of both.
  bool has_fewest_processes = false; ///< Every smaller set of them was tried, all else as it was.
  std::optional<Preempted> preempted;
  std::size_t tries = 0;     ///< Smaller scenarios that were looked at.
  std::size_t undecided = 0; ///< Of those, whose search a limit ended.
};

/// Takes away from the scenario what can be taken away, one thing after the other, until nothing
/// can. What breaks by another mechanism counts as not broken. Throws kernel::InputError where
/// nothing breaks by any.
[[nodiscard]] Shrunk shrink(const Candidate& candidate, const Limits& limits);

} // namespace stalemate::cli
