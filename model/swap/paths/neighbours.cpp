// Others on the same machine: a process that exits, asynchronous direct writes to another file of
// the filesystem, freeze and thaw, shutdown, tasks that need two bios of one pool.
//
// Keeps:   what each of them holds while it waits for memory, a worker or an element.
// Drops:   everything else about them.
// Atomic:  freezing, which waits until no transaction runs; shutting down.
// Sources: atlas direct-and-swap 7, DL6, DL8, DL9, S12.

#include "model/swap/paths/neighbours.hpp"

#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

void record_exit(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("do_exit", "kernel/exit.c");
  p.step("free a page", then(free_memory(w)));
}

void record_aio(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("iomap_dio_bio_end_io", "fs/iomap/direct-io.c");
  p.step("an AIO to an unwritten extent has ended: queue its completion",
         then(w.queue.push(w.queue.aio)));
}

void record_freeze(Path& p, const World& w, const Options& /*options*/) {
  {
    const auto fn = p.function("freeze_super", "fs/super.c");
    const Expr runs = w.log.granted_to != 0;
    p.step("freeze once no transaction runs",
           take(w.file.freezer).wait(!runs, "transactions to end", w.log.granted_to));
  }
  const auto fn = p.function("thaw_super", "fs/super.c");
  allocate(p, w, "allocate for the system call, GFP_KERNEL", Gfp::kernel);
  p.step("thaw", then(free_memory(w), release(w.file.freezer)));
}

void record_shutdown(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("xfs_do_force_shutdown", "fs/xfs/xfs_fsops.c");
  p.step("shut the filesystem down", then(w.file.shut_down = true));
}

void record_two_bios(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("bio_alloc_bioset", "block/bio.c");
  const Pool& pool = w.pool;
  // Somebody else's, if there is one: what the task has itself does not come back before.
  const Expr other = select(pool.holders[0] == p.self(), pool.holders[1], pool.holders[0]);
  const auto element = [&] {
    return always()
        .wait(pool.elements > 0, "an element of the pool", other)
        .then(pool.elements = pool.elements - 1);
  };
  const auto submit = pool.in_flight = pool.in_flight + 1;
  if (w.kernel().second_element == SecondElement::holds_first) {
    p.step(
        "allocate the first bio",
        element().then(pool.holders[1] = select(pool.holders[0] != 0, p.self(), pool.holders[1]),
                       pool.holders[0] = select(pool.holders[0] == 0, p.self(), pool.holders[0])));
    p.step("allocate the second bio, with the first in hand", element());
    p.step("submit both",
           then(for_each(pool_size,
                         [&](int i) {
                           return pool.holders[i] =
                                      select(pool.holders[i] == p.self(), 0, pool.holders[i]);
                         }),
                pool.in_flight = pool.in_flight + 2));
    return;
  }
  p.step("allocate a bio", element());
  p.step("submit it", then(submit));
  p.step("allocate another bio", element());
  p.step("submit that too", then(submit));
}

void record_bio_device(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("bio_put", "block/bio.c");
  const Pool& pool = w.pool;
  p.label("next");
  p.step(weakly_fair(idle("a bio has ended: put it back into the pool")),
         when(pool.in_flight > 0)
             .then(pool.in_flight = pool.in_flight - 1, pool.elements = pool.elements + 1)
             .go("next"));
}

} // namespace

SwapPath exit_process() {
  return {{.name = "exit",
           .process = "exit",
           .function = "do_exit",
           .text = "another process exits, which frees a page",
           .source = "atlas direct-and-swap 0.2"},
          record_exit};
}

SwapPath aio_write() {
  return {{.name = "aio_write",
           .process = "aio",
           .function = "iomap_dio_bio_end_io",
           .text = "an asynchronous direct write to another file of the filesystem ends",
           .source = "atlas direct-and-swap 1.6, DL6"},
          record_aio};
}

SwapPath freeze() {
  return {{.name = "freeze",
           .process = "freeze",
           .function = "freeze_super",
           .text = "freezes the filesystem and thaws it again, for which it needs memory",
           .source = "atlas direct-and-swap 7 T2, DL8"},
          record_freeze};
}

SwapPath shutdown() {
  return {{.name = "shutdown",
           .process = "shutdown",
           .function = "xfs_do_force_shutdown",
           .text = "shuts the filesystem of the swap file down",
           .source = "atlas direct-and-swap 7, S12"},
          record_shutdown};
}

SwapPath two_bios() {
  return {{.name = "two_bios",
           .process = "writer",
           .function = "bio_alloc_bioset",
           .text = "a task that needs two bios of one pool",
           .source = "atlas direct-and-swap DL9"},
          record_two_bios};
}

SwapPath bio_device() {
  return {{.name = "bio_device",
           .process = "device",
           .function = "bio_put",
           .text = "the device that ends the bios of a pool",
           .source = "atlas direct-and-swap DL9",
           .is_daemon = true},
          record_bio_device};
}

} // namespace stalemate::kernel::swap
