// A trace as a log with vector clocks, as ShiViz draws it (https://bestchai.bitbucket.io/shiviz/):
// the regular expression that reads it, a line for what would separate executions, the events.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"

#include <iosfwd>

namespace stalemate::report {

/// Applies to every event, which is two lines.
inline constexpr auto shiviz_expression = R"((?<host>\S*) (?<clock>{.*})\n(?<event>.*))";

/// One event for each step. A process hears of another where it reads, waits for or takes what the
/// other left: a flag, a lock, a value.
void write_shiviz(const ir::Model& model, const Trace& trace, std::ostream& out);

} // namespace stalemate::report
