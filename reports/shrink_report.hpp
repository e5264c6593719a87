// What came of making a scenario smaller.
#pragma once

#include "reports/mechanism.hpp"

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::report {

struct ShrinkSize {
  std::size_t processes = 0;
  std::optional<std::size_t> blocks; ///< Of a file.
  std::size_t edits = 0;
  std::size_t knobs = 0;
  std::size_t values = 0; ///< Everything that it says, but for names, texts and claims to check.
};

struct ShrinkReport {
  std::string scenario; ///< "R1#none"
  Mechanism mechanism;
  ShrinkSize before;
  ShrinkSize after;
  bool has_fewest_processes = false; ///< Every smaller set of them was tried.
  std::size_t steps = 0;             ///< Of a shortest trace.

  /// Where somebody could have gone on.
  struct Interrupted {
    std::string process;
    std::string step;
  };
  std::optional<std::vector<Interrupted>> preemptions; ///< Nothing: they were not counted.
  std::size_t tries = 0;
  std::size_t undecided = 0; ///< Of the tries.
};

void write_shrink_text(const ShrinkReport& report, std::ostream& out);

/// `scenario` is the small one, as JSON.
void write_shrink_json(const ShrinkReport& report, const std::string& scenario, std::ostream& out);

} // namespace stalemate::report
