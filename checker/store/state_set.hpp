#pragma once

#include "checker/store/arena.hpp"
#include "checker/store/crew.hpp"
#include "checker/store/fetch.hpp"
#include "checker/store/fingerprint.hpp"
#include "checker/store/folding.hpp"
#include "checker/store/frontier.hpp"
#include "checker/store/hash.hpp"
#include "checker/store/parents.hpp"
#include "checker/store/storage.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stalemate {

/// States on their way into the set, one behind the other.
struct Candidates {
  Candidates(int words, std::size_t room);

  std::vector<Word> states;
  std::vector<Word> keys;           ///< What the set knows them by, if that is something else.
  std::vector<Folding::Part> parts; ///< Of those that a tree folds.
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint8_t> fresh; ///< After insert(): 1 if the state was not in the set before.
  std::vector<StateId> ids;        ///< After insert(): the number of the state.
  std::size_t count = 0;
};

/// The set of the states found, and where each came from.
///
/// It knows a state by its key: the state itself, or what its storage makes of that. Two states
/// with the same key are one, which is true of all but Storage::compact.
///
/// A hash table of 32-bit slots in lines of the size of a cache line. A slot holds the number of a
/// state plus, in the bits that numbers do not need yet, a part of its hash, so that few other
/// states are looked at in vain. The hash's high bits choose a line and the slot where the search
/// in it starts; a full line continues in the next.
///
/// Memory latency decides the speed. So candidates are announced first, which fetches their lines.
/// To fetch the states as well that they may be equal to takes longer than it saves: 15 % on 10^7
/// states of one word, since the processor looks ahead far enough by itself.
class StateSet {
 public:
  /// Why no further state is taken.
  enum class Full : std::uint8_t { no, states, memory };

  static constexpr std::uint64_t states_limit = 0xffff'fffe; ///< Of the set itself.

  /// Takes at most `states_max` states and `memory_max` bytes. `hash_bits` are those of a compact
  /// set's keys, fingerprint_bits at most.
  StateSet(const Layout& layout,
           std::uint64_t states_max,
           std::uint64_t memory_max,
           Storage storage = Storage::exact,
           int hash_bits = fingerprint_bits);

  [[nodiscard]] std::uint64_t size() const { return arena_.size(); }
  /// Bytes in use: states, table, parents, and what the storage has beside them.
  [[nodiscard]] std::uint64_t memory() const { return memory_with(0); }
  /// Those of the states alone.
  [[nodiscard]] std::uint64_t memory_of_states() const { return arena_.memory(); }

  /// Copies a state's words. A compact set has only those that were not forgotten, and those kept.
  void read(StateId id, Word* state) const {
    if (storage_ == Storage::exact) [[likely]]
      return arena_.read(id, state);
    restore(id, state);
  }
  /// Is it this state that has the number?
  [[nodiscard]] bool is(StateId id, const Word* state) const;

  /// States before this one will not be read again, but for those that were kept before.
  void forget_before(StateId id) {
    if (frontier_) frontier_->forget_before(id);
  }
  /// The state will be read again. Called in rising order.
  void keep(StateId id) {
    if (frontier_) frontier_->keep(id);
  }

  /// Tells of the candidates from `first` on, so that what insert() will read can be fetched. They
  /// are successors of the state that was read last, or a tree takes longer.
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
  /// From now on takes at most so many bytes.
  void limit_memory(std::uint64_t memory_max) { memory_max_ = memory_max; }

  /// What is in it, without its limits.
  void save(SnapshotWriter& out) const;
  /// Into an empty one of the same storage. Throws std::bad_alloc as well.
  void load(SnapshotReader& in);

  // What follows is for several threads at once. The table has a part for each of them, in which no
  // other looks or writes; a state's hash says which part is its own. Only Storage::exact has it.

  /// From now on there are so many threads, and at most `entries_max` calls of enter() at a time,
  /// under numbers from size() on.
  void divide(int parts, std::uint64_t entries_max);

  /// Makes room for that many more states. False if a limit may be met before, or as long as there
  /// are too few states for that many parts.
  [[nodiscard]] bool make_room_for_entries(Crew& crew);

  [[nodiscard]] std::uint64_t hash(const Word* state) const { return hash_of(state, words_); }
  /// The part of the table that a state belongs to.
  [[nodiscard]] int part_of(std::uint64_t hash) const { return locate(hash).part; }
  /// Fetches what enter() will read.
  void announce(std::uint64_t hash) const { fetch(line(locate(hash).line)); }
  /// Later: fetches the state that it may be equal to.
  void announce_equal(std::uint64_t hash) const {
    const std::uint32_t* slots = line(locate(hash).line);
    const auto home = static_cast<unsigned>(hash >> 32);
    const std::uint32_t tag = static_cast<std::uint32_t>(hash) & tag_mask_;
    for (unsigned i = 0; i < line_slots; ++i) {
      const std::uint32_t slot = slots[(home + i) % line_slots];
      if (slot == 0) return;
      if (((slot ^ tag) & tag_mask_) != 0) continue;
      const std::uint32_t other = (slot & ~tag_mask_) - 1;
      if (other < arena_.size()) arena_.announce(other);
      return;
    }
  }

  /// Where a state stands in the table, and the number under which it is known.
  struct Entered {
    std::uint64_t place;
    std::uint32_t number;
  };
  /// Looks the state up in its part, and enters it under `number` if it is not there.
  /// `is_equal(n)` compares it with the one that was entered under n. `fixed_words` is the layout's
  /// number of words, or 0 for any.
  template <int fixed_words, typename Equal>
  [[nodiscard, gnu::always_inline]] inline Entered
  enter(std::uint64_t hash, const Word* state, std::uint32_t number, Equal is_equal);

  /// There will be so many states. One thread calls this alone, before settle().
  void make_room_for_states(std::uint64_t count) { arena_.extend(count); }
  /// Puts the state there that will have the number.
  void set(StateId id, const Word* state) { arena_.set(id, state); }
  /// Gives a state that was entered its number for good.
  void settle(std::uint64_t place, std::uint64_t hash, StateId id) {
    *slot(place) = value_of(hash, id);
  }

  Parents parents; ///< To be filled in by the search.

 private:
  static constexpr unsigned line_slots = 16;
  static constexpr std::uint64_t line_bytes = line_slots * sizeof(std::uint32_t);

  struct Located {
    int part;
    std::uint64_t line;
  };

  template <int fixed_words>
  void announce_sized(Candidates& candidates, std::size_t first);
  template <int fixed_words>
  std::size_t insert_sized(Candidates& candidates);
  void fill(Crew* crew);
  void fill_part(int part, std::uint64_t first, std::span<const std::uint64_t> hashes);

  /// For so many candidates, of `announced` ones in all, as far as memory goes.
  void make_room(std::size_t more, std::size_t announced);
  [[nodiscard]] std::uint64_t next_lines() const;
  /// With a crew, all of it enters the states again.
  void grow(std::uint64_t lines, Crew* crew = nullptr);
  /// Bytes of the states and their parents when the table is full.
  [[nodiscard]] std::uint64_t memory_when_full() const;

  [[nodiscard]] const Word* keys_of(const Candidates& candidates) const {
    return storage_ == Storage::exact ? candidates.states.data() : candidates.keys.data();
  }
  void make_hashes(Candidates& candidates, std::size_t first);
  void announce_parts(Candidates& candidates, std::size_t first);
  void fold(Candidates& candidates);
  void restore(StateId id, Word* state) const;
  /// Bytes in use when so much is beside keys, table and parents as so many more states need.
  [[nodiscard]] std::uint64_t memory_with(std::uint64_t more) const;
  [[nodiscard]] std::uint64_t memory_beside(std::uint64_t more) const;

  [[nodiscard]] std::uint32_t* line(std::uint64_t number) const {
    return reinterpret_cast<std::uint32_t*>(table_.data()) + number * line_slots;
  }
  /// The high bits choose the part, the next ones the line in it.
  [[nodiscard]] Located locate(std::uint64_t hash) const {
    __extension__ using Wide = unsigned __int128;
    const Wide scaled = static_cast<Wide>(hash) * parts_;
    const auto part = static_cast<std::uint64_t>(scaled >> 64);
    const Wide within = static_cast<Wide>(static_cast<std::uint64_t>(scaled)) * part_lines_;
    return {static_cast<int>(part), part * part_lines_ + static_cast<std::uint64_t>(within >> 64)};
  }
  /// Behind the last line of a part comes its first.
  [[nodiscard]] std::uint64_t line_after(std::uint64_t line) const {
    return (line + 1) % part_lines_ == 0 ? line + 1 - part_lines_ : line + 1;
  }
  [[nodiscard]] std::uint32_t value_of(std::uint64_t hash, std::uint32_t number) const {
    return (static_cast<std::uint32_t>(hash) & tag_mask_) | (number + 1);
  }
  [[nodiscard]] std::uint32_t* slot(std::uint64_t place) const {
    return reinterpret_cast<std::uint32_t*>(table_.data()) + place;
  }

  Storage storage_;
  int hash_bits_;
  int state_words_;
  std::optional<Folding> folding_;   ///< Of a tree.
  std::optional<Frontier> frontier_; ///< Of a compact set.
  Arena arena_;                      ///< Of keys.
  int words_;                        ///< Of a key.
  std::uint64_t bytes_per_state_;    ///< The bytes of its key.
  std::uint64_t states_max_;
  std::uint64_t memory_max_;
  Full full_ = Full::no;
  Pages table_;
  std::uint64_t entries_max_ = 0;
  std::uint64_t parts_wanted_ = 1;
  std::uint64_t parts_ = 1;
  std::uint64_t part_lines_ = 0;
  std::uint64_t lines_ = 0;
  std::uint64_t room_ = 0;     ///< States that the table takes before it must grow.
  std::uint64_t fitting_ = 0;  ///< States that table and memory allow now.
  std::uint32_t tag_mask_ = 0; ///< Bits of a slot that hold a part of the hash.
};

template <int fixed_words, typename Equal>
StateSet::Entered
StateSet::enter(std::uint64_t hash, const Word* state, std::uint32_t number, Equal is_equal) {
  const std::uint32_t mine = value_of(hash, number);
  const auto home = static_cast<unsigned>(hash >> 32) % line_slots;
  std::uint64_t current = locate(hash).line;
  std::uint32_t* slots = line(current);
  for (unsigned at = home;;) {
    std::uint32_t& slot = slots[at];
    if (slot == 0) {
      slot = mine;
      return {current * line_slots + at, number};
    }
    if (((slot ^ mine) & tag_mask_) == 0) {
      const std::uint32_t other = (slot & ~tag_mask_) - 1;
      if (other < arena_.size() ? arena_.equals<fixed_words>(other, state) : is_equal(other))
        return {current * line_slots + at, other};
    }
    at = (at + 1) % line_slots;
    if (at != home) continue;
    current = line_after(current);
    slots = line(current);
  }
}

} // namespace stalemate
