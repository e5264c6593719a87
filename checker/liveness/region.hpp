#pragma once

#include "checker/liveness/state_graph.hpp"
#include "checker/result/schedule.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace stalemate {

/// The states that a run can pass between a claim's cause, or the start if it has none, and its
/// goal, with the shortest way to each.
class Region {
 public:
  /// `level_ends`: by depth, the first state behind it.
  Region(const StateGraph& graph,
         const ClaimCode& claim,
         const std::vector<std::uint64_t>& level_ends);

  /// Finds them. False if it had to be given up.
  [[nodiscard]] bool explore(Pause& pause);

  /// In order of the shortest way to them.
  [[nodiscard]] const std::vector<StateId>& states() const { return states_; }
  [[nodiscard]] bool contains(StateId id) const { return origins_[id] != outside; }

  /// The way to a state, by way of the cause.
  [[nodiscard]] Schedule schedule_to(StateId id, const StateSet& seen) const;

 private:
  static constexpr StateId outside = std::numeric_limits<StateId>::max();

  [[nodiscard]] bool is_true(Entry claim, StateId id);
  void add(StateId id, StateId origin);
  void add_causes(std::uint64_t begin, std::uint64_t end);

  const StateGraph& graph_;
  const ClaimCode& claim_;
  const std::vector<std::uint64_t>& level_ends_;
  std::vector<StateId> states_;
  std::vector<StateId> origins_; ///< By state: the one before it, itself for a cause, or `outside`.
  std::vector<Word> state_;
};

} // namespace stalemate
