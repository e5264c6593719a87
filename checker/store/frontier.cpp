#include "checker/store/frontier.hpp"

#include "checker/program/ensure.hpp"

#include <algorithm>

namespace stalemate {

void Frontier::read(StateId id, Word* state) const {
  if (id >= first_) return states_.read(id, state);
  const auto at = std::ranges::lower_bound(kept_ids_, id);
  ensure(at != kept_ids_.end() && *at == id, "states that are read again are kept");
  kept_.read(static_cast<StateId>(at - kept_ids_.begin()), state);
}

void Frontier::forget_before(StateId id) {
  first_ = id;
  states_.forget_before(id);
}

void Frontier::keep(StateId id) {
  std::vector<Word> state(static_cast<std::size_t>(states_.words()));
  states_.read(id, state.data());
  kept_.append(state.data());
  kept_ids_.push_back(id);
}

std::uint64_t Frontier::memory_with(std::uint64_t more) const {
  return states_.memory() + more * bytes_ + kept_.memory() + kept_ids_.capacity() * sizeof(StateId);
}

void Frontier::save(SnapshotWriter& out) const {
  out.number(kept_ids_.capacity());
  out.number(first_);
  states_.save(out);
  kept_.save(out);
  out.grown(kept_ids_);
}

void Frontier::load(SnapshotReader& in) {
  kept_ids_.reserve(in.number());
  first_ = static_cast<StateId>(in.number());
  states_.load(in);
  kept_.load(in);
  in.grown(kept_ids_);
}

} // namespace stalemate
