#pragma once

#include "model/scenario/shape.hpp"

#include <map>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// The scenario file format: knobs, paths, options and properties come from their own tables.
[[nodiscard]] const Shape& scenario_format();

/// Names that a scenario file brings along: they may stand where the model's own may.
struct OwnNames {
  std::map<std::string, std::string> paths; ///< By name: the path that it is like, or empty.
  std::vector<std::string> claims;

  [[nodiscard]] bool empty() const { return paths.empty() && claims.empty(); }
};

/// The format of a file that brings these along.
[[nodiscard]] Shape scenario_format(const OwnNames& names);

} // namespace stalemate::kernel
