// A trace in the Informal Trace Format, which viewers and libraries around TLA+ read
// (https://apalache-mc.org/docs/adr/015adr-trace.html): all values in all states, no explanations.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/head.hpp"

#include <iosfwd>

namespace stalemate::report {

/// Truth values are booleans, words strings, arrays sequences, and tables sequences of sequences.
/// `mbt::actionTaken` is the step that led to the state. Of a run that goes on for ever `loop` is
/// the first of the states that come again, in their order, behind the last one.
void write_itf(const ir::Model& model,
               const Trace& trace,
               const Caption& caption,
               std::ostream& out);

} // namespace stalemate::report
