#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"

namespace stalemate::edit {

void move(ir::Model& model, const Site& site, int to, bool behind) {
  ir::Process& process = model.processes[static_cast<std::size_t>(site.process)];
  if (to == site.step) throw EditError("a step can not be moved to itself");
  const Onward onward_to = onward(process, site.step);
  redirect(process, site.step, onward_to.step, onward_to.retry);
  // Another beginning was moved to the front.
  const bool is_start = site.step == 0;
  const auto number = [&](int step) {
    if (!is_start || step > onward_to.step) return step;
    return step == onward_to.step ? 0 : step + 1;
  };
  const int from = number(site.step);
  const int target = number(to);
  const int onward_step = number(onward_to.step);
  for (ir::Alternative& way : step_at(process, from).alternatives)
    if (way.next == onward_step) {
      way.next = ir::none;
      way.retry = false; // whether it goes back is said by its new place
    }
  ir::Step moved = take_out(process, from);
  moved.edit = "moved";
  insert(model, {site.process, target > from ? target - 1 : target}, std::move(moved), behind);
  prune(process);
}

} // namespace stalemate::edit
