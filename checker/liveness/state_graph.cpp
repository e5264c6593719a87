#include "checker/liveness/state_graph.hpp"

#include "checker/program/ensure.hpp"
#include "checker/search/successors.hpp"

namespace stalemate {

std::uint64_t StateGraph::memory_of(std::uint64_t states, std::uint64_t transitions) {
  constexpr std::uint64_t per_state = sizeof(std::uint64_t) + 6 * sizeof(StateId);
  return states * per_state + transitions * (sizeof(StateId) + sizeof(Label));
}

StateGraph::StateGraph(const Program& program, StateSet& seen, std::uint64_t transitions)
    : program_(program), seen_(seen), size_(seen.size()) {
  first_.reserve(size_ + 1);
  targets_.reserve(transitions);
  labels_.reserve(transitions);
}

bool StateGraph::build(const Standings& standings, Pause& pause) {
  Successors batch(program_);
  for (std::uint64_t next = 0; next < size_; next += batch.ends.size()) {
    expand_some(program_, seen_, static_cast<StateId>(next), size_, batch);
    ensure(batch.stop == Successors::Stop::no, "the search has ended well");
    ensure(seen_.insert(batch.targets) == batch.targets.count && seen_.size() == size_,
           "the search has found every state");
    std::size_t i = 0;
    for (const std::size_t end : batch.ends) {
      if (!pause.goes_on()) return false;
      first_.push_back(targets_.size());
      for (; i < end; ++i) {
        const std::uint32_t transition = batch.transitions[i];
        targets_.push_back(batch.targets.ids[i]);
        labels_.emplace_back(standings.process_of(transition),
                             program_.transitions[transition].is_progress);
      }
    }
  }
  first_.push_back(targets_.size());
  return true;
}

ProcessSet StateGraph::enabled(StateId id) const {
  ProcessSet set = 0;
  for (const Label label : labels(id))
    set |= only(label.process());
  return set;
}

} // namespace stalemate
