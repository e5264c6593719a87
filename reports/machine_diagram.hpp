// The state machine of a process as a picture: steps from top to bottom in the order of the kernel
// source, grouped by kernel function, jumps at the sides.
#pragma once

#include "checker/ir/model.hpp"

#include <iosfwd>

namespace stalemate::report {

/// Writes the picture as DOT with final positions; draw() of graphviz.hpp makes a file of it.
void write_machine_diagram(const ir::Model& model, int process, std::ostream& out);

} // namespace stalemate::report
