// inode_dio_wait(), fs/inode.c.
//
// Keeps:   the wait for i_dio_count. New requests start while it waits unless i_rwsem keeps them
// out. Drops:   the wait queue and its wake-up, which are C7's subject. Atomic:  one look at the
// counter. Sources: atlas direct-and-swap 0.1, WU5, E4.

#include "model/iomap/paths/inode_dio_wait.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

void inode_dio_wait(Path& p, const World& w) {
  if (!w.dio) return;
  const auto fn = p.function("inode_dio_wait", "fs/inode.c");
  // Whoever completes a request can be waited for; the first one that has not.
  Expr holder = 0;
  for (const DirectRequest& request : w.dio->requests) {
    const Expr is_with_others = w.dio->queued[request.rank] || w.dio->is_waiting(request);
    holder = select(is_with_others, w.completer(request) + 1, holder);
  }
  p.step("wait until no direct I/O is in flight",
         always().wait(w.dio->count == 0, "direct I/O to end", holder));
}

void inode_dio_wait_before_freeing(Path& p, const World& w) {
  if (w.kernel().frees_wait_for_dio) inode_dio_wait(p, w);
}

} // namespace stalemate::kernel::iomap
