#pragma once

#include "checker/ir/model.hpp"
#include "lockless/interface.hpp"
#include "model/scenario/property_entry.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::lockless {

/// An execution of a protocol as a model that can do nothing else: a straight line for each thread,
/// so that reports show it and `replay` re-executes it. What broke, breaks at the last step.
[[nodiscard]] ir::Model execution(const std::string& name,
                                  const relacy::ProtocolEntry& protocol,
                                  const relacy::Outcome& outcome,
                                  const std::vector<PropertyEntry>& claims);

} // namespace stalemate::kernel::lockless
