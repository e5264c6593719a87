#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"

#include <algorithm>
#include <set>

namespace stalemate::edit {

namespace {

/// The ways behind which a step comes: the named one, or all, if they go on at one and the same
/// step.
std::vector<int> ways_onward(const ir::Process& process, const Site& at) {
  const auto& ways = step_at(process, at.step).alternatives;
  if (at.way != ir::none) return {at.way};
  std::vector<int> all;
  std::set<int> targets;
  for (std::size_t a = 0; a < ways.size(); ++a) {
    all.push_back(static_cast<int>(a));
    targets.insert(ways[a].next);
  }
  if (targets.size() == 1) return all;
  throw EditError("the ways of the step go on at different steps; name the one behind which it "
                  "comes, behind \" / \"");
}

} // namespace

void insert(ir::Model& model, const Site& at, ir::Step step, bool behind) {
  ir::Process& process = model.processes[static_cast<std::size_t>(at.process)];
  if (step.edit.empty()) step.edit = "inserted";
  if (!behind && at.way != ir::none)
    throw EditError("a step comes before a step, not before one way of it");

  const int place = behind ? at.step + 1 : at.step;
  const auto ways = behind ? ways_onward(process, at) : std::vector<int>{};
  int next = behind ? step_at(process, at.step).alternatives[static_cast<std::size_t>(ways[0])].next
                    : at.step;
  if (next >= place) ++next;
  // Who goes back to try again does so behind the new step as well.
  const bool is_retry =
      behind && std::ranges::all_of(ways, [&](int way) {
        return step_at(process, at.step).alternatives[static_cast<std::size_t>(way)].retry;
      });
  for (ir::Alternative& way : step.alternatives) {
    if (way.next == ir::none) {
      way.next = next;
      way.retry = way.retry || is_retry;
    } else if (way.next >= place) {
      ++way.next;
    }
  }
  make_room(process, place, std::move(step));
  if (behind) {
    for (const int way : ways)
      step_at(process, at.step).alternatives[static_cast<std::size_t>(way)].next = place;
    return;
  }
  // Everything that led to the old step leads to the new one, but for the new one itself. If it was
  // the first step, the new one is by its place.
  for (int s = 0; s < process.finished(); ++s)
    for (ir::Alternative& way : step_at(process, s).alternatives)
      if (s != place && way.next == place + 1) way.next = place;
}

} // namespace stalemate::edit
