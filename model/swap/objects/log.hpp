#pragma once

#include "checker/builder/declare.hpp"
#include "model/swap/layout/memory_layout.hpp"

#include <cstdint>
#include <vector>

namespace stalemate::kernel::swap {

/// What a unit of log space is taken by (atlas direct-and-swap 7).
enum class UnitStage : std::uint8_t { free, granted, in_cil, in_ail, being_written };

/// The XFS log, unit by unit: one transaction needs one unit.
struct Log {
  build::Array stage;          ///< UnitStage
  build::Array pinned;         ///< The item in the AIL was logged again: the CIL holds it.
  build::Place granted_to;     ///< Who got space last and has not committed yet.
  build::Place push_requested; ///< xfs_log_force(): the CIL worker has been asked.
  int units;
  int cil_worker; ///< 0, or 1 + the process that writes the CIL.
  int ail_pusher; ///< 0, or 1 + the process that writes back what the AIL lists.

  [[nodiscard]] build::Expr has_space() const {
    return build::exists(units, [&](int u) { return stage[u] == UnitStage::free; });
  }
  [[nodiscard]] build::Expr has_pinned() const {
    return build::exists(units, [&](int u) { return build::Expr(pinned[u]); });
  }
  /// Waits until a unit is free, for whoever must act for that.
  [[nodiscard]] build::Alternative wait_for_space(const build::Alternative& way) const;
};

[[nodiscard]] Log
declare_log(build::Model& model, const std::vector<LogUnit>& log, int cil_worker, int ail_pusher);

} // namespace stalemate::kernel::swap
