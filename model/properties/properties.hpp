#pragma once

#include "checker/builder/expr.hpp"
#include "checker/ir/property.hpp"
#include "model/objects/world.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel {

/// A claim about the kernel, described by itself. An invariant has parts; an assertion has a member
/// of Claims that the paths check.
struct PropertyEntry {
  std::string name;   ///< As scenarios call it: no_lost_write.
  std::string claim;  ///< What it says, "data written earlier survives".
  std::string source; ///< Section of the atlas: I1.
  ir::PropertyKind kind;
  std::function<std::vector<std::pair<build::Expr, std::string>>(const World&)> parts;
  build::Claim Claims::*member = nullptr;
  std::string checked_by; ///< Of an assertion: the path without which nothing checks it.

  /// Does the scenario have anything that the claim is about?
  [[nodiscard]] bool applies(const Scenario& scenario) const {
    return checked_by.empty() || first_process(scenario, checked_by) != ir::none;
  }
};

/// Every property, in the order in which they are listed and, unless the scenario says otherwise,
/// blamed when several break at once.
[[nodiscard]] const std::vector<PropertyEntry>& properties();

} // namespace stalemate::kernel
