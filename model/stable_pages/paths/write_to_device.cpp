// __zram_bvec_write(), drivers/block/zram/zram_drv.c, v4.7 (where it was zram_bvec_write()) to
// v5.18 and v6.0 to v6.14; devices that check what they are given, store it, or read it twice, as
// ops_run_reconstruct5() and ops_run_io() of drivers/md/raid5.c do with skip_copy.
//
// Keeps:   every read of the page as a step of its own, the size that the first compression has
//          and the memory allocated for it, the failed allocation that makes zram compress again.
// Drops:   incompressible data, deduplication, the table lock of a zram slot: one slot, one writer.
// Atomic:  a compression reads the page in two steps, so that a store can fall in between; a copy
//          into the object and its publication are one step, since nobody reads it before.
// Sources: anonymous-stable-pages thread; atlas stable-pages ZW1-ZW5, CR1-CR3, PL1-PL2, RP1-RP2.

#include "model/stable_pages/paths/write_to_device.hpp"

namespace stalemate::kernel::stable_pages {

using namespace build;

namespace {

/// What is left of a page of which the first half was read before, the second now.
Expr joined(const World& w, const Transfer& t) {
  return select(t.half == w.page.content, w.page.content, content::torn);
}

/// The size that it compresses to: garbage is taken for big.
Expr size_of(const Expr& data) {
  return select(data == content::small, content::small, content::big);
}

void zram(Path& p, const World& w, const Transfer& t) {
  const auto fn = p.function("__zram_bvec_write", "drivers/block/zram/zram_drv.c");
  const Device device = w.kernel().anon_device;
  p.step("compress the first half", then(t.half = w.page.content));
  p.step("compress the second half", then(t.data = joined(w, t)));
  p.label("allocate");
  if (device == Device::zram_one_pass) {
    p.step("allocate memory for its size, sleep if need be", then(t.capacity = size_of(t.data)));
  } else {
    p.step("allocate memory for its size, without sleeping",
           then(t.capacity = size_of(t.data)).go("copy"),
           always().note("there is none: give the stream back").then(t.capacity = size_of(t.data)));
    p.step("allocate it with sleep, compress the first half again", then(t.half = w.page.content));
    p.step("compress the second half again", then(t.data = joined(w, t)));
    if (device == Device::zram_checks_size)
      p.step("is it the same size?",
             when(size_of(t.data) == t.capacity),
             otherwise().note("no: free the memory, allocate again").retry().go("allocate"));
  }
  p.label("copy");
  const Effect harm = w.kernel().anon_slot_freed == SlotFreed::with_last_entry
                          ? w.ghost.harm = !w.swap.has_cache && w.swap.users == 0
                          : Effect();
  p.step("copy it into the memory",
         then(w.ghost.overrun = size_of(t.data) > t.capacity, harm, w.swap.stored = t.data));
}

void checksum(Path& p, const World& w, const Transfer& t) {
  const auto fn = p.function("integrity_write", "the device");
  p.step("make the checksum", then(t.half = w.page.content));
  p.step("transfer the data", then(t.data = w.page.content));
  p.step("verify the checksum",
         when(t.half == t.data).then(w.swap.stored = t.data),
         otherwise().note("mismatch").then(t.failed = true, w.ghost.mismatch = true));
}

void plain_disk(Path& p, const World& w, const Transfer& t) {
  const auto fn = p.function("disk_write", "the device");
  p.step("transfer the first half", then(t.half = w.page.content));
  p.step("transfer the second half", then(w.swap.stored = joined(w, t)));
}

void parity_raid(Path& p, const World& w, const Transfer& t) {
  const auto fn = p.function("ops_run_reconstruct5", "drivers/md/raid5.c");
  p.step("read the page for the parity", then(t.half = w.page.content));
  const auto io = p.function("ops_run_io", "drivers/md/raid5.c");
  p.step("read the page for the data disk, write the stripe",
         then(w.swap.stored = w.page.content, w.ghost.harm = t.half != w.page.content));
}

} // namespace

Transfer declare_transfer(Path& p) {
  return {p.local_named("half", {"small", "big"}),
          p.local_named("data", {"small", "big", "torn"}),
          p.local_named("capacity", {"small", "big"}),
          p.local_flag("failed")};
}

void write_to_device(Path& p, const World& w, const Transfer& transfer) {
  switch (w.kernel().anon_device) {
  case Device::checksum:
    return checksum(p, w, transfer);
  case Device::plain_disk:
    return plain_disk(p, w, transfer);
  case Device::parity_raid:
    return parity_raid(p, w, transfer);
  default:
    return zram(p, w, transfer);
  }
}

} // namespace stalemate::kernel::stable_pages
