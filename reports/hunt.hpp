// What a hunt through all small scenarios covered, and the races that it found.
#pragma once

#include "reports/mechanism.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::report {

/// A race from one kind of start, in the smallest scenario that was found of it.
struct HuntStart {
  std::string start;           ///< "hole, copy delalloc"
  std::uint64_t scenarios = 0; ///< That break so.
  std::string scenario;        ///< JSON; empty: it is as another start's, or larger than those.
  std::string same_as;         ///< The start whose scenario this one becomes when it is shrunk.
  std::string file;            ///< Where the scenario was written, if it was.
  std::string processes;       ///< "buffered_write, reclaim, writeback"
  std::size_t steps = 0;       ///< Of a shortest trace.
  std::optional<std::size_t> preemptions; ///< The fewest of any run; nothing: not counted.
};

struct HuntRace {
  Mechanism mechanism;
  std::uint64_t scenarios = 0;
  std::vector<HuntStart> starts;  ///< In the order in which they were found.
  std::vector<std::string> known; ///< As what it is known; empty: it is new.
};

struct Hunt {
  std::string set;                 ///< "up to 3 processes out of ... over files of ..."
  std::vector<std::string> kernel; ///< What was typed to say which kernel it is.
  std::size_t layouts = 0;         ///< That can exist.
  std::size_t layouts_refused = 0; ///< That cannot.
  std::uint64_t scenarios = 0;     ///< Of the set.
  std::uint64_t refused = 0;       ///< That cannot exist, or are not modelled.
  std::uint64_t vacuous = 0;       ///< In which nothing can break the claims that were asked for.
  std::uint64_t held = 0;          ///< Searched to the end.
  std::uint64_t broken = 0;
  std::uint64_t undecided = 0;        ///< That have more states than allowed.
  std::uint64_t states = 0;           ///< That were visited, in all of them.
  std::uint64_t states_max = 0;       ///< Of each.
  std::optional<std::string> stopped; ///< Why the hunt did not come to the end of the set.
  std::vector<HuntRace> races;

  [[nodiscard]] std::uint64_t done() const { return refused + vacuous + held + broken + undecided; }
  [[nodiscard]] bool is_whole() const { return !stopped && undecided == 0; }
};

/// What is proved by it, and what is not: one sentence.
[[nodiscard]] std::string coverage(const Hunt& hunt);

void write_hunt_text(const Hunt& hunt, std::ostream& out);
void write_hunt_markdown(const Hunt& hunt, std::ostream& out);
void write_hunt_json(const Hunt& hunt, std::ostream& out);

} // namespace stalemate::report
