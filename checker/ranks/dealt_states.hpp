#pragma once

#include "checker/ranks/deal.hpp"
#include "checker/ranks/lineage.hpp"
#include "checker/ranks/ranks.hpp"
#include "checker/store/frontier.hpp"

#include <cstdint>
#include <vector>

namespace stalemate {

/// The states that this rank expands, and those that it finds, which go to others: to whom is only
/// known when the level is complete.
class DealtStates {
 public:
  DealtStates(const Layout& layout, Ranks& ranks, std::uint64_t block_max);

  /// Those that it expands, one level behind the other, each in the order of its numbers.
  [[nodiscard]] Frontier& frontier() { return frontier_; }
  /// The next one.
  [[nodiscard]] StateId next() const { return next_; }
  /// It was expanded.
  StateId pass() { return next_++; }

  void begin_level();
  /// The one of this level before which so many others come.
  [[nodiscard]] StateId of_level(std::uint64_t index) const {
    return level_begin_ + static_cast<StateId>(index);
  }

  /// The states that come next were found by this rank; the first has the number.
  void begin_run(StateNumber first) { runs_.push_back({first, first}); }
  void add_found(const Word* state) {
    found_.append(state);
    ++runs_.back().end;
  }

  /// All give what they have found to those to whom it is dealt. Throws std::bad_alloc, when all
  /// messages are sent.
  void deal_out(const Deal& deal, const Lineage& lineage);

  [[nodiscard]] std::uint64_t memory() const;

  void save(SnapshotWriter& out) const;
  /// Into empty ones, between levels.
  void load(SnapshotReader& in);

 private:
  struct Run {
    StateNumber first;
    StateNumber end;
  };

  void give(StateNumber end, const Deal& deal, std::vector<Ranks::Message>& out);
  void take(StateNumber end,
            const Deal& deal,
            const Lineage& lineage,
            const std::vector<Ranks::Message>& in);

  Ranks& ranks_;
  std::size_t words_;
  std::size_t bytes_;
  std::uint64_t piece_; ///< States that are given at a time.
  Frontier frontier_;
  StateId next_ = 0;
  StateId level_begin_ = 0;
  Arena found_;           ///< In this level.
  std::vector<Run> runs_; ///< Of them.
  std::size_t run_ = 0;   ///< The next to be given,
  StateId given_ = 0;     ///< and how many were.
  std::uint64_t taken_ = 0;
};

} // namespace stalemate
