#pragma once

#include "checker/ranks/ranks.hpp"
#include "checker/store/state_set.hpp"

#include <cstdint>
#include <vector>

namespace stalemate {

/// What the rank that keeps a state says of it. `level` is the one that is being expanded.
enum class Whereabouts : std::uint8_t {
  not_yet,      ///< Nobody led to it before, so it is behind the level.
  behind_level, ///< It was found before, but is behind the level as well.
  in_level,
  before_level,
};

/// The rank that keeps a state, by its hash. Other bits of it than those that the set goes by, or
/// all states of a rank would crowd in one part of its table.
[[nodiscard]] int keeper_of(const Word* state, int words, int ranks);

/// The states that one rank keeps for all, and at which level each is.
class Keeper {
 public:
  Keeper(const Layout& layout, std::uint64_t states_max, std::uint64_t memory_max);

  /// False if there is no room for it.
  [[nodiscard]] bool keep_first(const Word* state);

  /// The next level, from 0 on, will be expanded.
  void begin_level() { starts_.push_back(seen_.size()); }

  /// Enters the states of a message in their order, and says of each what was known before. False
  /// if the set is full. Throws std::bad_alloc.
  [[nodiscard]] bool claim(const Ranks::Message& states, Ranks::Message& answers);

  /// Says of each state of a message at which level it is. All of them are known.
  void tell_depths(const Ranks::Message& states, Ranks::Message& depths);

  [[nodiscard]] std::uint64_t size() const { return seen_.size(); }
  [[nodiscard]] std::uint64_t memory() const { return seen_.memory(); }
  [[nodiscard]] StateSet::Full full() const { return seen_.full(); }
  /// From now on it takes no more than this.
  void limit_memory(std::uint64_t memory_max) { seen_.limit_memory(memory_max); }

  void save(SnapshotWriter& out) const;
  /// Into an empty one.
  void load(SnapshotReader& in);

 private:
  template <typename Take>
  [[nodiscard]] bool for_each_batch(const Ranks::Message& states, Take take);
  [[nodiscard]] Whereabouts known(std::size_t number) const;

  StateSet seen_;
  std::vector<std::uint64_t> starts_; ///< By level, from 1 on: the first state that is kept of it.
  std::size_t words_;
  std::size_t bytes_;
  Candidates batch_;
};

/// Four answers take a byte.
void append_answer(Ranks::Message& answers, std::size_t index, Whereabouts known);
[[nodiscard]] Whereabouts answer_at(const Ranks::Message& answers, std::size_t index);

} // namespace stalemate
