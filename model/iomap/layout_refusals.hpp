#pragma once

#include "model/iomap/layout/setup.hpp"
#include "model/scenario/scenario.hpp"

namespace stalemate::kernel::iomap {

/// Refuses a file that the filesystem of the kernel cannot have, and knobs that exclude each other.
/// Throws ScenarioError.
void refuse_layout(const Scenario& scenario, const Setup& setup);

} // namespace stalemate::kernel::iomap
