#pragma once

#include "model/iomap/layout/setup.hpp"
#include "model/scenario/cast.hpp"

#include <vector>

namespace stalemate::kernel::iomap {

/// Throws ScenarioError for processes that the file has no room for, that the kernel refuses at
/// once, or that the model does not have together. `cast` is what the scenario lists.
void refuse_processes(const Scenario& scenario, const Setup& setup, const std::vector<Cast>& cast);

} // namespace stalemate::kernel::iomap
