// A trace as a picture: one lane per process, time downwards, the values that matter at the right,
// and arrows for what one process saw of another. Who knows the kernel should need no words.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/head.hpp"

#include <cstdint>
#include <iosfwd>

namespace stalemate::report {

/// What is folded: what does not matter to the claim, if the picture would be longer than two
/// screens; that in any case; nothing.
enum class Fold : std::uint8_t { long_ones, always, never };

/// Writes the picture as DOT with final positions; draw() of graphviz.hpp makes a file of it.
void write_diagram(const ir::Model& model,
                   const Trace& trace,
                   const Caption& caption,
                   Fold fold,
                   std::ostream& out);

} // namespace stalemate::report
