// Journeys, bottles and lifts: what can be done next takes counting.

#include "checker/tests/beem/models.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::tests::beem {

using namespace stalemate::build; // NOLINT: the notation

Puzzle elevator_planning(const Passengers& passengers, int floors, int capacity) {
  const auto count = static_cast<int>(passengers.floors.size());
  const int inside = floors;
  Automata all("elevator_planning", {"elevator"});
  const Array where = all.variables.array("where", count, 0, inside, passengers.floors);
  const Place at = all.variables.var("at", 0, floors - 1);
  const Place riders = all.variables.var("riders", 0, count);
  const Place first = all.variables.var("first", 0, count);
  const Place second = all.variables.var("second", 0, count);
  const Place fearful = all.variables.var("fearful", 0, count);
  Automaton& p = all.add({"runs", "done"});
  p.way("runs", "done", for_all(count, [&](int i) { return where[i] == 0; }));
  for (int i = 0; i < count; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const int hates_second = passengers.hates_second[k];
    const int hates_first = passengers.hates_first[k];
    const int fears = passengers.fears_to_be_alone[k];
    p.way("runs",
          "runs",
          where[i] == at && riders < capacity && (hates_second == 0 || second == 0) &&
              (hates_first == 0 || first == 0) && (fears == 0 || riders > 0),
          together(where[i] = inside,
                   riders = riders + 1,
                   first = first + hates_second,
                   second = second + hates_first,
                   fearful = fearful + fears));
    p.way("runs",
          "runs",
          where[i] == inside && (riders > 2 || fearful - fears == 0),
          together(where[i] = at,
                   riders = riders - 1,
                   first = first - hates_second,
                   second = second - hates_first,
                   fearful = fearful - fears));
  }
  for (int floor = 0; floor < floors; ++floor)
    p.way("runs", "runs", at = floor);
  all.record();
  return {all.variables.finish(), p.at("done").node()};
}

Puzzle pouring(const std::vector<int>& sizes, int full, bool has_tap, int wanted) {
  const auto count = static_cast<int>(sizes.size());
  std::vector<std::string> names = numbered("bottle", count);
  if (has_tap) names.emplace_back("tap");
  Automata all("pouring", names);
  std::vector<Place> level;
  for (int i = 0; i < count; ++i) {
    const int size = sizes[static_cast<std::size_t>(i)];
    level.push_back(
        all.variables.var(fmt::format("bottle{}.level", i), 0, size, i == full ? size : 0));
  }
  for (std::size_t from = 0; from < sizes.size(); ++from) {
    Automaton& p = all.add({"stands"});
    const Place& here = level[from];
    for (std::size_t to = 0; to < sizes.size(); ++to) {
      if (from == to) continue;
      const Place& there = level[to];
      const Expr room = sizes[to] - there;
      p.way("stands", "stands", here > 0 && here <= room, together(there = there + here, here = 0));
      p.way("stands",
            "stands",
            here > room && room > 0,
            together(here = here - room, there = sizes[to]));
    }
  }
  if (has_tap) {
    Automaton& tap = all.add({"runs"});
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      tap.way("runs", "runs", level[i] < sizes[i], level[i] = sizes[i]);
      tap.way("runs", "runs", level[i] > 0, level[i] = 0);
    }
  }
  all.record();
  return {all.variables.finish(), (level[0] == wanted).node()};
}

Puzzle bridge(const std::vector<int>& minutes, int minutes_max) {
  const auto count = static_cast<int>(minutes.size());
  std::vector<std::string> names{"torch"};
  for (const std::string& name : numbered("soldier", count))
    names.push_back(name);
  Automata all("bridge", names);
  const Channel comes = all.channel();
  const Channel goes = all.channel();
  const Place passed = all.variables.var("passed", 0, minutes_max);
  const Place side = all.variables.var("side", 0, 1);
  const Place right = all.variables.var("right", 0, count);

  Automaton& torch = all.add({"free", "one", "two", "going"});
  const int longest = std::ranges::max(minutes);
  const Place slow = torch.local("slow", longest);
  const Place other = torch.local("other", longest);
  torch.way("free", "one").receives(comes, slow);
  torch.way("one", "two").receives(comes, other);
  torch.way("one", "going");
  torch.way("two", "going", slow >= other).sends(goes);
  torch.way("two", "going", slow < other, together(slow = other, other = 0)).sends(goes);
  torch
      .way("going",
           "free",
           passed + slow <= minutes_max,
           together(passed = passed + slow, slow = 0, side = 1 - side))
      .sends(goes);
  for (const int time : minutes) {
    Automaton& soldier = all.add({"left", "to the right", "right", "to the left"});
    soldier.way("left", "to the right", side == 0).sends(comes, time);
    soldier.way("to the right", "right", right = right + 1).receives(goes);
    soldier.way("right", "to the left", side == 1, right = right - 1).sends(comes, time);
    soldier.way("to the left", "left").receives(goes);
  }
  all.record();
  return {all.variables.finish(), (right == count).node()};
}

Puzzle elevator(int floors) {
  Automata all("elevator2", {"cabin", "people", "controller"});
  const Array wanted = all.variables.flags("wanted", floors);
  const Place target = all.variables.var("target", -1, floors, 0);
  const Place at = all.variables.var("at", 0, floors - 1);
  const Place is_called = all.variables.flag("is_called");
  Automaton& cabin = all.add({"idle", "moves", "open"});
  cabin.way("idle", "moves", is_called == 1);
  cabin.way("moves", "open", target == at);
  cabin.way("moves", "moves", target < at, at = at - 1);
  cabin.way("moves", "moves", target > at, at = at + 1);
  cabin.way("open", "idle", together(wanted[at] = false, is_called = false));
  Automaton& people = all.add({"call"});
  for (int i = 0; i < floors; ++i)
    people.way("call", "call", !wanted[i], wanted[i] = true);
  Automaton& controller = all.add({"waits", "works", "found"});
  const Place up = controller.local("up", 1);
  const Effect goes_on = target = target + 2 * up - 1;
  const Expr is_floor = target >= 0 && target < floors;
  controller.way("waits", "works", !is_called, goes_on);
  controller.way("works", "waits", !is_floor, up = 1 - up);
  controller.way("works", "found", is_floor && cell(wanted, target) == 1);
  controller.way("works", "works", is_floor && !cell(wanted, target), goes_on);
  controller.way("found", "waits", is_called = true);
  all.record();
  return {all.variables.finish(), nullptr};
}

} // namespace stalemate::tests::beem
