#include "checker/edit/flow.hpp"

#include "checker/edit/edit_error.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace stalemate::edit {

namespace {

/// Applies `f` to the target of every way.
template <typename F>
void for_each_target(ir::Process& process, F f) {
  for (ir::Step& step : process.steps)
    for (ir::Alternative& way : step.alternatives)
      f(way);
}

/// A process begins at its first step, so that another beginning is moved there.
void begin_at(ir::Process& process, int start) {
  const auto first = process.steps.begin();
  std::rotate(first, first + start, first + start + 1);
  for_each_target(process, [&](ir::Alternative& way) {
    if (way.next == start)
      way.next = 0;
    else if (way.next < start)
      ++way.next;
  });
}

} // namespace

ir::Step& step_at(ir::Process& process, int step) {
  return process.steps[static_cast<std::size_t>(step)];
}

const ir::Step& step_at(const ir::Process& process, int step) {
  return process.steps[static_cast<std::size_t>(step)];
}

void make_room(ir::Process& process, int at, ir::Step step) {
  for_each_target(process, [&](ir::Alternative& way) {
    if (way.next >= at) ++way.next;
  });
  process.steps.insert(process.steps.begin() + at, std::move(step));
}

ir::Step take_out(ir::Process& process, int step) {
  for_each_target(process, [&](ir::Alternative& way) {
    if (way.next > step) --way.next;
  });
  ir::Step taken = std::move(process.steps[static_cast<std::size_t>(step)]);
  process.steps.erase(process.steps.begin() + step);
  return taken;
}

void redirect(ir::Process& process, int from, int to, bool retry) {
  for_each_target(process, [&](ir::Alternative& way) {
    if (way.next != from) return;
    way.next = to;
    way.retry = way.retry || retry;
  });
  if (from != 0) return;
  if (to == process.finished())
    throw EditError("nothing would be left of the process " + process.name);
  begin_at(process, to);
}

bool goes_back(const ir::Process& process, int step, const ir::Alternative& way) {
  const ir::Alternative* at = &way;
  for (std::size_t steps = 0; steps <= process.steps.size(); ++steps) {
    if (at->retry || at->next <= step) return true;
    if (at->next == process.finished()) return false;
    const ir::Step& next = step_at(process, at->next);
    if (next.alternatives.size() != 1) return false;
    at = &next.alternatives.front();
  }
  return true;
}

Onward onward(const ir::Process& process, int step) {
  std::set<int> forward;
  std::set<int> back;
  for (const ir::Alternative& way : step_at(process, step).alternatives)
    (goes_back(process, step, way) ? back : forward).insert(way.next);
  if (forward.size() == 1) return {*forward.begin(), false};
  if (forward.empty() && back == std::set<int>{step})
    throw EditError("it leads only back to itself, so that there is nothing to pass through to");
  if (forward.empty() && back.size() == 1) return {*back.begin(), true};
  throw EditError("its ways go on at different steps; say with \"always\" which of them is taken, "
                  "or give one another \"then\" with \"change\"");
}

std::vector<bool> reached(const ir::Process& process) {
  std::vector<bool> is_reached(process.steps.size() + 1, false);
  std::vector<int> todo{0};
  is_reached[0] = true;
  while (!todo.empty()) {
    const int at = std::exchange(todo.back(), 0);
    todo.pop_back();
    if (at == process.finished()) continue;
    for (const ir::Alternative& way : step_at(process, at).alternatives) {
      if (!is_reached[static_cast<std::size_t>(way.next)]) todo.push_back(way.next);
      is_reached[static_cast<std::size_t>(way.next)] = true;
    }
  }
  return is_reached;
}

void prune(ir::Process& process) {
  const std::vector<bool> is_reached = reached(process);
  std::vector<int> number;
  std::vector<ir::Step> steps;
  for (std::size_t s = 0; s < process.steps.size(); ++s) {
    number.push_back(static_cast<int>(steps.size()));
    if (is_reached[s]) steps.push_back(std::move(process.steps[s]));
  }
  number.push_back(static_cast<int>(steps.size()));
  process.steps = std::move(steps);
  for_each_target(process, [&](ir::Alternative& way) {
    way.next = number[static_cast<std::size_t>(way.next)];
  });
}

} // namespace stalemate::edit
