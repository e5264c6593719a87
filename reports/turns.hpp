// By which tests a process came to where it did harm: what a step decided says nothing about data,
// and yet it is why the next one happens.
#pragma once

#include "reports/acts.hpp"
#include "reports/causality.hpp"

#include <set>
#include <vector>

namespace stalemate::report {

/// `relevant` are the steps that have a part in what broke, `harm` is the step that did the harm.
/// What `stale` says already is not said again.
[[nodiscard]] std::vector<Turn> turns(const ir::Model& model,
                                      const Trace& trace,
                                      const Acts& acts,
                                      const std::set<int>& relevant,
                                      int harm,
                                      const std::vector<Stale>& stale);

/// Loads of values that are not the newest. Only executions under a weak memory model have them: as
/// assignments of a constant to a variable of the process that is called like the shared one.
[[nodiscard]] std::vector<OldLoad> old_loads(const ir::Model& model, const Acts& acts);

} // namespace stalemate::report
