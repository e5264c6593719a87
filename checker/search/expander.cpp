#include "checker/search/expander.hpp"

#include <chrono>
#include <utility>

namespace stalemate {

std::uint64_t Expander::expand(std::uint64_t next, std::uint64_t end, Ledger& ledger) {
  using Clock = std::chrono::steady_clock;
  const auto first = static_cast<StateId>(next);
  if (limits_.threads == 1 || end - next < limits_.parallel_min)
    return expand_alone(first, end, ledger);
  if (limits_.is_crew_kept) return expand_together(first, end, ledger);
  const auto start = Clock::now();
  const std::uint64_t expanded = pace_.way() == Pace::Way::together
                                     ? expand_together(first, end, ledger)
                                     : expand_alone(first, end, ledger);
  pace_.took(expanded, Clock::now() - start);
  return expanded;
}

std::uint64_t Expander::expand_together(StateId next, std::uint64_t end, Ledger& ledger) {
  if (!workers_) workers_.emplace(program_, seen_, limits_.threads);
  // Where a limit may be met on the way, one thread finds out where.
  if (!workers_->expand(next, end)) return expand_alone(next, end, ledger);
  ledger.take(*workers_);
  std::uint64_t expanded = 0;
  for (const Chunk& chunk : workers_->chunks())
    expanded += chunk.ends.size();
  return expanded;
}

std::uint64_t Expander::expand_alone(StateId next, std::uint64_t end, Ledger& ledger) {
  expand_some(program_, seen_, next, end, batch_);
  const std::size_t taken = seen_.insert(batch_.targets);
  ledger.take(batch_, taken);
  for (std::size_t t = 0; t < batch_.passed.size(); ++t)
    ledger.fired()[t] += std::exchange(batch_.passed[t], 0);
  return batch_.ends.size();
}

} // namespace stalemate
