#include "checker/ranks/round.hpp"

#include <fmt/format.h>

#include <array>

namespace stalemate {

Round::Round(const Program& program, const Limits& limits, Keeper& keeper, Trouble& trouble)
    : limits_(limits), ranks_(*limits.ranks), keeper_(keeper), trouble_(trouble),
      block_(program, ranks_.count()), asked_(static_cast<std::size_t>(ranks_.count())),
      answers_(asked_.size()), told_(asked_.size()) {}

Block::Outcome
Round::run(const Frontier& frontier, StateId first, std::uint64_t count, std::uint64_t memory) {
  if (trouble_.is_there()) count = 0;
  trouble_.watch([&] { block_.expand(frontier, first, first + static_cast<StateId>(count)); });
  ranks_.exchange(block_.asked(), asked_);
  trouble_.watch([&] { claim(); });
  ranks_.exchange(answers_, told_);
  Block::Outcome mine;
  // Who could not answer is in trouble, and says so.
  trouble_.watch([&] {
    if (block_.hear(told_)) mine = block_.judge();
  });
  tell(mine, memory + block_.memory());
  return mine;
}

/// What is asked of this rank as a keeper.
void Round::claim() {
  for (Ranks::Message& answers : answers_)
    answers.clear();
  for (std::size_t rank = 0; rank < asked_.size() && !trouble_.is_there(); ++rank)
    if (!keeper_.claim(asked_[rank], answers_[rank]))
      trouble_.note(keeper_.full() == StateSet::Full::states
                        ? fmt::format("more than {} states at one rank", limits_.numbers_max)
                        : reason_of(keeper_.full(), limits_));
}

void Round::tell(const Block::Outcome& mine, std::uint64_t memory) {
  const std::array<std::uint64_t, 5> numbers{
      trouble_.is_there() ? 1U : 0U, mine.found, mine.end ? 1U : 0U, block_.fired(mine), memory};
  const auto all = ranks_.share(numbers);
  said_.clear();
  std::vector<std::uint64_t> are_in_trouble;
  for (std::size_t i = 0; i < all.size(); i += numbers.size()) {
    said_.push_back({all[i], all[i + 1], all[i + 2], all[i + 3], all[i + 4]});
    are_in_trouble.push_back(all[i]);
  }
  reason_ = trouble_.heard(are_in_trouble, ranks_);
}

} // namespace stalemate
