#include "checker/tests/random_counters.hpp"

#include <fmt/format.h>

namespace stalemate::tests {

using namespace stalemate::build; // NOLINT: the notation

namespace {

constexpr int counter_high = 6;

} // namespace

RandomCounters::RandomCounters(Dice& dice, Model& model, int length) {
  for (int i = dice.between(1, 2); i > 0; --i) {
    counters_.push_back(model.counter(fmt::format("counter{}", i), counter_high));
    saved_.push_back(model.array(fmt::format("saved{}", i), length, 0, counter_high));
  }
  left_.push_back(model.var("left", 0, 3, dice.between(1, 3)));
}

RandomCounters RandomCounters::of(Path& path) const {
  RandomCounters mine = *this;
  for (std::size_t i = 0; i < counters_.size(); ++i)
    mine.kept_.push_back(path.local(fmt::format("kept{}", i), 0, counter_high));
  return mine;
}

std::size_t RandomCounters::any(Dice& dice) const {
  return static_cast<std::size_t>(dice.below(static_cast<int>(counters_.size())));
}

Place RandomCounters::a_copy(Dice& dice, std::size_t counter, const Index& index) const {
  if (!kept_.empty() && dice.chance(60)) return kept_[counter];
  const Array& saved = saved_[counter];
  return saved[index(saved.size())];
}

Alternative RandomCounters::count(Dice& dice,
                                  const Alternative& made,
                                  const Index& index,
                                  const Condition& condition) const {
  const std::size_t which = any(dice);
  const Place& counter = counters_[which];
  const Place& left = left_.front();
  const Place copy = a_copy(dice, which, index);
  switch (dice.below(8)) {
  case 0:
    return made.when(left > 0).then(left = left - 1, counter = counter + dice.between(1, 2));
  case 1:
    return made.when(left > 0).then(counter = counter + condition(), left = left - 1);
  case 2:
    return made.when(left > 0).then(counter = select(condition(), counter + 1, counter),
                                    left = left - 1);
  case 3:
    return dice.chance(20) ? made.then(counter = counter + 1) : made.then(copy = counter);
  case 4:
    return made.then(copy = a_copy(dice, which, index));
  case 5:
    return made.then(copy = dice.chance(50) ? Expr(0) : Expr(counter));
  case 6:
    return made.then(copy = select(condition(), counter, a_copy(dice, which, index)));
  default:
    return made.then(copy = counter);
  }
}

Expr RandomCounters::comparison(Dice& dice, const Index& index) const {
  const std::size_t which = any(dice);
  const Place copy = a_copy(dice, which, index);
  return dice.chance(50) ? counters_[which] == copy : copy != counters_[which];
}

} // namespace stalemate::tests
