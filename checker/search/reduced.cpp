#include "checker/search/reduced.hpp"

#include "checker/program/program.hpp"
#include "checker/reduce/ample.hpp"
#include "checker/reduce/dead_variables.hpp"
#include "checker/reduce/still_equal.hpp"
#include "checker/reduce/symmetry.hpp"
#include "checker/result/too_short.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace stalemate {

namespace {

ir::Model rewritten(const ir::Model& model, const Reductions& reductions) {
  // First the counters: a copy that is dead is a flag that is out, whoever changes it.
  ir::Model shorter = reductions.equality ? without_counters(model) : model;
  if (!reductions.dead_values) return shorter;
  std::set<ir::VariableId> kept;
  if (reductions.symmetry) kept = renamed_by(symmetries_of(shorter, Ranges(shorter)));
  return without_dead_values(std::move(shorter), kept);
}

bool replays(const ir::Model& model, const Result& result) {
  try {
    (void)replay(model, result);
    return true;
  } catch (const ReplayError&) {
    return false;
  }
}

Program reduced(const ir::Model& model, const Reductions& reductions) {
  Program program = compile(rewritten(model, reductions));
  if (reductions.ample_sets) find_ample_sets(program);
  if (reductions.lone_moves) pass_lone_moves(program);
  if (reductions.symmetry) find_symmetry(program);
  return program;
}

/// Explores the reduced program of the model.
Result
prove(const ir::Model& model, const Program& program, const Limits& limits, Observer& observer) {
  Result result = explore(program, limits, observer);
  result.is_reduced = true;
  if (!has_counterexample(result.verdict)) return result;

  Result plain = explore(compile(model), limits, observer);
  const bool is_suspicion = (program.symmetry || program.goes_on) && !result.stranded.empty();
  const bool is_undecided =
      plain.verdict == Verdict::incomplete || too_short(model, plain) != nullptr;
  if (!is_undecided || is_suspicion || !replays(model, result)) return plain;
  result.is_shortest = false;
  return result;
}

bool is_cut(const Result& result, std::uint64_t states) {
  return result.verdict == Verdict::incomplete && result.counts.states >= states;
}

/// Are there a third fewer states up to the same depth? The reduced search comes farther in as many
/// steps, so that there are in truth even fewer.
bool pays(const Program& program, std::uint64_t states, std::uint64_t depth, Limits limits) {
  limits.states_max = states / 3 * 2;
  limits.depth_max = depth;
  Observer nobody;
  return !is_cut(explore(program, limits, nobody), limits.states_max);
}

Result prove_if_long(const ir::Model& model,
                     const Reductions& reductions,
                     const Limits& limits,
                     Observer& observer) {
  const Program plain = compile(model);
  // A step of a reduced search may be several.
  if (limits.depth_max != Limits::unlimited) return explore(plain, limits, observer);
  Limits some = limits;
  some.states_max = std::min(limits.states_max, reductions.after);
  Result first = explore(plain, some, observer);
  if (!is_cut(first, reductions.after) || limits.states_max <= reductions.after) return first;
  const Program program = reduced(model, reductions);
  Result second = pays(program, reductions.after, first.counts.depth, limits)
                      ? prove(model, program, limits, observer)
                      : explore(plain, limits, observer);
  const bool is_behind =
      second.verdict == Verdict::incomplete && second.counts.states < first.counts.states;
  if (!is_behind) return second;
  first.reason = second.reason;
  return first;
}

} // namespace

Result explore_reduced(const ir::Model& model,
                       const Reductions& reductions,
                       const Limits& limits,
                       Observer& observer) {
  if (!reductions.any()) return explore(compile(model), limits, observer);
  Limits shared = limits; // All searches together may take so long.
  if (!shared.since) shared.since = std::chrono::steady_clock::now();
  if (reductions.after > 0) return prove_if_long(model, reductions, shared, observer);
  return prove(model, reduced(model, reductions), shared, observer);
}

} // namespace stalemate
