#include "checker/liveness/stranded.hpp"

#include "checker/search/successors.hpp"

#include <unordered_set>
#include <vector>

namespace stalemate {

namespace {

class Look {
 public:
  Look(const Program& program, const Standings& standings, StateSet& seen)
      : standings_(standings), program_(program), seen_(seen), room_(program) {}

  /// Those who can never move again from the state on, unless the answer is worth nothing because
  /// the work has become too much.
  [[nodiscard]] bool has_lost(StateId start) {
    todo_.assign(1, start);
    met_.clear();
    met_.insert(start);
    ProcessSet lost = ~ProcessSet{0};
    while (!todo_.empty()) {
      const StateId at = todo_.back();
      todo_.pop_back();
      lost &= blocked(at);
      if (lost == 0) return false;
      if (++work_ > seen_.size() / 4 + work_min) return true;
      for (std::size_t i = 0; i < room_.targets.count; ++i) {
        const StateId target = room_.targets.ids[i];
        if (target > start) return false;
        if (met_.insert(target).second) todo_.push_back(target);
      }
    }
    return true;
  }

 private:
  static constexpr std::uint64_t work_min = 100'000;

  /// Who waits and cannot move; leaves the successors in `room_`.
  [[nodiscard]] ProcessSet blocked(StateId id) {
    expand_some(program_, seen_, id, std::uint64_t{id} + 1, room_);
    (void)seen_.insert(room_.targets);
    ProcessSet enabled = 0;
    for (std::size_t i = 0; i < room_.targets.count; ++i)
      enabled |= only(standings_.process_of(room_.transitions[i]));
    return standings_.alike(standings_.of(room_.state.data()).waiting & ~enabled);
  }

  const Standings& standings_;
  const Program& program_;
  StateSet& seen_;
  Successors room_;
  std::vector<StateId> todo_;
  std::unordered_set<StateId> met_;
  std::uint64_t work_ = 0;
};

} // namespace

bool may_be_stranded(const Program& program,
                     const Standings& standings,
                     StateSet& seen,
                     std::span<const StateId> stalled) {
  Look look(program, standings, seen);
  for (auto at = stalled.rbegin(); at != stalled.rend(); ++at)
    if (look.has_lost(*at)) return true;
  return false;
}

} // namespace stalemate
