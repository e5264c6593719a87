#pragma once

#include "checker/builder/alternative.hpp"
#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// The locks in the order in which they may be taken (atlas buffered 0.1). A page fault holds
/// mmap_lock, which is no lock of the model since nobody here takes it exclusively. gfs2 starts a
/// transaction before it locks a folio; XFS the other way round, and its transactions do not block
/// here.
enum class Rank : std::uint8_t {
  i_rwsem,
  mmap_lock,
  glock,
  invalidate_lock,
  transaction,
  folio_lock,
};

/// Takes locks for a process, with the claim that it holds none of their rank or a later one: what
/// lockdep would report, whether or not anything deadlocks.
class InOrder {
 public:
  /// Where the process runs: a page fault holds mmap_lock.
  enum class Context : std::uint8_t { system_call, page_fault };

  InOrder(const build::Path& path, const World& world, Context context = Context::system_call)
      : path_(path), world_(world), context_(context) {}

  /// `way`, taking the lock.
  template <typename AnyLock>
  [[nodiscard]] build::Alternative
  take(Rank rank, const AnyLock& lock, const build::Alternative& way = build::always()) const {
    return claimed(rank, way.take(lock));
  }
  [[nodiscard]] build::Alternative
  take_shared(Rank rank,
              const build::SharedLock& lock,
              const build::Alternative& way = build::always()) const {
    return claimed(rank, way.take_shared(lock));
  }

 private:
  [[nodiscard]] build::Alternative claimed(Rank rank, const build::Alternative& way) const;

  const build::Path& path_;
  const World& world_;
  Context context_;
};

} // namespace stalemate::kernel::iomap
