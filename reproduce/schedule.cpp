#include "reproduce/schedule.hpp"

#include "checker/ir/step_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace stalemate::reproduce {

namespace {

using report::SavedStep;
using report::SavedTrace;

constexpr auto begin_mark = "begin";
constexpr auto end_mark = "end";

/// Of its process.
bool is_first(const SavedTrace& trace, std::size_t step) {
  const auto found = std::ranges::find(trace.steps, trace.steps[step].process, &SavedStep::process);
  return found - trace.steps.begin() == static_cast<std::ptrdiff_t>(step);
}

std::string id_of(const SavedStep& step) {
  return ir::step_id(step.function, step.phrase);
}

bool has_passed(const SavedTrace& trace, std::size_t end, const std::string& id) {
  const auto& process = trace.steps[end].process;
  return std::any_of(trace.steps.begin(),
                     trace.steps.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](const SavedStep& step) {
                       return step.process == process && id_of(step).starts_with(id);
                     });
}

/// Whose bio it is, by what the step sees: "dio[B].bio[2]"; empty if it does not say.
std::string sender_of(const SavedStep& step) {
  if (!step.seen) return "";
  for (const auto& [cell, value] : *step.seen) {
    const auto begin = cell.find('[');
    const auto end = cell.find(']');
    if (cell.starts_with("dio[") && end != std::string::npos)
      return cell.substr(begin + 1, end - begin - 1);
  }
  return "";
}

/// The item of the step that sent what happens now comes to stand here: its process is held before
/// it sends. False if the process has gone on meanwhile.
bool moved_here(std::vector<Item>& items,
                const SavedTrace& trace,
                std::size_t step,
                const std::string& sent_by) {
  const std::string sender = sender_of(trace.steps[step]);
  const auto last = std::find_if(
      items.rbegin(), items.rend(), [&](const Item& item) { return item.process == sender; });
  if (last == items.rend() || !id_of(trace.steps[last->step]).starts_with(sent_by)) return false;
  Item item = *last;
  items.erase(std::next(last).base());
  item.step = step;
  items.push_back(item);
  return true;
}

/// Has somebody else done something since the step's sender did?
bool is_late(const std::vector<Item>& items, const SavedTrace& trace, std::size_t step) {
  return !items.empty() && items.back().process != sender_of(trace.steps[step]);
}

/// The first and the last item of everything that one process does in a row.
std::vector<Item> ends_of_turns(const std::vector<Item>& items) {
  std::vector<Item> kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto is_other = [&](std::size_t other) {
      return other >= items.size() || items[other].process != items[i].process;
    };
    if (i == 0 || is_other(i - 1) || is_other(i + 1)) kept.push_back(items[i]);
  }
  return kept;
}

/// The worker of the kernel that a process of the model is; null if it is none.
const Worker* worker_of(const report::SavedProcess& process, const KernelMap& map) {
  const auto found = std::ranges::find(map.workers, process.path, &Worker::path);
  return found == map.workers.end() ? nullptr : &*found;
}

/// Processes of the model that are one worker of the kernel have its role.
std::string role_of(const SavedTrace& trace, const KernelMap& map, const std::string& name) {
  const auto process = std::ranges::find(trace.processes, name, &report::SavedProcess::name);
  const bool is_worker = process != trace.processes.end() && worker_of(*process, map) != nullptr;
  return is_worker ? process->path : name;
}

/// Does a program of ours do this? It says when it begins.
bool is_program(const SavedTrace& trace, const KernelMap& map, const std::string& name) {
  const auto process = std::ranges::find(trace.processes, name, &report::SavedProcess::name);
  return process != trace.processes.end() && worker_of(*process, map) == nullptr;
}

/// Does it hold a lock when the trace ends? Then it has not come to its end.
bool is_unfinished(const SavedTrace& trace, const std::string& process) {
  std::map<std::string, bool> held;
  for (const SavedStep& step : trace.steps)
    for (const auto& [cell, change] : step.changes.value_or(report::SavedValues{})) {
      const std::string after = change.substr(change.rfind(" -> ") + 4);
      if (cell.ends_with("[" + process + "].shared")) held[cell] = after == "yes";
      if (cell.ends_with("lock") || cell.ends_with("i_rwsem")) held[cell] = after == process;
    }
  return std::ranges::any_of(held, [](const auto& lock) { return lock.second; });
}

/// The index of its last step, whether that has an item or not.
std::size_t last_step_of(const SavedTrace& trace, const std::string& process) {
  const auto last = std::find_if(trace.steps.rbegin(),
                                 trace.steps.rend(),
                                 [&](const SavedStep& step) { return step.process == process; });
  return static_cast<std::size_t>(trace.steps.rend() - last) - 1;
}

/// Who has not come to his end stays where he is until all others have done their steps.
void hold_unfinished(std::vector<Item>& items, const SavedTrace& trace, const KernelMap& map) {
  std::vector<Item> held;
  for (const report::SavedProcess& process : trace.processes) {
    const auto last = std::find_if(items.rbegin(), items.rend(), [&](const Item& item) {
      return item.process == process.name;
    });
    const bool stands = last != items.rend() && last != items.rbegin() && !last->is_exit &&
                        last->function != begin_mark &&
                        last->step >= last_step_of(trace, process.name);
    if (stands && is_program(trace, map, process.name) && is_unfinished(trace, process.name))
      held.push_back({process.name, true, last->function, last->step});
  }
  items.insert(items.end(), held.begin(), held.end());
}

std::string why_unheld(const Place& place) {
  if (place.kind != Place::Kind::inside) return place.why;
  return "inside " + place.function + (place.why.empty() ? "" : ": " + place.why);
}

std::string item_text(const Item& item) {
  return fmt::format("{} {} {}", item.process, item.is_exit ? "exit" : "enter", item.function);
}

} // namespace

Schedule schedule_of(const SavedTrace& trace, const KernelMap& map) {
  Schedule schedule;
  std::vector<Item> items;
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    const SavedStep& step = trace.steps[i];
    const Place* place = map.place_of(id_of(step), step.note);
    const std::string role = role_of(trace, map, step.process);
    if (is_program(trace, map, step.process) && is_first(trace, i))
      items.push_back({role, false, begin_mark, i});
    const bool is_item =
        place != nullptr && (place->kind == Place::Kind::enter || place->kind == Place::Kind::exit);
    const bool is_there =
        place != nullptr && (place->after.empty() || has_passed(trace, i, place->after));
    if (is_item && is_there)
      items.push_back({role, place->kind == Place::Kind::exit, place->function, i});
    else if (place == nullptr)
      schedule.unheld.push_back({i, "the map does not know it", true});
    else if (place->holds.empty())
      schedule.unheld.push_back({i, why_unheld(*place)});
    else if (!moved_here(items, trace, i, place->holds))
      schedule.unheld.push_back({i, why_unheld(*place), false, is_late(items, trace, i)});
  }
  schedule.items = ends_of_turns(items);
  hold_unfinished(schedule.items, trace, map);
  for (const report::SavedProcess& process : trace.processes)
    if (std::ranges::find(trace.steps, process.name, &SavedStep::process) == trace.steps.end())
      schedule.absent.push_back(process.name);
  return schedule;
}

std::string gate_commands(const Schedule& schedule, const KernelMap& map) {
  std::string text;
  for (const std::string& process : schedule.absent)
    text += fmt::format("# takes no step: {}\n", process);
  std::set<std::string> points;
  const auto point = [&](const std::string& function) {
    const bool is_mark = function == begin_mark || function == end_mark;
    if (!is_mark && points.insert(function).second) text += fmt::format("point {}\n", function);
  };
  for (const Item& item : schedule.items)
    point(item.function);
  for (const Worker& worker : map.workers)
    point(worker.function);
  for (const Check& check : map.checks)
    point(check.function);
  for (const std::string& function : map.watched)
    point(function);
  for (const Worker& worker : map.workers)
    text += fmt::format("worker {} {}\n", worker.function, worker.path);
  for (const Item& item : schedule.items)
    text += fmt::format("item {}\n", item_text(item));
  return text;
}

std::string explained(const SavedTrace& trace, const Schedule& schedule) {
  std::string text;
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    const SavedStep& step = trace.steps[i];
    text += fmt::format("{:>3} {}: {}: {}{}\n",
                        i + 1,
                        step.process,
                        step.function,
                        step.phrase,
                        step.note.empty() ? "" : " / " + step.note);
    bool has_item = false;
    for (std::size_t k = 0; k < schedule.items.size(); ++k)
      if (schedule.items[k].step == i) {
        text += fmt::format("      item {}: {}\n", k + 1, item_text(schedule.items[k]));
        has_item = true;
      }
    const auto unheld = std::ranges::find(schedule.unheld, i, &Unheld::step);
    if (unheld != schedule.unheld.end())
      text += fmt::format("      not held: {}\n", unheld->why);
    else if (!has_item)
      text += "      in its turn\n";
  }
  return text;
}

} // namespace stalemate::reproduce
