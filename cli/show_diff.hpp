#pragma once

#include "cli/load.hpp"

#include <iosfwd>
#include <string>

namespace stalemate::cli {

/// Writes what the edits of a scenario make of the paths that its processes run, or of this one.
/// Throws UsageError if no process runs it.
void write_difference(const Candidate& candidate,
                      const std::string& path,
                      bool is_colour,
                      std::ostream& out);

} // namespace stalemate::cli
