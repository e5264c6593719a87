#pragma once

#include "checker/ranks/deal.hpp"
#include "checker/ranks/ranks.hpp"
#include "checker/store/parents.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stalemate {

/// Where each state came from, as far as this rank knows: of those that it found itself, the parent
/// in two bits, and in one or two bytes which of the parent's targets it was. All ranks know who
/// found what, so a way back is followed from one to the next.
class Lineage {
 public:
  /// Of states with at most so many successors.
  Lineage(const Ranks& ranks, int successors_max);

  /// The next level is dealt out.
  void begin_level(const Deal& deal);
  /// The next state that this rank expands led to new states with these targets, by their index.
  void add_parent(std::span<const std::uint32_t> targets);
  /// A round is over, in which the ranks found so many new states, each.
  void end_round(std::span<const std::uint64_t> found);

  /// The number behind the last state that was found.
  [[nodiscard]] StateNumber end() const { return run_ends_.empty() ? 1 : run_ends_.back(); }

  /// A run: the states that one rank found in one round. Runs are numbered as states are.
  [[nodiscard]] std::uint64_t run_of(StateNumber state) const;
  [[nodiscard]] StateNumber run_end(std::uint64_t run) const { return run_ends_[run]; }
  [[nodiscard]] int finder(std::uint64_t run) const {
    return static_cast<int>(run % static_cast<std::uint64_t>(count_));
  }

  /// By which target, one after the other, the search came from the initial state to this one. All
  /// ranks ask for the same one at the same time.
  [[nodiscard]] std::vector<std::uint32_t> way_to(StateNumber state, Ranks& ranks) const;

  [[nodiscard]] std::uint64_t memory() const;

  void save(SnapshotWriter& out) const;
  /// Into an empty one.
  void load(SnapshotReader& in);

 private:
  struct LevelDealt {
    Deal deal;
    std::uint64_t expanded_before; ///< By this rank, of the levels before.
  };
  struct Origin {
    StateNumber parent = 0;
    std::uint32_t target = 0;
  };
  [[nodiscard]] Origin origin_of(StateNumber state) const;

  int number_;
  int count_;
  std::size_t target_bytes_;
  std::vector<StateNumber> run_ends_;     ///< By run.
  std::vector<std::uint64_t> own_before_; ///< By round: new states that this rank found before it.
  std::uint64_t own_ = 0;                 ///< That it found in all rounds that are over.
  std::vector<LevelDealt> levels_;
  Parents parents_;                   ///< By what this rank expanded and found.
  std::vector<std::uint8_t> targets_; ///< Of each state that it found, low byte first.
};

} // namespace stalemate
