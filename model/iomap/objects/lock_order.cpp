#include "model/iomap/objects/lock_order.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

Expr holds(const Path& p, const SharedLock& lock) {
  return lock.holder == p.self() || lock.readers[p.number()];
}

Expr holds_a_folio(const Path& p, const World& w) {
  return exists(w.folio.count, [&](int f) { return w.folio.lock[f] == p.self(); });
}

/// `way` claims that the lock of rank `held` is not held, if it may not be. It does so when it
/// tries: a process that takes a lock twice waits for itself and never has it.
Alternative claims(const Alternative& way,
                   const World& w,
                   Rank taken,
                   Rank held,
                   const Expr& is_held,
                   const char* name) {
  if (held < taken || !w.claims.lock_order.property) return way;
  const auto* const what = held == taken ? "{} is held already" : "{}, which comes after, is held";
  return way.not_waiting_if(is_held).check(
      w.claims.lock_order, !is_held, fmt::format(fmt::runtime(what), name));
}

} // namespace

Alternative InOrder::claimed(Rank rank, const Alternative& way) const {
  const Path& p = path_;
  const World& w = world_;
  const auto& inode = w.inode;
  Alternative all = claims(way, w, rank, Rank::i_rwsem, holds(p, inode.i_rwsem), "i_rwsem");
  if (context_ == Context::page_fault)
    all = claims(all, w, rank, Rank::mmap_lock, true, "mmap_lock of the fault");
  if (w.kernel().glock) all = claims(all, w, rank, Rank::glock, holds(p, inode.glock), "the glock");
  all = claims(
      all, w, rank, Rank::invalidate_lock, holds(p, inode.invalidate_lock), "invalidate_lock");
  return claims(all, w, rank, Rank::folio_lock, holds_a_folio(p, w), "a folio lock");
}

} // namespace stalemate::kernel::iomap
