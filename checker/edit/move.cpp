#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"

#include <utility>
#include <vector>

namespace stalemate::edit {

namespace {

/// What a way that goes on elsewhere does would happen too early, and what lies before its target
/// be skipped: that is hardly what is meant.
void check_other_ways(const ir::Process& process, int step, int onward_to) {
  for (const ir::Alternative& way : step_at(process, step).alternatives)
    if (way.next != onward_to && !way.effects.empty())
      throw EditError("a way of the step goes on elsewhere, and does something before: \"insert\" "
                      "what should happen at the new place, and \"change\" the step");
}

} // namespace

void move(ir::Model& model, const Site& site, int to, bool behind, int way_of_target) {
  ir::Process& process = model.processes[static_cast<std::size_t>(site.process)];
  if (site.way != ir::none) throw EditError("a step is moved as a whole, not one way of it");
  if (to == site.step) throw EditError("a step can not be moved to itself");
  const Onward onward_to = onward(process, site.step);
  check_other_ways(process, site.step, onward_to.step);
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
  const int place = target > from ? target - 1 : target;
  // Who goes back to where it stands now comes to it, as everybody does.
  std::vector<bool> goes_to_itself;
  for (const ir::Alternative& way : moved.alternatives)
    goes_to_itself.push_back(!behind && way.next == place);
  insert(model, {site.process, place, way_of_target}, std::move(moved), behind);
  for (std::size_t w = 0; w < goes_to_itself.size(); ++w)
    if (goes_to_itself[w]) step_at(process, place).alternatives[w].next = place;
}

} // namespace stalemate::edit
