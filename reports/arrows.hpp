// Which arrows a picture of a trace has, and how each looks; where they run is another matter.
#pragma once

#include "reports/causality.hpp"
#include "reports/sheet.hpp"

#include <vector>

namespace stalemate::report {

/// From a step to a later one; its path has no corners yet.
struct Arrow {
  int source = 0;
  int target = 0;
  Path path;
};

/// Black: the target saw what the source had left. Red: what it relied on; dashed, with a bar: what
/// it missed.
[[nodiscard]] std::vector<Arrow> arrows(const Causality& causality);

} // namespace stalemate::report
