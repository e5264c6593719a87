#pragma once

#include "checker/search/successors.hpp"
#include "checker/store/crew.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stalemate {

/// Some consecutive states of the frontier and the transitions out of them, for one thread.
struct Chunk {
  /// A target that may be the first of its kind.
  struct Candidate {
    std::uint64_t place; ///< Its slot.
    std::uint32_t target;
    std::uint32_t parent;
  };

  static constexpr std::uint64_t parents_max = 32;

  explicit Chunk(const Program& program);

  std::vector<Word> states; ///< The targets.
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint8_t> is_first; ///< Of each: no target before it, in any chunk, is the same.
  std::vector<std::uint32_t> transitions;
  std::vector<Candidate> candidates; ///< In order; after the count just those that are first.
  std::vector<std::size_t> ends;     ///< Of each expanded state: index behind its last target.
  std::vector<std::uint32_t> fresh;  ///< Of each: how many of its targets are first.
  std::vector<std::uint8_t> rises;   ///< Of each: leads to a state with a higher number.
  std::size_t count = 0;             ///< Of the targets.
  StateId first = 0;                 ///< The first state to be expanded,
  StateId end = 0;                   ///< and the first behind them.
  std::uint32_t base = 0;            ///< The targets are claimed under the numbers from here on.
  std::uint32_t start = 0;           ///< The number of the first new state among them.
  std::uint32_t new_states = 0;      ///< So many there are.
  Successors::Stop stop = Successors::Stop::no;
  std::uint32_t failed = 0;
  bool is_broken = false; ///< One of the new states breaks an invariant.

  /// The search ends in this chunk.
  [[nodiscard]] bool is_last() const { return is_broken || stop != Successors::Stop::no; }
};

/// Expands many states at once with several threads, so that nothing tells how many.
///
/// Every target has a number that says where it stands in the order in which one thread alone would
/// meet it. All threads claim their targets in the table; where several are the same state, the
/// lowest number stays. Then the first ones are counted, which gives each new state its place in
/// the store, and they are moved there. Between these passes all threads wait for each other.
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
  struct Hand {
    std::vector<Word> state;
    std::vector<std::uint64_t> fired;
  };

  template <typename Work>
  void for_each_chunk(Work work);
  void expand_chunk(Chunk& chunk, Hand& hand);
  template <int fixed_words>
  void claim_targets(Chunk& chunk);
  void find_first(Chunk& chunk);
  void settle(Chunk& chunk);
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
