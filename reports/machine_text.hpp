// The state machine of a process for a terminal, in the order of the kernel source.
#pragma once

#include "checker/ir/model.hpp"

#include <iosfwd>
#include <string>

namespace stalemate::report {

/// Writes steps, their ways and what those do, at most 100 columns wide; of one kernel function
/// only, if it is named.
void write_machine_text(const ir::Model& model,
                        int process,
                        bool colour,
                        std::ostream& out,
                        const std::string& function = {});

} // namespace stalemate::report
