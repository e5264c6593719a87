// The race of a trace in a few lines: who relied on what since when, who changed it meanwhile, and
// what was lost; or who waits for whom. The same arrows as in the picture, in words.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/causality.hpp"
#include "reports/story.hpp"

#include <string>
#include <vector>

namespace stalemate::report {

inline constexpr std::size_t race_lines_max = 12;

/// A fact of the race.
struct RaceLine {
  int step = -1;    ///< Index into Trace::steps; -1: what it all means.
  std::string text; ///< "writer0: fill the rest: goes by iomap.type of step 2"
};

/// At most `race_lines_max` of them, in the order of time, what it means last. What one process saw
/// of another is left out first.
[[nodiscard]] std::vector<RaceLine>
race(const ir::Model& model, const Trace& trace, const Causality& causality, const Story& story);

} // namespace stalemate::report
