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
  std::string source; ///< Section of the atlas: I1.
  ir::PropertyKind kind = ir::PropertyKind::invariant;
  /// Of an assertion: the paths of which one must run, since nothing else checks it.
  std::vector<std::string> checked_by;
  /// Checked only where a scenario lists it: claims about runs take time.
  bool on_request = false;
  bool is_warning = false; ///< Of an assertion: breaking it is not yet harm, see Verdict::latent.

  /// Does the scenario have anything that the claim is about?
  [[nodiscard]] bool applies(const std::vector<ProcessSpec>& processes) const;
  /// Is it checked where a scenario lists nothing?
  [[nodiscard]] bool is_usual(const std::vector<ProcessSpec>& processes) const {
    return !on_request && applies(processes);
  }
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
};

} // namespace stalemate::kernel
