#include "checker/search/endless.hpp"

#include "checker/ir/widened.hpp"
#include "checker/result/too_short.hpp"

#include <fmt/format.h>

#include <utility>

namespace stalemate {

namespace {

constexpr int first_high = 63;

Result undecided(const ir::Variable& counter, const Counts& counts) {
  Result result;
  result.verdict = Verdict::incomplete;
  result.reason = fmt::format("{} would leave {}..{}, as far as it is followed",
                              counter.name,
                              counter.range.low,
                              counter.range.high);
  result.counts = counts;
  return result;
}

} // namespace

Result explore_endless(const ir::Model& model,
                       const Reductions& reductions,
                       const Limits& limits,
                       Observer& observer) {
  Result result = explore_reduced(model, reductions, limits, observer);
  if (too_short(model, result) == nullptr) return result;

  ir::Model widest = model;
  for (const int high : {first_high, ir::counters_max}) {
    auto wide = ir::widened(model, high);
    if (!wide) continue;
    widest = std::move(*wide);
    result = explore_reduced(widest, reductions, limits, observer);
    if (too_short(widest, result) == nullptr) return result;
  }
  if (!reductions.equality) {
    Reductions without = reductions;
    without.equality = true;
    result = explore_reduced(widest, without, limits, observer);
  }
  const ir::Variable* counter = too_short(widest, result);
  if (counter == nullptr) return result;
  Result end = undecided(*counter, result.counts);
  end.coverage = std::move(result.coverage);
  return end;
}

} // namespace stalemate
