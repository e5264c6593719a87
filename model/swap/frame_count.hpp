#pragma once

#include "model/scenario/cast.hpp"
#include "model/swap/layout/setup.hpp"

#include <vector>

namespace stalemate::kernel::swap {

/// The most page frames that anonymous pages can be in at once, one at least. With so many, memory
/// alone decides who gets a page. `cast` is what the scenario lists.
[[nodiscard]] int frames_needed(const Setup& setup, const std::vector<Cast>& cast);

/// Does the process read more pages than the one that it uses?
[[nodiscard]] bool reads_ahead(const Cast& process);
/// Does it use the page, or read it ahead?
[[nodiscard]] bool reads_page(const Cast& process, int page);

} // namespace stalemate::kernel::swap
