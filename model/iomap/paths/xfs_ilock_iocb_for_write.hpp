#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

#include <optional>

namespace stalemate::kernel::iomap {

/// How a direct write holds i_rwsem: a constant, or a flag of the process.
struct DioLock {
  build::Expr is_exclusive;
  bool may_be_shared;
  bool may_be_exclusive;
  std::optional<build::Place> flag = {}; ///< Of the process.
};

/// Drops i_rwsem, however it is held.
[[nodiscard]] build::Effect drop_i_rwsem(const build::Path& p, const World& w, const DioLock& lock);

/// Gives up the shared lock, to take it exclusively.
[[nodiscard]] build::Effect exclusively(const build::Path& p, const World& w, const DioLock& lock);

/// Can a clone make a write wait that holds i_rwsem shared?
[[nodiscard]] bool looks_for_clones(const World& w);

/// What a write does with i_rwsem taken shared: if a clone goes on, it drops it and takes it
/// exclusively. Goes on at `shared` if there was none.
void xfs_ilock_iocb_for_write(build::Path& p,
                              const World& w,
                              const build::Effect& now_exclusive,
                              build::Label shared);

} // namespace stalemate::kernel::iomap
