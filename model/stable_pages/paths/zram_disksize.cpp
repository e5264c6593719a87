// disksize_store() and revalidate_disk(), drivers/block/zram/zram_drv.c, v4.9.
//
// Keeps:   the size that lets others open the device, the revalidation that clears what the device
//          says about stable pages, setting it again, the init_lock.
// Drops:   the reset before it.
// Atomic:  each is one store that a swapon can see apart.
// Sources: anonymous-stable-pages thread (last message); atlas stable-pages FL1-FL3, B-R3.

#include "model/stable_pages/paths/zram_disksize.hpp"

#include "checker/builder/path.hpp"
#include "model/stable_pages/objects/world.hpp"

namespace stalemate::kernel::stable_pages {

using namespace build;

namespace {

void record_zram_disksize(Path& p, const World& w, const Options&) {
  const auto fn = p.function("disksize_store", "drivers/block/zram/zram_drv.c");
  const auto how = w.kernel().anon_flag_set;
  const Effect publish = w.device.size_set = true;
  const Effect clear = w.device.capability = false;
  const Effect set = w.device.capability = true;

  p.step("take the init_lock", take(w.device.init_lock));
  if (how != FlagSet::before_size) p.step("set the size", then(publish));
  if (how == FlagSet::in_one_step) {
    p.step("revalidate: stable pages are needed throughout", then(clear, set));
  } else {
    p.step("revalidate: stable pages are not needed", then(clear));
    p.step("stable pages are needed", then(set));
  }
  if (how == FlagSet::before_size) p.step("set the size", then(publish));
  p.step("drop the init_lock", then(release(w.device.init_lock)));
}

} // namespace

AnonPath zram_disksize() {
  return {{.name = "anon_zram_disksize",
           .process = "disksize",
           .function = "disksize_store",
           .text = "a zram device that is given its size after a reset",
           .source = "atlas stable-pages FL1 to FL3",
           .options = {}},
          record_zram_disksize};
}

} // namespace stalemate::kernel::stable_pages
