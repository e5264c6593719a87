#pragma once

#include "checker/search/ledger.hpp"
#include "checker/search/limits.hpp"
#include "checker/search/pace.hpp"

#include <cstdint>
#include <optional>

namespace stalemate {

/// Who expands states: one thread, or several where a level has enough of them and that is faster.
///
/// In batches: what a batch holds is met in the same order as by expanding one state after the
/// other, and what lies behind the first broken claim is not taken, so they are invisible. They
/// only keep several memory accesses under way.
class Expander {
 public:
  Expander(const Program& program, StateSet& seen, const Limits& limits)
      : program_(program), seen_(seen), limits_(limits), batch_(program) {}

  /// Expands some states from `next` on, up to before `end`, and tells the ledger. Returns how
  /// many.
  std::uint64_t expand(std::uint64_t next, std::uint64_t end, Ledger& ledger);

 private:
  [[nodiscard]] std::uint64_t expand_together(StateId next, std::uint64_t end, Ledger& ledger);
  [[nodiscard]] std::uint64_t expand_alone(StateId next, std::uint64_t end, Ledger& ledger);

  const Program& program_;
  StateSet& seen_;
  const Limits& limits_;
  Successors batch_;
  std::optional<Workers> workers_;
  Pace pace_;
};

} // namespace stalemate
