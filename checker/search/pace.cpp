#include "checker/search/pace.hpp"

#include <algorithm>
#include <utility>

namespace stalemate {

void Pace::took(std::uint64_t states, Time time) {
  states_in_stretch_ += states;
  time_of_stretch_ += time;
  if (states_in_stretch_ < stretch) return;
  end_stretch(static_cast<double>(std::exchange(time_of_stretch_, Time()).count()) /
              static_cast<double>(std::exchange(states_in_stretch_, 0)));
}

void Pace::end_stretch(double time_per_state) {
  const auto other = way_ == Way::together ? Way::alone : Way::together;
  double& mine = time_[static_cast<std::size_t>(way_)];
  const double others = time_[static_cast<std::size_t>(other)];
  mine = stretches_ == 0 ? time_per_state : std::min(last_, time_per_state);
  last_ = time_per_state;

  if (++stretches_ < (is_try_ ? tries : between_)) return;
  stretches_ = 0;
  if (!is_try_ || others == 0) {
    is_try_ = true;
    way_ = other;
    return;
  }
  is_try_ = false;
  constexpr double much = 1.25;
  between_ = mine < others * much ? between_first : std::min(between_ * 2, between_most);
  if (mine >= others) way_ = other;
}

} // namespace stalemate
