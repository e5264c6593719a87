// swapon(2), mm/swapfile.c, v4.10.
//
// Keeps:   the open of a device that has a size, the one look at what it needs.
// Drops:   the swap header, which needs an mkswap after the reset of a zram device and so makes the
//          window narrow; other users of the capability, such as filesystems, have no such guard.
// Atomic:  enabling the area is one step with the look: nobody swaps to it before.
// Sources: anonymous-stable-pages thread; atlas stable-pages FL4, B-R3.

#include "model/stable_pages/paths/swapon.hpp"

#include "checker/builder/path.hpp"
#include "model/stable_pages/objects/world.hpp"

namespace stalemate::kernel::stable_pages {

using namespace build;

namespace {

void record_enable_swap(Path& p, const World& w, const Options&) {
  const auto fn = p.function("swapon", "mm/swapfile.c");
  const bool is_locked = w.kernel().anon_flag_set == FlagSet::under_init_lock;
  p.step("open the device", always().wait(w.device.size_set == true, "the device to have a size"));
  if (is_locked) p.step("take the init_lock", take(w.device.init_lock));
  p.step("does the device need stable pages? enable the swap area",
         then(w.swap.stable = w.device.capability, w.swap.enabled = true));
  if (is_locked) p.step("drop the init_lock", then(release(w.device.init_lock)));
}

} // namespace

AnonPath enable_swap() {
  return {{.name = "anon_swapon",
           .process = "swapon",
           .function = "swapon",
           .text = "swapon(2); until then nothing is swapped out",
           .source = "atlas stable-pages FL4",
           .options = {}},
          record_enable_swap};
}

} // namespace stalemate::kernel::stable_pages
