#pragma once

#include "model/scenario/scenario.hpp"
#include "model/swap/knobs/kernel.hpp"
#include "model/swap/layout/memory_layout.hpp"

#include <vector>

namespace stalemate::kernel::swap {

/// What a scenario about memory says: memory at the start, the kernel, what runs.
struct Setup {
  MemoryLayout memory;
  Kernel kernel;
  std::vector<ProcessSpec> processes;
};

} // namespace stalemate::kernel::swap
