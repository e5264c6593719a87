#include "model/iomap/paths.hpp"

#include "model/extension/additions.hpp"
#include "model/iomap/paths/gfs2_jdata.hpp"
#include "model/iomap/paths/iomap_dio_complete.hpp"
#include "model/iomap/paths/iomap_page_mkwrite.hpp"
#include "model/iomap/paths/iomap_writepages.hpp"
#include "model/iomap/paths/iomap_zero_range.hpp"
#include "model/iomap/paths/page_cache_ra_unbounded.hpp"
#include "model/iomap/paths/shrink_folio_list.hpp"
#include "model/iomap/paths/xfs_end_ioend.hpp"
#include "model/iomap/paths/xfs_file_buffered_read.hpp"
#include "model/iomap/paths/xfs_file_buffered_write.hpp"
#include "model/iomap/paths/xfs_file_dio_read.hpp"
#include "model/iomap/paths/xfs_file_dio_write.hpp"
#include "model/iomap/paths/xfs_file_fsync.hpp"
#include "model/iomap/paths/xfs_free_eofblocks.hpp"
#include "model/iomap/paths/xfs_free_file_space.hpp"
#include "model/iomap/paths/xfs_reflink_remap_range.hpp"
#include "model/iomap/paths/xfs_reflink_unshare.hpp"
#include "model/iomap/paths/xfs_setattr_size.hpp"
#include "model/iomap/paths/xfs_shift_file_space.hpp"

namespace stalemate::kernel::iomap {

const std::vector<IomapPath>& paths() {
  static const auto all = with_additions<IomapPath>({
      buffered_write(), buffered_read(), readahead(),      mmap_write(),  writeback(),
      fsync(),          reclaim(),       truncate(),       punch_hole(),  zero_range(),
      collapse_range(), insert_range(),  unshare(),        clone(),       cow_gc(),
      free_eofblocks(), dio_write(),     dio_read(),       jdata_write(), jdata_writeback(),
      log_flush(),      io_completion(), dio_completion(),
  });
  return all;
}

} // namespace stalemate::kernel::iomap
