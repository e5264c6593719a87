#pragma once

#include "checker/relacy/run_model.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/limits.hpp"
#include "checker/search/observer.hpp"
#include "checker/search/reduced.hpp"
#include "cli/load.hpp"
#include "cli/status.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli {

/// What a search found, and how that compares with what the scenario says.
struct Finding {
  Result result;
  /// Of a claim that only warns, and breaks without having been asked about: `result` holds.
  std::optional<Result> warning;
  std::optional<Trace> trace; ///< Of the counterexample, or of the warning.
  bool is_question = false;   ///< Nothing is expected: the verdict is the answer.
  bool is_own_model = false;  ///< The scenario brings along edits, paths or state.
  /// Of a model error in what it brings along: the place there, and what is wrong with it.
  std::string mistake = {};
  bool is_sought = false;             ///< A state is looked for: to violate is to reach it.
  bool is_reduced_unasked = false;    ///< States were left out, and nobody asked for that.
  std::vector<std::string> surprises; ///< Every difference from the expectation, in words.
  std::vector<std::string> hints;     ///< What may explain them.
  std::chrono::milliseconds time{0};
  std::string within;           ///< Of Relacy: how far a verdict of "holds" goes.
  std::uint64_t executions = 0; ///< Of Relacy; 0 for a search.

  /// What `trace` is a trace of.
  [[nodiscard]] const Result& shown() const { return warning ? *warning : result; }

  [[nodiscard]] Status status() const;
};

/// Searches, with progress on a terminal, and judges. Numbers of states that the scenario expects
/// are those without reductions, and not compared where states were left out.
[[nodiscard]] Finding
find(const Candidate& candidate, const Limits& limits, const Reductions& reductions = {});

/// The same, where somebody else shows progress; several threads may do so at once.
[[nodiscard]] Finding find(const Candidate& candidate,
                           const Limits& limits,
                           const Reductions& reductions,
                           Observer& observer);

/// Tries in so many states whether reductions may trust the model's footprints, and says on stderr
/// what was tried; throws InternalError with the first case in which they may not. Of the limits,
/// those that an Effort has count. Where one ends it, nothing holds: the finding is incomplete.
void audit(const Candidate& candidate,
           std::uint64_t states_max,
           const Limits& limits,
           Finding& finding);

/// Executes the model under Relacy instead and compares the verdict, no more. Of the limits, time
/// and interrupts count.
[[nodiscard]] Finding
second_opinion(const Candidate& candidate, const RelacyBound& bound, const Limits& limits = {});

/// "holds within 2 preemptive switches: 960 executions".
[[nodiscard]] std::string answer_text(const Candidate& candidate, const Finding& finding);

/// "A-R1#none: holds within 2 preemptive switches: 960 executions".
[[nodiscard]] std::string verdict_line(const Candidate& candidate, const Finding& finding);

/// The status of several findings: the gravest.
[[nodiscard]] Status gravest(Status a, Status b);

/// What a trace that ends in this verdict is a trace of: without the claims that only warn, unless
/// it shows one of those.
[[nodiscard]] ir::Model model_of(const Candidate& candidate, Verdict verdict);

} // namespace stalemate::cli
