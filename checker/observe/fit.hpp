// Whether what was seen is a run of the model, and if it is none, how far it is one.
#pragma once

#include "checker/observe/observation.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/limits.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace stalemate::observe {

struct Fit {
  enum class Answer : std::uint8_t {
    run,        ///< There is a run of the model in which all of it can be seen.
    no_run,     ///< There is none.
    incomplete, ///< A limit ended the search, or the model itself went wrong.
  };
  Answer answer = Answer::incomplete;
  std::string reason; ///< Of incomplete, in words.
  /// Of no_run: so many events can happen, one after the other; all of them if only the ending is
  /// not possible.
  std::size_t possible = 0;
  /// A shortest run in which all events happened, or those that can.
  Trace trace;
  ir::Model model;   ///< Of the trace: see observed().
  ir::Valuation end; ///< Of the trace.
  std::uint64_t states = 0;
};

/// `ending` must be true when all events have happened; null: nothing is claimed.
[[nodiscard]] Fit fit(const ir::Model& model,
                      const Observation& observation,
                      const ir::ExpressionPtr& ending,
                      const Limits& limits);

/// Of no_run: what the event that cannot happen waits for, by index of Observation::calls.
[[nodiscard]] std::vector<int> owed(const Fit& fit, const Observation& observation);

/// A step that a process could take at the end of the trace if nothing had been seen: where it goes
/// another way than what was seen.
[[nodiscard]] std::vector<Way> possible_instead(const Fit& fit, const ir::Model& model);

} // namespace stalemate::observe
