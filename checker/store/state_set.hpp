#pragma once

#include "checker/store/arena.hpp"
#include "checker/store/parents.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stalemate {

/// States on their way into the set, one behind the other.
struct Candidates {
  Candidates(int words, std::size_t room);

  std::vector<Word> states;
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint8_t> fresh; ///< After insert(): 1 if the state was not in the set before.
  std::vector<StateId> ids;        ///< After insert(): the number of the state.
  std::size_t count = 0;
};

/// The exact set of the states found, and where each came from.
///
/// A hash table of 32-bit slots in lines of the size of a cache line. A slot holds the number of a
/// state plus, in the bits that numbers do not need yet, a part of its hash, so that few other
/// states are looked at in vain. The hash's high bits choose a line and the slot where the search
/// in it starts; a full line continues in the next.
///
/// Memory latency decides the speed. So candidates are announced first, which fetches their lines;
/// insert() then fetches the states that they may be equal to, and only then compares.
class StateSet {
 public:
  /// Why no further state is taken.
  enum class Full : std::uint8_t { no, states, memory };

  static constexpr std::uint64_t states_limit = 0xffff'fffe; ///< Of the set itself.

  /// Takes at most `states_max` states and `memory_max` bytes.
  StateSet(const Layout& layout, std::uint64_t states_max, std::uint64_t memory_max);

  [[nodiscard]] std::uint64_t size() const { return arena_.size(); }
  /// Bytes in use: states, table and parents.
  [[nodiscard]] std::uint64_t memory() const;
  /// Those of the states alone.
  [[nodiscard]] std::uint64_t memory_of_states() const { return arena_.memory(); }

  /// Copies a state's words.
  void read(StateId id, Word* state) const { arena_.read(id, state); }

  /// Computes the hashes of the candidates from `first` on, and fetches what insert() will read.
  void announce(Candidates& candidates, std::size_t first);

  /// Inserts the announced candidates in order; new ones get the next numbers. Returns how many
  /// were taken: fewer than there are if the set is full. Throws std::bad_alloc, after which the
  /// set must not be used but for size() and read().
  [[nodiscard]] std::size_t insert(Candidates& candidates);

  /// Inserts one state; true if it was not in the set. For tests and for the initial state.
  bool insert_one(std::span<const Word> state);

  [[nodiscard]] Full full() const { return full_; }
  /// From now on takes at most so many states; not fewer than there are.
  void limit(std::uint64_t states_max) { states_max_ = states_max; }

  Parents parents; ///< To be filled in by the search.

 private:
  template <int fixed_words>
  void announce_sized(Candidates& candidates, std::size_t first);
  template <int fixed_words>
  std::size_t insert_sized(Candidates& candidates);
  template <int fixed_words>
  void fill_table();

  void make_room(std::size_t more);
  [[nodiscard]] std::uint64_t next_lines() const;
  void grow(std::uint64_t lines);

  [[nodiscard]] std::uint32_t* line(std::uint64_t number) const {
    return reinterpret_cast<std::uint32_t*>(table_.data()) + number * line_slots;
  }
  [[nodiscard]] std::uint64_t line_of(std::uint64_t hash) const;
  void fetch_equal(std::uint64_t hash) const;

  static constexpr unsigned line_slots = 16;
  static constexpr std::uint64_t line_bytes = line_slots * sizeof(std::uint32_t);

  int words_;
  std::uint64_t states_max_;
  std::uint64_t memory_max_;
  std::uint64_t bytes_per_state_;
  Full full_ = Full::no;
  Arena arena_;
  Pages table_;
  std::uint64_t lines_ = 0;
  std::uint64_t room_ = 0;     ///< States that the table takes before it must grow.
  std::uint64_t fitting_ = 0;  ///< States that table and memory allow now.
  std::uint32_t tag_mask_ = 0; ///< Bits of a slot that hold a part of the hash.
};

} // namespace stalemate
