// What `reproduce` needs to know of a kernel, and how things are run there.
#pragma once

#include "cli/tried_kernel.hpp"
#include "reproduce/oracle.hpp"
#include "reproduce/play.hpp"

#include <string>

namespace stalemate::cli {

struct Kit {
  std::string folder;
  TriedKernel kernel;
  reproduce::Oracles oracles;
  reproduce::Programs programs;
};

/// Throws UsageError where there is no such kernel, or no map of it.
[[nodiscard]] Kit kit_of(const KernelOptions& kernel, bool is_dry);

} // namespace stalemate::cli
