#pragma once

#include "checker/builder/declare.hpp"

#include <string>

namespace stalemate::kernel::swap {

/// struct rw_semaphore: a writer that waits keeps new readers out (rwsem_mark_wake; atlas
/// direct-and-swap 0.1). One writer can wait at a time, which is all that a scenario has.
struct FairLock {
  build::SharedLock lock;
  build::Place waiting; ///< 0, or 1 + the process that waits to hold it alone.
  std::string name;

  /// The step before taking it alone.
  [[nodiscard]] build::Alternative queue(const build::Path& path) const;
  /// The step that takes it alone, after `queue`.
  [[nodiscard]] build::Alternative take() const;
  [[nodiscard]] build::Alternative take_shared(const build::Path& path) const;
};

[[nodiscard]] FairLock declare_fair_lock(build::Model& model, const std::string& name);

} // namespace stalemate::kernel::swap
