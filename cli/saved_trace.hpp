#pragma once

#include "checker/result/verdict.hpp"
#include "reports/trace_json.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace stalemate::cli {

inline constexpr std::size_t trace_bytes_max = 64U << 20U;

/// A saved trace does not fit the model: one of them has changed. Names the first step that fails.
class Misfit : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The verdict of this name. Throws Misfit if there is none, or it comes without a trace.
[[nodiscard]] Verdict verdict_of(const std::string& name);

/// The result that a saved trace claims, after executing it step by step by the definition of the
/// semantics. Throws Misfit where a step is another one than the trace says, or cannot be taken.
[[nodiscard]] Result executed(const ir::Model& model, const report::SavedTrace& saved);

/// How far a saved trace is a run of another model.
struct Followed {
  report::SavedTrace trace; ///< Of its steps those that were taken, as this model has them.
  std::vector<std::string> left_out; ///< The steps that this process does not have here at all.
  /// Why the next step could not be taken. Empty if all were, or one broke the trace's property.
  std::string departure;
  ir::Valuation state; ///< After the last step taken.
};

/// Takes the steps of the trace as far as they are possible in this model: each by its process,
/// function and phrase, and by the note of the way out of it. A step that the process does not have
/// here is left out: what remains is a run of this model all the same. Throws Misfit where the
/// trace names a process that the model does not have.
[[nodiscard]] Followed followed(const ir::Model& model, const report::SavedTrace& saved);

} // namespace stalemate::cli
