#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"

#include <vector>

namespace stalemate::edit {

namespace {

/// Nobody has the lock because of the step any more. If the process takes it elsewhere too, whether
/// a release finds it held is known only as it runs.
void forget_lock(ir::Model& model, int number, const Lock& lock) {
  ir::Process& process = model.processes[static_cast<std::size_t>(number)];
  const std::vector<bool> is_reached = reached(process);
  bool takes_it_elsewhere = false;
  for (int s = 0; s < process.finished(); ++s)
    if (is_reached[static_cast<std::size_t>(s)])
      for (const ir::Alternative& way : step_at(process, s).alternatives)
        takes_it_elsewhere = takes_it_elsewhere || takes(way, lock, number);
  for (ir::Step& step : process.steps)
    for (ir::Alternative& way : step.alternatives) {
      if (!releases(way, lock, number)) continue;
      step.edit = "releases nothing";
      if (takes_it_elsewhere)
        release_if_held(model, way, lock, number);
      else
        forget(way, lock, number);
    }
}

} // namespace

void drop(ir::Model& model, const Site& site) {
  if (site.way != ir::none)
    throw EditError("a step is dropped as a whole; \"never\" takes one way from it");
  ir::Process& process = model.processes[static_cast<std::size_t>(site.process)];
  const ir::Step step = step_at(process, site.step);
  const Onward to = onward(process, site.step);
  // Nothing leads to the step any more, so it does not count as one that takes the lock.
  for (ir::Alternative& way : step_at(process, site.step).alternatives) {
    way.effects.clear();
    way.checks.clear();
    way.waits.clear();
  }
  redirect(process, site.step, to.step, to.retry);
  for (const ir::Alternative& way : step.alternatives)
    for (const Lock& lock : locks_taken(model, way))
      forget_lock(model, site.process, lock);
}

} // namespace stalemate::edit
