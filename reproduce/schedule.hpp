// A trace as a schedule of gates. A program begins when its process takes its first step, and each
// step that the map has a place for is an item; of what one
// process does in a row only the first and the last are kept, which say when it may begin and when
// it is over: the less is asked of the kernel, the less of its own ways can be in conflict with it.
#pragma once

#include "reports/trace_json.hpp"
#include "reproduce/kernel_map.hpp"

#include <string>
#include <vector>

namespace stalemate::reproduce {

/// What happens next: this process comes to this place, and goes on.
struct Item {
  std::string process;
  bool is_exit = false;
  std::string function; ///< Or "begin" and "end" of the program.
  std::size_t step = 0; ///< Index of the step of the trace for which it stands.
};

/// A step without an item, and why.
struct Unheld {
  std::size_t step = 0;
  std::string why;
  bool is_unknown = false; ///< The map does not have it at all.
  bool is_early = false;   ///< It was to happen late, but who sends it has gone on.
};

struct Schedule {
  std::vector<Item> items;
  std::vector<Unheld> unheld;
  std::vector<std::string> absent; ///< Processes that take no step.
};

[[nodiscard]] Schedule schedule_of(const report::SavedTrace& trace, const KernelMap& map);

/// The schedule in the words of the module, gate/gate.c.
[[nodiscard]] std::string gate_commands(const Schedule& schedule, const KernelMap& map);

/// Every step with its item, or why there is none, for people.
[[nodiscard]] std::string explained(const report::SavedTrace& trace, const Schedule& schedule);

} // namespace stalemate::reproduce
