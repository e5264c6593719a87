#include "checker/liveness/stranded.hpp"

#include "checker/search/successors.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace stalemate {

namespace {

class Look {
 public:
  Look(const Program& program, const Standings& standings, StateSet& seen)
      : standings_(standings), program_(program), seen_(seen), room_(program),
        words_(room_.state.size()) {}

  /// Those who can never move again from the state on, unless the answer is worth nothing because
  /// the work has become too much.
  [[nodiscard]] bool has_lost(StateId start) {
    todo_.resize(words_);
    seen_.read(start, todo_.data());
    met_.clear();
    met_.insert(start);
    const auto words = static_cast<std::ptrdiff_t>(words_);
    ProcessSet lost = ~ProcessSet{0};
    while (!todo_.empty()) {
      std::copy(todo_.end() - words, todo_.end(), room_.state.begin());
      todo_.resize(todo_.size() - words_);
      lost &= blocked();
      if (lost == 0) return false;
      if (++work_ > seen_.size() + work_min) return true; // The graph takes less.
      for (std::size_t i = 0; i < room_.targets.count; ++i) {
        const StateId target = room_.targets.ids[i];
        if (target > start) return false;
        if (!met_.insert(target).second) continue;
        const auto from = room_.targets.states.begin() + static_cast<std::ptrdiff_t>(i) * words;
        todo_.insert(todo_.end(), from, from + words);
      }
    }
    return true;
  }

 private:
  static constexpr std::uint64_t work_min = 100'000;

  /// Who waits and cannot move in the state in `room_`; leaves the successors there.
  [[nodiscard]] ProcessSet blocked() {
    Candidates& targets = room_.targets;
    targets.count = static_cast<std::size_t>(
        expand(program_, room_.state.data(), targets.states.data(), room_.transitions.data())
            .count);
    seen_.announce(targets, 0);
    (void)seen_.insert(targets);
    ProcessSet enabled = 0;
    for (std::size_t i = 0; i < targets.count; ++i)
      enabled |= only(standings_.process_of(room_.transitions[i]));
    return standings_.alike(standings_.of(room_.state.data()).waiting & ~enabled);
  }

  const Standings& standings_;
  const Program& program_;
  StateSet& seen_;
  Successors room_;
  std::size_t words_;      ///< Of a state.
  std::vector<Word> todo_; ///< States, whole: not every set could give them back.
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
