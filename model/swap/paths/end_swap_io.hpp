#pragma once

#include "checker/builder/path.hpp"
#include "model/swap/objects/world.hpp"

namespace stalemate::kernel::swap {

/// What the completion of a swap write does to its page, whoever runs it. page.failed says whether
/// the data reached the device.
void end_swap_write(build::Path& path, const World& world, const FrameTable::Row& page);

/// The same for a read.
void end_swap_read(build::Path& path, const World& world, const FrameTable::Row& page);

/// __swapfile_write_complete() and __swapfile_read_complete(): find the page by the kiocb, end its
/// I/O, drop a reference on the kiocb.
void complete_kiocb(build::Path& path,
                    const World& world,
                    const FrameTable::Row& page,
                    bool is_write);

/// What the writer of a page remembers nowhere else, forgotten.
[[nodiscard]] build::Effect put_kiocb(const World& world, const FrameTable::Row& page);

} // namespace stalemate::kernel::swap
