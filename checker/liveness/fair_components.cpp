#include "checker/liveness/fair_components.hpp"

#include <utility>

namespace stalemate {

bool FairComponents::find(const std::vector<StateId>& states, NoProgressOf some) {
  for (const StateId state : painted_)
    components_.paint(state, 0);
  components_.forget_colours();
  painted_ = states;
  found_.clear();
  some_ = some;

  const Colour all = components_.new_colour();
  for (const StateId state : states)
    components_.paint(state, all);
  todo_.assign(1, states);
  while (!todo_.empty()) {
    const std::vector<StateId> part = std::move(todo_.back());
    todo_.pop_back();
    const auto visit = [&](std::span<const StateId> component) { examine(component); };
    if (!components_.decompose(part, some_, visit)) return false;
  }
  return true;
}

bool FairComponents::is_cyclic(std::span<const StateId> component) const {
  if (component.size() > 1) return true;
  const StateId state = component.front();
  const auto targets = graph_.targets(state);
  const auto labels = graph_.labels(state);
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (targets[i] == state && !is_left_out(labels[i], some_)) return true;
  return false;
}

void FairComponents::examine(std::span<const StateId> component) {
  if (!is_cyclic(component)) return components_.paint(component.front(), 0);
  const Colour colour = components_.new_colour();
  for (const StateId state : component)
    components_.paint(state, colour);

  ProcessSet moving = 0;
  ProcessSet always = ~ProcessSet{0};
  ProcessSet sometimes = 0;
  for (const StateId state : component) {
    const auto targets = graph_.targets(state);
    const auto labels = graph_.labels(state);
    ProcessSet enabled = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      enabled |= only(labels[i].process());
      if (!components_.stays(state, targets[i], labels[i], some_)) continue;
      moving |= only(labels[i].process());
    }
    always &= enabled;
    sometimes |= enabled;
  }

  graph_.read(component.front(), state_.data());
  const Standing still = standings_.of(state_.data());
  const bool is_fair_to_weak = (still.weak & always & ~moving) == 0;
  const ProcessSet neglected = still.strong & sometimes & ~moving;
  if (is_fair_to_weak && neglected == 0) {
    if (found_.size() <= colour) found_.resize(colour + std::size_t{1});
    found_[colour] = true;
    return;
  }
  std::vector<StateId> rest;
  if (is_fair_to_weak)
    for (const StateId state : component)
      if ((graph_.enabled(state) & neglected) == 0) rest.push_back(state);
  for (const StateId state : component)
    components_.paint(state, 0);
  if (rest.empty()) return;
  const Colour again = components_.new_colour();
  for (const StateId state : rest)
    components_.paint(state, again);
  todo_.push_back(std::move(rest));
}

} // namespace stalemate
