// The states of a small model as a picture: how its runs part, meet, end and break.
#pragma once

#include "checker/inquiry/drawn_graph.hpp"
#include "checker/ir/model.hpp"
#include "reports/head.hpp"

#include <iosfwd>
#include <vector>

namespace stalemate::report {

/// Writes DOT for the layout `dot`. Of each node the values of `cells`, if there are any, or else
/// its number.
void write_state_graph(const ir::Model& model,
                       const DrawnGraph& graph,
                       const std::vector<ir::Cell>& cells,
                       const Caption& caption,
                       std::ostream& out);

} // namespace stalemate::report
