#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// What a direct write may do: IOMAP_OVERWRITE_ONLY, where that is true; and, where the user's
/// buffer lies in the file itself, the folio that must be there when the data is sent.
struct DioWriteMode {
  build::Expr overwrites_only;
  int buffer_folio = -1;
};

/// Maps the blocks of a request one mapping after the other and submits bios. Goes on at
/// `submitted` when there is an error, which dio->error then says.
void iomap_dio_iter_write(build::Path& p,
                          const World& w,
                          const DirectRequest& request,
                          const DioWriteMode& mode,
                          build::Label submitted);
void iomap_dio_iter_read(build::Path& p,
                         const World& w,
                         const DirectRequest& request,
                         build::Label submitted);

} // namespace stalemate::kernel::iomap
