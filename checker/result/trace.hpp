#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/result/verdict.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace stalemate {

/// A schedule does not fit the model: it was made for another one. Names the first step that fails.
class ReplayError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The value of a cell that decided something.
struct Seen {
  ir::Cell cell;
  int value = 0;
};

/// What a step did to a cell.
struct Change {
  ir::Cell cell;
  int before = 0;
  int after = 0;
};

/// One step of a trace.
struct TraceStep {
  int process = 0;
  int step = 0; ///< Index into the process's steps.
  int alternative = 0;
  std::vector<Seen> seen;      ///< Cells that the guard read, without locations and lock holders.
  std::vector<Change> changes; ///< Without locations. Cells that got the same value are left out.
};

/// A process that cannot move at the end of a trace, and why.
struct Blocked {
  int process = 0;
  int step = 0;
  std::string what; ///< What it waits for: "folio[0].lock", "writeback of folio 0 to end".
  struct Holder {
    int process = 0;
    int since = -1; ///< Index of the trace step in which it acquired it; -1 if before the trace.
  };
  std::vector<Holder> holders; ///< Who keeps it waiting, if the model says so.
};

/// A schedule with the states that it passes: a counterexample that explains itself.
struct Trace {
  Verdict verdict = Verdict::violated;
  int property = -1;  ///< What broke; index into Model::properties.
  int part = -1;      ///< Of an invariant that broke; index into its parts.
  std::string broken; ///< What is wrong with the part or check that broke, in words.
  std::string reason; ///< Of a model error.
  ir::Valuation initial;
  std::vector<TraceStep> steps;
  /// Of a run that goes on for ever: the first of the steps that it repeats, up to the last one.
  std::optional<std::size_t> loop;
  bool stops =
      false;        ///< Of a run that may stop at its end for good, without breaking a rule there.
  int process = -1; ///< Who waits for ever, of a claim of progress.
  std::vector<Seen> values; ///< The cells that the broken part, or goal, reads, at the end.
  /// Of a deadlock: everyone who can never move again. Of a run: those who wait at its end.
  std::vector<Blocked> blocked;
  bool others_go_on = false; ///< Of a deadlock: some processes can still move.
  std::vector<int> cycle; ///< Processes that wait for each other in a ring, in order; maybe empty.
};

/// Re-executes the result's schedule with the definition of the semantics and explains it, and
/// follows endless counters further than their range, if it takes that. Throws
/// ReplayError if a step is not possible or the end does not break what the result says. What can
/// follow the end is not looked at: see prove_ending().
[[nodiscard]] Trace replay(const ir::Model& model, const Result& result);

} // namespace stalemate
