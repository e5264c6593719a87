#pragma once

#include "checker/ir/model.hpp"

#include <string>

namespace stalemate::kernel::own {

/// The path that process `process` runs, as JSON in the form of a scenario's `paths`: read back, it
/// gives the same steps. Two spaces of indentation, a line feed at the end.
[[nodiscard]] std::string path_as_json(const ir::Model& model, int process);

} // namespace stalemate::kernel::own
