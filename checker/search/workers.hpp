#pragma once

#include "checker/search/successors.hpp"
#include "checker/store/crew.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stalemate {

/// What one thread writes must not lie in a cache line in which another does, not even in the one
/// beside it, which some processors fetch as well.
inline constexpr std::size_t apart = 128;

/// Some consecutive states of the frontier and the transitions out of them.
struct alignas(apart) Chunk {
  static constexpr std::uint64_t parents_max = 32;

  /// Those targets that belong to one part of the table.
  struct alignas(apart) Lot {
    struct Entry {
      std::uint64_t hash;
      std::uint32_t target;
      std::uint32_t parent;
    };
    struct New {
      std::uint64_t place;
      std::uint64_t hash;
      std::uint32_t target;
      std::uint32_t parent;
      StateId id;
    };

    std::vector<Entry> entries;      ///< In order,
    std::vector<New> fresh;          ///< and those of them that were in no chunk before;
    std::vector<std::uint64_t> news; ///< the same as bits: which targets are new.
    std::uint32_t rises = 0;         ///< Bits: which parents lead to a state of a higher number.
  };

  Chunk(const Program& program, int parts);

  std::vector<Word> states; ///< The targets.
  std::vector<std::uint32_t> transitions;
  std::vector<Lot> lots;
  std::vector<std::size_t> ends;    ///< Of each expanded state: index behind its last target.
  std::vector<std::uint32_t> fresh; ///< Of each: how many of its targets are new.
  std::vector<std::uint64_t> news;  ///< Bits: which targets are new.
  std::size_t count = 0;            ///< Of the targets.
  StateId first = 0;                ///< The first state to be expanded,
  StateId end = 0;                  ///< and the first behind them.
  std::uint32_t base = 0;           ///< The targets are entered under the numbers from here on.
  std::uint32_t start = 0;          ///< The number of the first new state among them.
  std::uint32_t new_states = 0;     ///< So many there are.
  std::uint32_t rising = 0;         ///< What the lots found out about their parents.
  Successors::Stop stop = Successors::Stop::no;
  std::uint32_t failed = 0;
  bool is_broken = false; ///< One of the new states breaks an invariant.

  /// The search ends in this chunk.
  [[nodiscard]] bool is_last() const { return is_broken || stop != Successors::Stop::no; }
  [[nodiscard]] bool is_new(std::size_t target) const {
    return (news[target / 64] >> (target % 64) & 1) != 0;
  }
  /// Does this expanded state lead to one with a higher number?
  [[nodiscard]] bool rises(std::size_t parent) const { return (rising >> parent & 1) != 0; }
};

/// Expands many states at once with several threads, so that nothing tells how many.
///
/// Every target has a number that says where it stands in the order in which one thread alone would
/// meet it. Each thread has a part of the table, in which it enters the targets that belong there
/// in that order, so that of equal ones the first stays. Then the new ones are counted, which gives
/// each its place in the store, and they are moved there. Between these passes all threads wait for
/// each other; within one, none touches what another does.
class Workers {
 public:
  Workers(const Program& program, StateSet& seen, int threads);

  /// Expands states from `first` on, up to before `end` or to where the search ends. False, and
  /// nothing is done, where a limit could be met on the way: one thread must find out where.
  [[nodiscard]] bool expand(StateId first, std::uint64_t end);

  /// What was expanded; only the last chunk may be one where the search ends.
  [[nodiscard]] std::span<const Chunk> chunks() const { return {chunks_.data(), used_}; }
  /// How often each transition was fired in all of them.
  [[nodiscard]] std::vector<std::uint64_t> fired() const;

 private:
  /// What a thread has for itself.
  struct alignas(apart) Hand {
    std::vector<Word> state; ///< And as much room behind it as keeps threads apart.
    std::vector<std::uint64_t> fired;
    std::vector<std::uint32_t> ranks; ///< By word of a chunk's `news`: the new ones before it.
  };

  template <typename Work>
  void for_each_chunk(Work work);
  void expand_chunk(Chunk& chunk, Hand& hand);
  template <int fixed_words>
  void enter_targets(std::size_t part);
  template <int fixed_words>
  void enter_lot(const Chunk& chunk, Chunk::Lot& lot);
  void number(Chunk& chunk, Hand& hand);
  void settle(std::size_t part);
  [[nodiscard]] const Word* target(std::uint32_t number) const;

  const Program& program_;
  StateSet& seen_;
  Crew crew_;
  std::size_t words_;
  std::uint32_t room_; ///< Targets per chunk.
  std::vector<Chunk> chunks_;
  std::size_t used_ = 0;
  std::uint32_t known_ = 0; ///< States before this round.
  std::vector<Hand> hands_;
};

} // namespace stalemate
