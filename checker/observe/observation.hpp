// What somebody saw of a run from outside: calls that began and ended, in one order for all, and
// which steps each of them stands for. A step that a call stands for happens while such a call goes
// on, and nothing more is claimed: calls that overlap may have taken effect in any order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::observe {

/// A way through a step, by its place in the model.
struct Way {
  int process = 0;
  int step = 0;
  int alternative = 0;

  friend auto operator<=>(const Way&, const Way&) = default;
};

/// How often the ways that a call stands for are taken while it goes on.
enum class Times : std::uint8_t {
  once,  ///< exactly once
  often, ///< at least once
  maybe, ///< as often as the model likes
};

/// Calls of one kind, of which one at a time goes on.
struct CallKind {
  std::string name; ///< "writer0 iomap_write_begin"
  Times times = Times::once;
  /// What a call stands for, by what came of it: each of these is as good as another of its list.
  std::vector<std::vector<Way>> meanings;
};

/// A call begins.
struct Begin {
  int call = 0; ///< Index into Observation::calls.
  int meaning = 0;
};

/// Something that was seen, at one moment.
struct Event {
  std::string text; ///< "writer0 enter iomap_write_begin"; two events may have the same.
  std::vector<Begin> begins = {};
  std::vector<int> ends = {}; ///< Indexes into Observation::calls.
};

/// What belongs to no kind of call was not to be seen: it may happen at any time.
struct Observation {
  std::vector<CallKind> calls;
  std::vector<Event> events;
};

} // namespace stalemate::observe
