#pragma once

#include "model/dax/knobs/kernel.hpp"
#include "model/dax/layout/dax_layout.hpp"
#include "model/scenario/scenario.hpp"

#include <vector>

namespace stalemate::kernel::dax {

/// What a scenario about a DAX file says: the file at the start, the kernel, what runs.
struct Setup {
  DaxLayout layout;
  Kernel kernel;
  std::vector<ProcessSpec> processes;

  /// Does the end of DMA call the filesystem?
  [[nodiscard]] bool has_callback() const { return kernel.dax_break == Break::busy_extent; }
  /// In a worker?
  [[nodiscard]] bool has_callback_worker() const {
    return has_callback() && kernel.dax_callback_runs == CallbackRuns::in_work_item;
  }
};

} // namespace stalemate::kernel::dax
