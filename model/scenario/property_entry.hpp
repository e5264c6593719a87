#pragma once

#include "checker/builder/alternative.hpp"
#include "checker/builder/declare.hpp"
#include "checker/builder/expr.hpp"
#include "checker/ir/property.hpp"
#include "model/scenario/scenario.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel {

/// A claim about the kernel, described by itself.
struct PropertyEntry {
  std::string name;   ///< As scenarios call it: no_lost_write.
  std::string claim;  ///< What it says, "data written earlier survives".
  std::string source; ///< Where it comes from: "atlas buffered I1".
  ir::PropertyKind kind = ir::PropertyKind::invariant;
  /// The paths of which one must run for it to be checked where a scenario lists nothing; of an
  /// assertion those whose steps check it.
  std::vector<std::string> checked_by;
  /// Checked only where a scenario lists it: claims about runs take time.
  bool on_request = false;
  bool is_warning = false; ///< Of an assertion: breaking it is not yet harm, see Verdict::latent.
  /// What else it takes that it can break, as it goes on behind "that takes".
  std::string takes = {};

  /// Is it checked where a scenario lists nothing? Only where one of the paths runs.
  [[nodiscard]] bool is_usual(const std::vector<ProcessSpec>& processes) const;
  /// Why nothing in a scenario can break it, although the scenario lists it.
  [[nodiscard]] std::string why_vacuous(const std::vector<ProcessSpec>& processes) const;
};

/// The parts of an invariant: conditions that must hold, and what is wrong where they do not.
using Parts = std::vector<std::pair<build::Expr, build::Sentence>>;

/// A property of one subsystem. An invariant has parts, none where it cannot break; an assertion is
/// handed to the World, for the paths to check; what must happen some time is a goal, perhaps with
/// a cause.
template <typename World>
struct PropertyOf : PropertyEntry {
  std::function<Parts(const World&)> parts;
  std::function<build::Claim&(World&)> claimed;
  std::function<build::Expr(const World&)> cause = {};
  std::function<build::Expr(const World&)> goal = {};
  /// Of those that are checked where a scenario lists nothing: in which worlds; empty: in all.
  std::function<bool(const World&)> is_usual_in = {};
};

} // namespace stalemate::kernel
