#pragma once

#include "checker/liveness/state_graph.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace stalemate {

/// Strongly connected components of parts of a graph, after Tarjan, without recursion.
///
/// Every state has a colour; a part of the graph is the states of one colour, with the transitions
/// between them that are not left out. Colour 0 is for states of which nothing more is asked.
class Components {
 public:
  using Colour = std::uint32_t;

  Components(const StateGraph& graph, Pause& pause)
      : graph_(graph), pause_(pause), colours_(graph.size()), numbers_(graph.size()),
        lowest_(graph.size()) {}

  [[nodiscard]] Colour colour(StateId id) const { return colours_[id]; }
  void paint(StateId id, Colour colour) { colours_[id] = colour; }
  [[nodiscard]] Colour new_colour() { return ++last_colour_; }
  /// Where all are 0 again, new ones may start from 1.
  void forget_colours() { last_colour_ = 0; }

  /// True if the part has the transition.
  [[nodiscard]] bool stays(StateId source, StateId target, Label label, NoProgressOf some) const {
    return colours_[source] == colours_[target] && !is_left_out(label, some);
  }

  /// Calls visit(component) for each component of the parts that `states` are, each after those
  /// that it leads to. The component's states may be painted over. False if it had to be given up.
  template <typename States, typename Visit>
  [[nodiscard]] bool decompose(const States& states, NoProgressOf some, Visit visit) {
    last_number_ = 0;
    for (const StateId state : states)
      numbers_[state] = 0;
    for (const StateId state : states)
      if (numbers_[state] == 0 && !climb(state, some, visit)) return false;
    return true;
  }

  /// The same of the whole graph.
  template <typename Visit>
  [[nodiscard]] bool decompose_all(NoProgressOf some, Visit visit) {
    last_number_ = 0;
    std::ranges::fill(numbers_, 0);
    for (std::uint64_t id = 0; id < graph_.size(); ++id)
      if (numbers_[id] == 0 && !climb(static_cast<StateId>(id), some, visit)) return false;
    return true;
  }

 private:
  /// A state whose transitions are being followed.
  struct Frame {
    StateId state;
    std::uint32_t next; ///< The transition to look at.
  };
  static constexpr std::uint32_t done = ~std::uint32_t{0}; ///< Number of a state that was visited.

  void enter(StateId id) {
    numbers_[id] = lowest_[id] = ++last_number_;
    open_.push_back(id);
    frames_.push_back({id, 0});
  }

  template <typename Visit>
  bool climb(StateId root, NoProgressOf some, Visit& visit) {
    const Colour colour = colours_[root];
    enter(root);
    while (!frames_.empty()) {
      const StateId state = frames_.back().state;
      const auto targets = graph_.targets(state);
      const auto labels = graph_.labels(state);
      std::uint32_t& next = frames_.back().next;
      StateId child = state;
      while (next < targets.size() && child == state) {
        const StateId target = targets[next];
        const Label label = labels[next++];
        if (colours_[target] != colour || is_left_out(label, some)) continue;
        if (numbers_[target] == 0)
          child = target;
        else if (numbers_[target] != done)
          lowest_[state] = std::min(lowest_[state], numbers_[target]);
      }
      if (child != state) {
        enter(child);
        continue;
      }
      if (!pause_.goes_on()) return false;
      frames_.pop_back();
      if (!frames_.empty())
        lowest_[frames_.back().state] = std::min(lowest_[frames_.back().state], lowest_[state]);
      if (lowest_[state] == numbers_[state]) close(state, visit);
    }
    return true;
  }

  template <typename Visit>
  void close(StateId state, Visit& visit) {
    auto first = open_.end();
    do {
      --first;
      numbers_[*first] = done;
    } while (*first != state);
    component_.assign(first, open_.end());
    open_.erase(first, open_.end());
    visit(std::span<const StateId>(component_));
  }

  const StateGraph& graph_;
  Pause& pause_;
  std::vector<Colour> colours_;
  std::vector<std::uint32_t> numbers_; ///< In the order met; 0: not yet met.
  std::vector<std::uint32_t> lowest_;
  std::vector<StateId> open_;
  std::vector<Frame> frames_;
  std::vector<StateId> component_;
  std::uint32_t last_number_ = 0;
  Colour last_colour_ = 0;
};

} // namespace stalemate
