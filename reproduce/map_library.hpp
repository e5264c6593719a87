// The maps that there are, by the way in which gates come into a kernel.
#pragma once

#include "reproduce/kernel_map.hpp"

#include <string>
#include <vector>

namespace stalemate::reproduce {

/// How a kernel gets gates.
enum class Carrier {
  module, ///< Loaded into it: only functions that the compiler has left alone. kernel_map/
  hooks,  ///< Built into it: inlined ones as well. kernel_map/built/
};

/// Names of versions, oldest first. `kit` is the folder `reproduce` of the program.
[[nodiscard]] std::vector<std::string> mapped_versions(const std::string& kit, Carrier carrier);

/// Throws Refusal, which names the versions that there are, if this one is not among them.
[[nodiscard]] KernelMap
kernel_map_of(const std::string& kit, Carrier carrier, const std::string& version);

} // namespace stalemate::reproduce
