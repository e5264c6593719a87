#pragma once

#include "checker/audit/opinion.hpp"

#include <string>
#include <vector>

namespace stalemate {

/// How rumur's verifier is made and run.
struct RumurOptions {
  /// Of rumur. The first error ends the search if there is no --max-errors.
  std::vector<std::string> options{"--value-type", "int32_t", "--max-errors", "1000"};
  std::vector<std::string> compiler{"cc", "-O1"};
  unsigned seconds_max = 3600;
};

/// What rumur says about murphi(model): one thread, so that the first counterexample is a shortest
/// one, without symmetry.
[[nodiscard]] Opinion ask_rumur(const ir::Model& model, const RumurOptions& options = {});

/// What the verifier printed, read. For tests.
[[nodiscard]] Opinion read_rumur(const ir::Model& model, const std::string& out);

} // namespace stalemate
