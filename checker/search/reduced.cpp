#include "checker/search/reduced.hpp"

#include "checker/program/program.hpp"
#include "checker/reduce/ample.hpp"
#include "checker/reduce/dead_variables.hpp"
#include "checker/reduce/still_equal.hpp"
#include "checker/reduce/symmetry.hpp"
#include "checker/result/too_short.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"

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

} // namespace

Result explore_reduced(const ir::Model& model,
                       const Reductions& reductions,
                       const Limits& limits,
                       Observer& observer) {
  if (!reductions.any()) return explore(compile(model), limits, observer);
  Program program = compile(rewritten(model, reductions));
  if (reductions.ample_sets) find_ample_sets(program);
  if (reductions.lone_moves) pass_lone_moves(program);
  if (reductions.symmetry) find_symmetry(program);
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

} // namespace stalemate
