#include "model/dax/paths.hpp"

#include "model/dax/paths/dax_writeback_mapping_range.hpp"
#include "model/dax/paths/get_user_pages.hpp"
#include "model/dax/paths/xfs_alloc_vextent.hpp"
#include "model/dax/paths/xfs_discard.hpp"
#include "model/dax/paths/xfs_extent_busy_dax_done.hpp"
#include "model/dax/paths/xfs_extent_busy_wait_all.hpp"
#include "model/dax/paths/xfs_file_fallocate.hpp"
#include "model/dax/paths/xlog_cil_committed.hpp"
#include "model/extension/additions.hpp"

namespace stalemate::kernel::dax {

const std::vector<DaxPath>& paths() {
  static const auto all = with_additions<DaxPath>({
      dma(),
      direct_io(),
      punch(),
      truncate(),
      fsync(),
      other_file(),
      unmount(),
      log_commit(),
      discard_end(),
      page_idle(),
  });
  return all;
}

} // namespace stalemate::kernel::dax
