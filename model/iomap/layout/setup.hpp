#pragma once

#include "model/iomap/knobs/kernel.hpp"
#include "model/iomap/layout/file_layout.hpp"
#include "model/scenario/scenario.hpp"

#include <vector>

namespace stalemate::kernel::iomap {

/// What a scenario about a file says: the file at the start, the kernel, what runs.
struct Setup {
  FileLayout file;
  Kernel kernel;
  std::vector<ProcessSpec> processes;
};

} // namespace stalemate::kernel::iomap
