#pragma once

#include "checker/result/trace.hpp"
#include "model/scenario/scenario.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli {

/// Every difference between what a scenario expects and what a search found, in words; empty if
/// all is as expected, or nothing was stated. An incomplete search has no verdict, so nothing is
/// compared. `executions` is their number where Relacy answers.
[[nodiscard]] std::vector<std::string> surprises(const kernel::Scenario& scenario,
                                                 const ir::Model& model,
                                                 const Result& result,
                                                 const std::optional<Trace>& trace,
                                                 std::uint64_t executions = 0);

/// Names of the processes of the ring, or without a ring of everyone who is stuck; sorted.
[[nodiscard]] std::vector<std::string> deadlocked(const ir::Model& model, const Trace& trace);

/// True for a claim that only warns, in a scenario that asks and does not name it: it is told of,
/// and the answer is what all else says.
[[nodiscard]] bool is_mere_warning(const kernel::Scenario& scenario, const Result& result);

/// Steps that a model which holds never took, although something was expected to break: the likely
/// reason is among them. Empty otherwise.
[[nodiscard]] std::vector<std::string>
hints(const kernel::Scenario& scenario, const ir::Model& model, const Result& result);

} // namespace stalemate::cli
