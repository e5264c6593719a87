#pragma once

#include "model/scenario/scenario.hpp"
#include "model/stable_pages/knobs/kernel.hpp"
#include "model/stable_pages/layout/anon_layout.hpp"

#include <vector>

namespace stalemate::kernel::stable_pages {

/// What a scenario about an anonymous page says: the page, the kernel, what runs.
struct Setup {
  AnonLayout layout;
  Kernel kernel;
  std::vector<ProcessSpec> processes;
};

} // namespace stalemate::kernel::stable_pages
