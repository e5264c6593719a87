#pragma once

#include "checker/ir/model.hpp"

namespace stalemate {

/// The model with every endless counter that is only compared with saved copies of itself replaced
/// by what such a comparison can tell: each copy becomes a flag, "still equal". Where the counter
/// grows all flags go out; where it is copied the flag goes on; a comparison is the flag. Of a
/// counter that nobody looks at nothing stays.
///
/// A counter qualifies if
/// - it is a scalar that is ir::Variable::endless, and is assigned nothing but itself plus what is
///   never negative, perhaps under a select: so it never comes back to an old value;
/// - its copies are assigned nothing but it, each other and constants that it has left behind or
///   starts with, perhaps under a select, and can hold what it can;
/// - nothing else reads it or them but == and != of the counter with a copy. Two copies are not
///   compared: of two that are old nobody could tell.
/// Others stay as they are. So do processes, steps and alternatives: a schedule of one model is a
/// schedule of the other, and every claim holds in one state just if it does in the other.
///
/// One thing is lost: that a counter leaves its range is an error of the original, found by its
/// search, and nothing here. That is why it has to be endless.
[[nodiscard]] ir::Model without_counters(ir::Model model);

} // namespace stalemate
