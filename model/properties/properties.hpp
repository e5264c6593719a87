#pragma once

#include "checker/builder/declare.hpp"

#include <functional>
#include <string>
#include <vector>

namespace stalemate::kernel {

struct World;

/// A claim about the kernel, described by itself.
struct PropertyEntry {
  std::string name;   ///< As scenarios call it: no_lost_write.
  std::string claim;  ///< What it says, "data written earlier survives".
  std::string source; ///< Section of the atlas: I1.
  std::function<void(build::Model&, const World&)> declare;
};

/// Every property, in the order in which they are listed.
[[nodiscard]] const std::vector<PropertyEntry>& properties();

} // namespace stalemate::kernel
