#include "model/stable_pages/paths.hpp"

#include "model/extension/additions.hpp"
#include "model/stable_pages/paths/blkdev_read.hpp"
#include "model/stable_pages/paths/do_swap_page.hpp"
#include "model/stable_pages/paths/shrink_page_list.hpp"
#include "model/stable_pages/paths/swapon.hpp"
#include "model/stable_pages/paths/zram_disksize.hpp"

namespace stalemate::kernel::stable_pages {

const std::vector<AnonPath>& paths() {
  static const auto all = with_additions<AnonPath>({
      swap_out(),
      store(),
      raw_read(),
      enable_swap(),
      zram_disksize(),
      device_read(),
  });
  return all;
}

} // namespace stalemate::kernel::stable_pages
