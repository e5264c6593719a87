#pragma once

#include "checker/search/reduced.hpp"

namespace stalemate {

/// Checks the model as explore_reduced() does. Where an endless counter leaves its range, which is
/// no error of what is modelled, the search is made again with the counters followed further, up
/// to ir::counters_max; and if that is not far enough, without the counters, as far as they are
/// only compared with copies of themselves, see without_counters(). If neither decides, the search
/// is incomplete, and the reason names the counter.
///
/// Counts are those of the search that decided. Each search may go as far as the limits say.
[[nodiscard]] Result explore_endless(const ir::Model& model,
                                     const Reductions& reductions,
                                     const Limits& limits,
                                     Observer& observer);

} // namespace stalemate
