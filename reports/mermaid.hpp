// A trace as a Mermaid sequence diagram, for places that draw those: issues, pull requests, README.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/head.hpp"

#include <cstddef>
#include <iosfwd>

namespace stalemate::report {

/// What every place that draws such diagrams still draws.
inline constexpr std::size_t mermaid_bytes_max = 5000;

/// Writes the diagram. A long trace is folded until it has less than mermaid_bytes_max bytes: first
/// steps that do not matter, then what steps changed, then all but the race.
void write_mermaid(const ir::Model& model,
                   const Trace& trace,
                   const Caption& caption,
                   std::ostream& out);

} // namespace stalemate::report
