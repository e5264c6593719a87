// The outcome of a search in words. A verdict of "holds" always says over how much.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

/// "R1#valid: holds: 1 234 states, 3 456 transitions, depth 31"; where states are known by hashes
/// only, "R1#valid: holds (probabilistic): ..., depth 31, omission probability at most 3.1e-33"
[[nodiscard]] std::string
verdict_line(const std::string& scenario, const ir::Model& model, const Result& result);

/// That line and, if the model holds, the steps that were never taken. `expected` are those of them
/// that the scenario names, in the words of NeverTaken::text().
void write_verdict_text(const std::string& scenario,
                        const ir::Model& model,
                        const Result& result,
                        const std::vector<std::string>& expected,
                        std::ostream& out);

} // namespace stalemate::report
