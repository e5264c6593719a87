#pragma once

#include "checker/audit/opinion.hpp"

#include <string>
#include <vector>

namespace stalemate {

/// How Spin's verifier is made and run. The default is what agreement needs: breadth first, nothing
/// left out.
struct SpinOptions {
  bool is_breadth_first = true;
  bool is_exhaustive = true; ///< No partial-order reduction, no dead variables reset.
  std::vector<std::string> compiler{"cc", "-O1"};
  std::vector<std::string> arguments{"-w18"}; ///< Of pan: a table of 2^18 slots.
  unsigned seconds_max = 3600;
};

/// What Spin says about promela(model).
[[nodiscard]] Opinion ask_spin(const ir::Model& model, const SpinOptions& options = {});

/// What Spin says about a text that somebody wrote by hand. Its assertions say what breaks as those
/// of promela() do, by the number of a property of `claims`, of which nothing else is looked at.
[[nodiscard]] Opinion
ask_spin(const std::string& text, const ir::Model& claims, const SpinOptions& options);

/// What pan printed, read. For tests.
[[nodiscard]] Opinion read_pan(const ir::Model& model, const std::string& out);

} // namespace stalemate
