// The values that tell the story of a trace: which cells a picture shows beside the steps, and what
// they are at every moment.
#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/result/trace.hpp"
#include "reports/causality.hpp"

#include <string>
#include <vector>

namespace stalemate::report {

/// A value and how long it lasts. Moment 0 is before the first step, moment i after step i - 1.
struct Span {
  int from = 0;
  int to = 0; ///< The last moment with this value.
  std::string value;
  bool is_nothing = false; ///< no, free, 0: nothing to see.
};

struct Strip {
  std::string name;
  bool ghost = false;
  bool is_broken = false; ///< The claim refuses its value at the end.
  std::vector<Span> spans;
};

/// At most `most` cells, in the order of the model: first what the broken claim read, then what
/// went stale, what it may read otherwise, and what the arrows stand for.
[[nodiscard]] std::vector<Strip>
world(const ir::Model& model, const Trace& trace, const Causality& causality, std::size_t most);

} // namespace stalemate::report
