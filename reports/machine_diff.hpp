// What edits made of a path, as developers read a change: lines with - and +.
#pragma once

#include "checker/ir/model.hpp"

#include <iosfwd>

namespace stalemate::report {

/// Writes how the path that process `process` runs differs between two models with the same
/// processes: changed steps with two on either side, in the words of write_machine_text() but for
/// targets, which are named, since numbers shift. Nothing if there is no difference.
void write_machine_diff(
    const ir::Model& before, const ir::Model& after, int process, bool colour, std::ostream& out);

} // namespace stalemate::report
