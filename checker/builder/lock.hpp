#pragma once

#include "checker/builder/place.hpp"

namespace stalemate::build {

/// A lock that one process holds at a time: a place that is 0 or 1 + the process. Whoever takes it
/// is recorded, so that a deadlock report can say who waits for whom.
struct Lock {
  Place holder;
  int processes; ///< Of the model.

  [[nodiscard]] Expr is_free() const { return holder == 0; }
};

/// A lock held by one process alone or by several together. Waiting writers do not keep readers
/// out.
struct SharedLock {
  Place holder;  ///< Who holds it alone.
  Array readers; ///< One flag per process.

  [[nodiscard]] int processes() const { return readers.size(); }
  [[nodiscard]] Expr is_free() const {
    return holder == 0 && for_all(readers.size(), [&](int p) { return !readers[p]; });
  }
};

/// Gives up a lock that the running process holds alone; that it does is checked when it happens.
[[nodiscard]] Effect release(const Lock& lock);
[[nodiscard]] Effect release(const SharedLock& lock);

/// Gives up a lock that the running process holds together with others.
[[nodiscard]] Effect release_shared(const SharedLock& lock);

/// The wait that ends by holding the lock, and the effect that records it.
struct Taking {
  ir::Wait wait;
  Effect effect;
};
[[nodiscard]] Taking taking(const Lock& lock);
[[nodiscard]] Taking taking(const SharedLock& lock);
[[nodiscard]] Taking taking_shared(const SharedLock& lock);

} // namespace stalemate::build
