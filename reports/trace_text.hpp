// A trace as it is pasted into a mail: one lane per process, time downwards, at most 100 columns.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/head.hpp"

#include <cstdint>
#include <iosfwd>

namespace stalemate::report {

/// The race only; of the steps those that matter to the claim; all of them.
enum class Detailed : std::uint8_t { race, slice, steps };

/// Writes the caption and the race, then the lanes. Colour repeats what the words say already.
void write_trace_text(const ir::Model& model,
                      const Trace& trace,
                      const Caption& caption,
                      Detailed detailed,
                      bool colour,
                      std::ostream& out);

} // namespace stalemate::report
