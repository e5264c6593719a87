#pragma once

#include "checker/program/assembler.hpp"
#include "checker/program/simplify.hpp"

#include <set>

namespace stalemate {

/// What is known of the state that a transition leads to.
struct After {
  Known known;
  std::set<ir::Cell> changed; ///< Cells that may differ from before.
  bool is_possible = true;    ///< False if some effect always leaves its range.
};

/// Code that runs the effects of an alternative and moves the process to `next`, in the copy that
/// `begin` made. `known` is what holds before. Goes on at `out_of_range` if a value leaves the
/// range that its variable declares.
///
/// Constants are stored last, all of a word in one instruction; what reads them before gets the
/// constant itself.
[[nodiscard]] After lower_effects(Assembler& code,
                                  const Layout& layout,
                                  const ir::Model& model,
                                  const ir::Process& process,
                                  const ir::Alternative& alternative,
                                  const Known& known,
                                  Mark out_of_range);

} // namespace stalemate
