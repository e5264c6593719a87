// The runs of a model that an observation may be one of, as a model: the ordinary search decides
// whether there is one, and knows how far one goes.
#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/observe/observation.hpp"

#include <cstddef>

namespace stalemate::observe {

/// The model without its claims and with one more process, the last one, which goes through the
/// events in order. A way that a call stands for waits for such a call, and an event that ends a
/// call waits until it has been taken as often as it must.
[[nodiscard]] ir::Model observed(ir::Model model, const Observation& observation);

/// True in those states of observed() in which so many events have happened, or more.
[[nodiscard]] ir::ExpressionPtr have_happened(const ir::Model& observed, std::size_t events);

/// Has a call that goes on in this state of observed() been taken as often as it must?
[[nodiscard]] bool has_been_taken(const ir::Model& observed,
                                  const Observation& observation,
                                  int call,
                                  const ir::Valuation& state);

} // namespace stalemate::observe
