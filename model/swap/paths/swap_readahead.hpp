#pragma once

#include "model/swap/paths.hpp"
#include "model/swap/paths/do_swap_page.hpp"

#include <optional>

namespace stalemate::kernel::swap {

/// The locals of a task that reads ahead; none if it does not.
[[nodiscard]] std::optional<Ahead>
declare_ahead(build::Path& path, const World& world, const Options& options);

/// swapin_readahead() but for its last step, the read of the fault's own page: looks at the pages,
/// or the slots, around it, and at its own, and reads what is not in the swap cache.
void swapin_readahead(build::Path& path, const World& world, const Fault& fault);

} // namespace stalemate::kernel::swap
