#pragma once

#include "checker/program/program.hpp"
#include "checker/ranks/keeper.hpp"
#include "checker/ranks/ranks.hpp"
#include "checker/search/ledger.hpp"
#include "checker/store/frontier.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace stalemate {

/// What one rank does in one round: it expands a block of states, asks those who keep the targets
/// what is known of them, and finds out where the search would end, if nothing before ended it.
class Block {
 public:
  Block(const Program& program, int ranks);

  /// Expands states of the frontier, up to the first that breaks a claim by itself.
  void expand(const Frontier& frontier, StateId first, StateId end);
  /// The targets, by who keeps them.
  [[nodiscard]] const std::vector<Ranks::Message>& asked() const { return asked_; }
  /// What those say. False if somebody's answer is not there.
  [[nodiscard]] bool hear(const std::vector<Ranks::Message>& answers);

  /// Looks at the targets in their order, as far as there is room for new ones, and says how far
  /// one gets: where nothing ends the search, to the end.
  struct Outcome {
    std::uint64_t found = 0; ///< New states, with the one that breaks an invariant.
    std::optional<End> end;
    std::size_t parents = 0;  ///< Those done,
    std::size_t targets = 0;  ///< and the targets taken.
    std::uint32_t target = 0; ///< Of a broken invariant: which of its parent's targets breaks it.
  };
  static constexpr auto any_number = std::numeric_limits<std::uint64_t>::max();
  [[nodiscard]] Outcome judge(std::uint64_t room = any_number) const;

  /// By transition: how often it was fired up to there.
  void count(const Outcome& outcome, std::vector<std::uint64_t>& fired) const;
  /// How many that are.
  [[nodiscard]] std::uint64_t fired(const Outcome& outcome) const;

  /// Calls visit(parent, targets) for each expanded state: its place in the block, and which of its
  /// targets are new.
  template <typename Visit>
  void for_each_parent(Visit visit) const {
    std::vector<std::uint32_t> fresh;
    std::size_t i = 0;
    for (std::size_t p = 0; p < ends_.size(); ++p) {
      fresh.clear();
      const std::size_t begin = i;
      for (; i < ends_[p]; ++i)
        if (known_[i] == Whereabouts::not_yet)
          fresh.push_back(static_cast<std::uint32_t>(i - begin));
      visit(p, fresh);
    }
  }
  [[nodiscard]] const Word* target(std::size_t parent, std::size_t number) const {
    return states_.data() + (begin_of(parent) + number) * words_;
  }
  /// Does it lead only to states that come before it, by level and then as packed? There must be
  /// some.
  [[nodiscard]] bool is_stalled(const Word* state, std::size_t parent) const;

  [[nodiscard]] std::uint64_t memory() const;

 private:
  [[nodiscard]] std::size_t begin_of(std::size_t parent) const {
    return parent == 0 ? 0 : ends_[parent - 1];
  }

  const Program& program_;
  std::size_t words_;
  std::size_t bytes_;
  std::vector<Word> states_; ///< The targets.
  std::vector<std::uint32_t> transitions_;
  std::vector<std::size_t> ends_;     ///< Of each expanded state: index behind its last target.
  std::vector<std::uint64_t> passed_; ///< By transition, on the way to targets.
  std::vector<std::uint16_t> keepers_;
  std::vector<Whereabouts> known_;
  std::size_t count_ = 0; ///< Of the targets.
  Successors::Stop stop_ = Successors::Stop::no;
  std::uint32_t failed_ = 0;
  std::vector<Word> state_;
  std::vector<Ranks::Message> asked_;
};

} // namespace stalemate
