// A trace as kernel developers draw races in commit messages: a column per process, only the steps
// that matter, 72 columns of plain ASCII.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/head.hpp"

#include <iosfwd>

namespace stalemate::report {

inline constexpr int ladder_columns = 72;

/// Writes what broke, the ladder, and what it means.
void write_ladder(const ir::Model& model,
                  const Trace& trace,
                  const Caption& caption,
                  std::ostream& out);

} // namespace stalemate::report
