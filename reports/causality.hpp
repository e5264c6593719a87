// Which earlier steps explain the end of a trace: who wrote what the broken claim read, who wrote
// what that step had read, and so on back to the start. A picture draws only these links.
#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/result/trace.hpp"

#include <optional>
#include <vector>

namespace stalemate::report {

/// A step saw what a step of another process had left. Numbers are indexes into Trace::steps.
struct Link {
  int source = 0;
  int target = 0;
  ir::Cell cell;
  bool is_lock = false; ///< The target took the lock that the source released.
};

/// A step relied on a value that another process had changed since: on a private copy, or on what
/// its process had decided by.
struct Stale {
  int sampled = 0; ///< Step that made the copy, or decided.
  int changed = 0; ///< Step that gave the cell the value that it has by then.
  int used = 0;    ///< Step that relied on it.
  std::optional<ir::Cell> copy;
  ir::Cell cell;
  int before = 0; ///< Value of the cell when it was sampled.
  int after = 0;  ///< Value of the cell when it was relied on.
};

/// A test of shared state by which a process came to a step: with another outcome it would have
/// gone elsewhere.
struct Turn {
  int tested = 0;
  int used = 0; ///< The step that it led to.
  ir::Cell cell;
  int before = 0;   ///< What the test saw.
  int changed = -1; ///< The step of another process since when it would be seen differently; or -1.
  int after = 0;    ///< The value when the process took the step.
};

/// Under a weak memory model: a load that saw a value although a newer one had been stored.
struct OldLoad {
  int stored = -1; ///< Step that stored what it saw; -1: it was there at first.
  int changed = 0; ///< Step that stored the newest one.
  int used = 0;    ///< The load.
  ir::Cell cell;
  int before = 0; ///< What it saw.
  int after = 0;  ///< The newest value.
};

struct Causality {
  std::vector<Link> links; ///< Between processes only, without those that others imply; sorted.
  std::vector<Stale> stale;
  /// The last test before the step that did harm, where nothing stale explains it; and those that
  /// would come out differently by then.
  std::vector<Turn> turns = {};
  std::vector<OldLoad> old_loads = {};
};

/// The cells that decide whether a blocked process can move, in the state at the end of its trace.
[[nodiscard]] std::vector<ir::Cell>
waited_for(const ir::Model& model, const Blocked& blocked, const ir::Valuation& state);

/// Walks back from what broke.
[[nodiscard]] Causality causality(const ir::Model& model, const Trace& trace);

} // namespace stalemate::report
