#include "checker/search/reduced.hpp"

#include "checker/program/program.hpp"
#include "checker/reduce/ample.hpp"
#include "checker/reduce/dead_variables.hpp"
#include "checker/reduce/symmetry.hpp"
#include "checker/search/explore.hpp"

#include <set>
#include <utility>

namespace stalemate {

namespace {

ir::Model without(const ir::Model& model, const Reductions& reductions) {
  if (!reductions.dead_values) return model;
  std::set<ir::VariableId> kept;
  if (reductions.symmetry) kept = renamed_by(symmetries_of(model, Ranges(model)));
  return without_dead_values(model, kept);
}

} // namespace

Result explore_reduced(const ir::Model& model,
                       const Reductions& reductions,
                       const Limits& limits,
                       Observer& observer) {
  if (!reductions.any()) return explore(compile(model), limits, observer);
  Program program = compile(without(model, reductions));
  if (reductions.ample_sets) find_ample_sets(program);
  if (reductions.symmetry) find_symmetry(program);
  Result result = explore(program, limits, observer);
  result.is_reduced = true;
  if (!has_counterexample(result.verdict)) return result;

  Result plain = explore(compile(model), limits, observer);
  const bool is_suspicion = program.symmetry && !result.stranded.empty();
  if (plain.verdict != Verdict::incomplete || is_suspicion) return plain;
  result.is_shortest = false;
  return result;
}

} // namespace stalemate
