#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

#include <cstdint>
#include <functional>

namespace stalemate {

/// How far Relacy goes with a model.
struct RelacyBound {
  int switches = 2;                         ///< Preemptive ones in an execution.
  int steps_max = 400;                      ///< Of an execution, which is cut off then.
  std::uint64_t executions_max = 3'000'000; ///< More are incomplete.
  std::function<bool()> wants_end = {};     ///< If true the rest is incomplete. May be empty.
};

/// What came of it, with the number of executions. `holds` means within the bound.
struct RelacyResult {
  Result result;
  std::uint64_t executions = 0;
};

/// Executes the model with one Relacy thread for each process. A second opinion on verdicts: of the
/// program it shares the definition of the semantics, not the compiler, the store or the search.
[[nodiscard]] RelacyResult run_under_relacy(const ir::Model& model, const RelacyBound& bound);

} // namespace stalemate
