#include "checker/ranks/block.hpp"

#include "checker/program/interpret.hpp"
#include "checker/ranks/packing.hpp"

#include <algorithm>
#include <numeric>

namespace stalemate {

Block::Block(const Program& program, int ranks)
    : program_(program), words_(static_cast<std::size_t>(program.layout.words())),
      bytes_(static_cast<std::size_t>(program.layout.bytes())), passed_(program.transitions.size()),
      state_(words_), asked_(static_cast<std::size_t>(ranks)) {}

void Block::expand(const Frontier& frontier, StateId first, StateId end) {
  for (Ranks::Message& message : asked_)
    message.clear();
  ends_.clear();
  keepers_.clear();
  std::ranges::fill(passed_, 0);
  count_ = 0;
  stop_ = Successors::Stop::no;
  const auto most = static_cast<std::size_t>(program_.successors_max);
  const auto ranks = static_cast<int>(asked_.size());
  for (std::uint64_t id = first; id < end && stop_ == Successors::Stop::no; ++id) {
    // Room for as many as it may have.
    if (transitions_.size() < count_ + most) {
      transitions_.resize(2 * count_ + most);
      states_.resize(transitions_.size() * words_);
    }
    frontier.read(static_cast<StateId>(id), state_.data());
    const Expansion found = stalemate::expand(program_,
                                              state_.data(),
                                              states_.data() + count_ * words_,
                                              transitions_.data() + count_,
                                              passed_.data());
    for (int i = 0; i < found.count; ++i, ++count_) {
      const Word* state = states_.data() + count_ * words_;
      const int keeper = keeper_of(state, program_.layout.words(), ranks);
      keepers_.push_back(static_cast<std::uint16_t>(keeper));
      append_state(asked_[static_cast<std::size_t>(keeper)], state, bytes_);
    }
    ends_.push_back(count_);
    if (found.failed >= 0) {
      stop_ = Successors::Stop::failed;
      failed_ = static_cast<std::uint32_t>(found.failed);
    } else if (found.count == 0 && program_.deadlock && !is_at_rest(program_, state_.data())) {
      stop_ = Successors::Stop::deadlock;
    }
  }
}

bool Block::hear(const std::vector<Ranks::Message>& answers) {
  for (std::size_t rank = 0; rank < asked_.size(); ++rank)
    if (answers[rank].size() != (asked_[rank].size() / bytes_ + 3) / 4) return false;
  known_.resize(count_);
  std::vector<std::size_t> heard(asked_.size());
  for (std::size_t i = 0; i < count_; ++i)
    known_[i] = answer_at(answers[keepers_[i]], heard[keepers_[i]]++);
  return true;
}

/// The same as Ledger::take() does.
Block::Outcome Block::judge(std::uint64_t room) const {
  using Kind = End::Kind;
  Outcome outcome;
  std::size_t& i = outcome.targets;
  for (std::size_t p = 0; p < ends_.size(); ++p) {
    const std::size_t begin = i;
    for (; i < ends_[p]; ++i) {
      if (known_[i] != Whereabouts::not_yet) continue;
      if (outcome.found == room) {
        outcome.end = {.kind = Kind::full, .parent = static_cast<StateId>(p)};
        return outcome;
      }
      ++outcome.found;
      const auto broken = broken_by(program_, transitions_[i], states_.data() + i * words_);
      if (broken == Program::holds_all) [[likely]]
        continue;
      outcome.end = {.kind = Kind::violated, .parent = static_cast<StateId>(p), .part = broken};
      outcome.target = static_cast<std::uint32_t>(i - begin);
      ++i;
      return outcome;
    }
    ++outcome.parents;
  }
  const auto last = static_cast<StateId>(ends_.size() - 1);
  if (stop_ == Successors::Stop::failed)
    outcome.end = {.kind = Kind::failed, .parent = last, .transition = failed_};
  if (stop_ == Successors::Stop::deadlock) outcome.end = {.kind = Kind::deadlock, .parent = last};
  return outcome;
}

void Block::count(const Outcome& outcome, std::vector<std::uint64_t>& fired) const {
  for (std::size_t i = 0; i < outcome.targets; ++i)
    ++fired[transitions_[i]];
  for (std::size_t t = 0; t < passed_.size(); ++t)
    fired[t] += passed_[t];
}

std::uint64_t Block::fired(const Outcome& outcome) const {
  return std::accumulate(passed_.begin(), passed_.end(), std::uint64_t{outcome.targets});
}

bool Block::is_stalled(const Word* state, std::size_t parent) const {
  const std::size_t begin = begin_of(parent);
  if (begin == ends_[parent]) return false;
  for (std::size_t i = begin; i < ends_[parent]; ++i) {
    if (known_[i] == Whereabouts::not_yet || known_[i] == Whereabouts::behind_level) return false;
    const Word* target = states_.data() + i * words_;
    if (known_[i] == Whereabouts::in_level &&
        std::lexicographical_compare(state, state + words_, target, target + words_))
      return false;
  }
  return true;
}

std::uint64_t Block::memory() const {
  std::uint64_t sum = states_.capacity() * sizeof(Word) +
                      transitions_.capacity() * sizeof(std::uint32_t) +
                      keepers_.capacity() * sizeof(std::uint16_t) + known_.capacity();
  for (const Ranks::Message& message : asked_)
    sum += message.capacity();
  return sum;
}

} // namespace stalemate
