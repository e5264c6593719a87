// iomap_dio_complete_work(), fs/iomap/direct-io.c, on the filesystem's "dio" workqueue, when no
// worker can be forked: the rescuer, one item after the other.
//
// Keeps:   first in, first out, one item at a time; that the worker is an ordinary task, which may
//          reclaim and is not in reclaim; that a transaction there allocates without __GFP_FS.
// Drops:   other workqueues, and workers that can be forked: then no item waits for another.
// Atomic:  taking an item off the queue.
// Sources: atlas direct-and-swap 1.6 B2, 1.7, 9 rule 4, DL6.

#include "model/swap/paths/dio_worker.hpp"

#include "model/swap/paths/end_swap_io.hpp"
#include "model/swap/paths/swap_rw.hpp"
#include "model/swap/paths/xfs_trans.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// The completion of an asynchronous direct write to another file of the filesystem, with a
/// transaction that needs memory.
void complete_aio(Path& p, const World& w) {
  const auto fn = p.function("xfs_dio_write_end_io", "fs/xfs/xfs_file.c");
  p.step("AIO of another file: allocate for the conversion", allocate_nofail(w, Gfp::nofs));
  p.step("commit the conversion", then(free_memory(w)));
}

void record_dio_worker(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("process_one_work", "kernel/workqueue.c");
  const bool is_own = options.at("own_queue") != 0;
  const Workqueue& queue = is_own ? w.own_queue : w.queue;
  const Kernel& kernel = w.kernel();
  const Place frame = p.local("page", 0, w.frames() - 1);
  const auto page = w.frame[frame];
  const bool has_aio = !is_own && w.has_path("aio_write");
  const bool has_writes = is_own ? kernel.completed_by == CompletedBy::own_workqueue
                                 : kernel.completed_by == CompletedBy::shared_workqueue;
  const Label aio = p.forward();

  p.label("next");
  std::vector<Alternative> ways;
  if (has_writes || !has_aio)
    ways = for_any(w.frames(), [&](int f) {
      return when(queue.item[0] == f + 1)
          .note(fmt::format("the write of page {}", f))
          .then(frame = f)
          .then(queue.pop());
    });
  if (has_aio)
    ways.push_back(when(queue.item[0] == queue.aio).note("the AIO").then(queue.pop()).go(aio));
  p.step(weakly_fair(idle("take the first item")), ways);
  if (has_writes || !has_aio) {
    if (kernel.swap_io == SwapIo::iomap_swap_rw) {
      end_swap_write(p, w, page);
    } else {
      iomap_dio_complete(p, w, page, {.is_write = true, .is_sync = false, .gfp = Gfp::nofs});
      p.step("free the dio",
             kernel.dio_from == MemoryFrom::mempool ? always() : then(free_memory(w)));
      complete_kiocb(p, w, page, true);
    }
    p.step("go on", always().go("next"));
  }
  if (has_aio) {
    p.label(aio);
    complete_aio(p, w);
    p.step("go on after the AIO", always().go("next"));
  }
}

} // namespace

SwapPath dio_worker() {
  SwapPath path;
  path.name = "dio_worker";
  path.process = "dio_worker";
  path.function = "process_one_work";
  path.text = "the one worker of a workqueue that completes direct writes";
  path.source = "atlas direct-and-swap 1.6, 9";
  path.options = {{"own_queue", "1: of a workqueue for swap alone", 0, 1, 0}};
  path.record = record_dio_worker;
  path.is_daemon = true;
  return path;
}

} // namespace stalemate::kernel::swap
