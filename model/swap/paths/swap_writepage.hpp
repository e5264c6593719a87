#pragma once

#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

/// Writes task.page, which is locked and in the swap cache, to zswap or to its slot. task.result
/// says what the writer returned.
void swap_writepage(build::Path& path, const World& world, const Reclaimer& task);

/// __swap_writepage(): to its slot, whether there is a zswap or not.
void write_to_device(build::Path& path, const World& world, const Reclaimer& task);

/// Can swap_writepage() return anything but 0?
[[nodiscard]] bool may_return_error(const World& world);

/// Can a swap write of this scenario fail at all?
[[nodiscard]] bool may_fail(const World& world);

} // namespace stalemate::kernel::swap
