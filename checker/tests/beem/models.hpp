#pragma once

#include "checker/tests/beem/automata.hpp"

#include <string>

// Models of the BEEM collection (R. Pelanek, "BEEM: Benchmarks for Explicit Model Checkers", SPIN
// 2007), written down again in this project's notation from what its pages and the papers behind
// them say: the same automata over the same variables, so that states correspond one to one. Names
// are our own, and "no value" is the value behind the last one.

namespace stalemate::tests::beem {

struct Puzzle {
  ir::Model model; ///< Claims nothing.
  /// What the collection asks about: is it true in some reachable state? Null where it does not.
  ir::ExpressionPtr goal;
};

/// Writes them down. The goal is that two are there at once.
inline Puzzle finished(Automata& all, const std::string& inside) {
  all.record();
  return {all.variables.finish(), all.two_at(inside).node()};
}

/// In some variants the authors put a mistake.
enum class Mistake : std::uint8_t { none, first, second };

// Mutual exclusion. The goal is that two are inside.
Puzzle anderson(int processes);
Puzzle bakery(int processes, int highest, Mistake mistake);
Puzzle lamport(int processes, Mistake mistake);
Puzzle peterson(int processes);
Puzzle szymanski(int processes, Mistake mistake);
Puzzle mcs(int processes, Mistake mistake);
/// With clocks.
Puzzle alur_taubenfeld(int processes, int short_delay, int long_delay);
Puzzle fischer(int processes, int short_delay, int long_delay);
/// Over variables of which a read that meets a write sees anything.
Puzzle lamport_nonatomic(int processes, Mistake mistake);

/// Philosophers who all take the fork of their own first, but the first one if `is_odd`.
Puzzle philosophers_at_table(int count, bool is_odd);
/// At most `room` of them are at the table.
Puzzle philosophers_in_room(int count, int room);
/// One of them is elected: the goal is that two are.
Puzzle leader_filters(int processes, Mistake mistake);

// Planning. The goal is that it is solved.
Puzzle adding(int limit, int value);
Puzzle hanoi(int discs);
Puzzle frogs(int columns, int rows);
Puzzle loyd(int columns, int rows);
struct Car {
  bool is_upright;
  int x;
  int y;
  int length;
};
Puzzle rushhour(const std::vector<Car>& cars, int exit); ///< The first one is to get out.
Puzzle blocks(const std::vector<int>& below,
              const std::vector<std::pair<int, int>>& wanted); ///< The table is behind the last.
struct Passengers {
  std::vector<int> floors;
  std::vector<int> hates_second; ///< Does not ride with those of the second set.
  std::vector<int> hates_first;
  std::vector<int> fears_to_be_alone;
};
Puzzle elevator_planning(const Passengers& passengers, int floors, int capacity);
Puzzle pouring(const std::vector<int>& sizes, int full, bool has_tap, int wanted);
Puzzle bridge(const std::vector<int>& minutes, int minutes_max);

// Protocols and controllers.
Puzzle elevator(int floors);
Puzzle krebs(int glucose, int cycles, int energy);
Puzzle cyclic_scheduler(int customers, Mistake mistake);
Puzzle reader_writer(int readers, int writers, Mistake mistake);
/// Over channels that lose; at most so many messages in a row, if that is said.
Puzzle naive_transfer(int losses);
Puzzle alternating_bits();
Puzzle bounded_retransmission(int losses, int tries);

} // namespace stalemate::tests::beem
