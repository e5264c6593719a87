#include "model/iomap/paths.hpp"

#include "model/iomap/paths/iomap_page_mkwrite.hpp"
#include "model/iomap/paths/iomap_writepages.hpp"
#include "model/iomap/paths/iomap_zero_range.hpp"
#include "model/iomap/paths/shrink_folio_list.hpp"
#include "model/iomap/paths/xfs_end_ioend.hpp"
#include "model/iomap/paths/xfs_file_buffered_write.hpp"
#include "model/iomap/paths/xfs_free_file_space.hpp"

namespace stalemate::kernel::iomap {

const std::vector<IomapPath>& paths() {
  static const std::vector<IomapPath> all{
      buffered_write(),
      mmap_write(),
      writeback(),
      reclaim(),
      zero_range(),
      punch_hole(),
      io_completion(),
  };
  return all;
}

} // namespace stalemate::kernel::iomap
