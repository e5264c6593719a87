#pragma once

#include "checker/liveness/components.hpp"

#include <vector>

namespace stalemate {

/// The states among which a fair run can stay for ever.
///
/// A run that stays in a strongly connected component and takes all its transitions again and again
/// is as fair as a run there can be. Whoever moves in the component has nothing to complain about.
/// Who does not move stands at one step all the time: if that is weakly fair and it could go on in
/// every state, no run that stays is fair; if it is strongly fair, a fair run must keep away from
/// all states in which it could go on, and what is left is decomposed again. Each time round one
/// process more is content for good, so this ends. (Streett emptiness after Emerson and Lei.)
class FairComponents {
 public:
  FairComponents(const StateGraph& graph, const Standings& standings, Pause& pause)
      : graph_(graph), standings_(standings), components_(graph, pause),
        state_(static_cast<std::size_t>(graph.program().layout.words())) {}

  /// Looks for them among `states`, in the graph without the transitions that are left out. Forgets
  /// what it found before. False if it had to be given up.
  [[nodiscard]] bool find(const std::vector<StateId>& states, NoProgressOf some);

  /// True if the state is in one of those found.
  [[nodiscard]] bool contains(StateId id) const { return is_found(components_.colour(id)); }
  /// True if a transition between states found stays in their component.
  [[nodiscard]] bool stays(StateId source, StateId target, Label label) const {
    return components_.stays(source, target, label, some_);
  }

 private:
  using Colour = Components::Colour;

  [[nodiscard]] bool is_cyclic(std::span<const StateId> component) const;
  void examine(std::span<const StateId> component);
  [[nodiscard]] bool is_found(Colour colour) const {
    return colour < found_.size() && found_[colour];
  }

  const StateGraph& graph_;
  const Standings& standings_;
  Components components_;
  NoProgressOf some_ = 0;
  std::vector<StateId> painted_;           ///< By the last find().
  std::vector<std::vector<StateId>> todo_; ///< To be decomposed again.
  std::vector<bool> found_;                ///< By colour.
  std::vector<Word> state_;
};

} // namespace stalemate
