// A trace as it is pasted into a mail: one lane per process, time downwards, at most 100 columns.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"

#include <iosfwd>
#include <string>

namespace stalemate::report {

/// Writes the lanes. `title` is the first line; colour repeats what the words say already.
void write_trace_text(const ir::Model& model,
                      const Trace& trace,
                      const std::string& title,
                      bool colour,
                      std::ostream& out);

} // namespace stalemate::report
