#pragma once

#include "model/swap/paths.hpp"
#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

/// May this task write pages to the swap area (may_enter_fs in shrink_page_list)?
[[nodiscard]] bool may_swap_out(const Kernel& kernel, Gfp gfp);

/// Is there a page that direct reclaim with these flags could do something about?
[[nodiscard]] build::Expr can_reclaim(const World& world, Gfp gfp);

/// One page of direct reclaim; goes on at `next`.
void shrink_page_list(
    build::Path& path, const World& world, const Reclaimer& task, Gfp gfp, build::Label next);

[[nodiscard]] SwapPath kswapd();

} // namespace stalemate::kernel::swap
