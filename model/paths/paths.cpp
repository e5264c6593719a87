#include "model/paths/paths.hpp"

#include "model/paths/iomap_page_mkwrite.hpp"
#include "model/paths/iomap_writepages.hpp"
#include "model/paths/shrink_folio_list.hpp"
#include "model/paths/xfs_end_ioend.hpp"
#include "model/paths/xfs_file_buffered_write.hpp"

namespace stalemate::kernel {

const std::vector<PathEntry>& paths() {
  static const std::vector<PathEntry> all{
      buffered_write(),
      mmap_write(),
      writeback(),
      reclaim(),
      io_completion(),
  };
  return all;
}

} // namespace stalemate::kernel
