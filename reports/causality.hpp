// Which earlier steps explain the end of a trace: who wrote what the broken claim read, who wrote
// what that step had read, and so on back to the start. A picture draws only these links.
#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/result/trace.hpp"

#include <vector>

namespace stalemate::report {

/// A step saw what a step of another process had left. Numbers are indexes into Trace::steps.
struct Link {
  int source = 0;
  int target = 0;
  ir::Cell cell;
  bool is_lock = false; ///< The target took the lock that the source released.
};

/// A step used a private copy of a shared cell that another process had changed since.
struct StaleCopy {
  int sampled = 0; ///< Step that made the copy.
  int changed = 0; ///< First step after it by which the cell has another value.
  int used = 0;    ///< Step that trusted the copy.
  ir::Cell copy;
  ir::Cell cell;
};

struct Causality {
  std::vector<Link> links; ///< Between processes only, without those that others imply; sorted.
  std::vector<StaleCopy> stale;
};

/// Walks back from what broke. Empty for a trace that ends in no property.
[[nodiscard]] Causality causality(const ir::Model& model, const Trace& trace);

} // namespace stalemate::report
