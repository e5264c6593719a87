#pragma once

#include "checker/result/verdict.hpp"
#include "reports/trace_json.hpp"

#include <stdexcept>

namespace stalemate::cli {

/// A saved trace does not fit the model: one of them has changed. Names the first step that fails.
class Misfit : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The result that a saved trace claims, after executing it step by step by the definition of the
/// semantics. Throws Misfit where a step is another one than the trace says, or cannot be taken.
[[nodiscard]] Result executed(const ir::Model& model, const report::SavedTrace& saved);

} // namespace stalemate::cli
