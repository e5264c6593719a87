#pragma once

#include "checker/ir/model.hpp"

#include <cstdint>

namespace stalemate::kernel {

/// What is still claimed.
enum class Claimed : std::uint8_t {
  states,      ///< What is claimed of states and of steps.
  no_deadlock, ///< That somebody can go on, whether it was claimed before or not.
};

/// The model in which everything is done under one lock: whoever has begun goes on until it ends or
/// may rest, and nobody else does anything meanwhile. Where the one who goes on has to wait for
/// another, nothing happens any more.
[[nodiscard]] ir::Model one_at_a_time(ir::Model model, Claimed claimed);

/// The variable that says who goes on in it: 0, or 1 + the process.
[[nodiscard]] ir::VariableId turn_of(const ir::Model& model);

} // namespace stalemate::kernel
