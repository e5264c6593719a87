#include "checker/ranks/keeper.hpp"

#include "checker/program/ensure.hpp"
#include "checker/ranks/packing.hpp"

#include <algorithm>

namespace stalemate {

namespace {

constexpr std::size_t batch_states = 128;

} // namespace

int keeper_of(const Word* state, int words, int ranks) {
  constexpr std::uint64_t odd = 0x9fb21c651e98df25;
  const std::uint64_t mixed = multiply_fold(hash_of(state, words) ^ odd, odd);
  __extension__ using Wide = unsigned __int128;
  return static_cast<int>(static_cast<Wide>(mixed) * static_cast<std::uint64_t>(ranks) >> 64);
}

Keeper::Keeper(const Layout& layout, std::uint64_t states_max, std::uint64_t memory_max)
    : seen_(layout, states_max, memory_max), words_(static_cast<std::size_t>(layout.words())),
      bytes_(static_cast<std::size_t>(layout.bytes())), batch_(layout.words(), batch_states) {}

bool Keeper::keep_first(const Word* state) {
  return seen_.insert_one({state, words_});
}

/// Calls take(n) for batches of so many states, which are in the set by then. False if it is full.
template <typename Take>
bool Keeper::for_each_batch(const Ranks::Message& states, Take take) {
  const std::size_t count = states.size() / bytes_;
  for (std::size_t first = 0; first < count; first += batch_states) {
    batch_.count = std::min(batch_states, count - first);
    for (std::size_t i = 0; i < batch_.count; ++i)
      read_state(states, first + i, bytes_, batch_.states.data() + i * words_, words_);
    seen_.announce(batch_, 0);
    if (seen_.insert(batch_) < batch_.count) return false;
    take(first);
  }
  return true;
}

Whereabouts Keeper::known(std::size_t number) const {
  if (batch_.fresh[number] != 0) return Whereabouts::not_yet;
  const StateId id = batch_.ids[number];
  if (id >= starts_.back()) return Whereabouts::behind_level;
  const bool is_first_level = starts_.size() < 2;
  return is_first_level || id >= starts_[starts_.size() - 2] ? Whereabouts::in_level
                                                             : Whereabouts::before_level;
}

bool Keeper::claim(const Ranks::Message& states, Ranks::Message& answers) {
  return for_each_batch(states, [&](std::size_t first) {
    for (std::size_t i = 0; i < batch_.count; ++i)
      append_answer(answers, first + i, known(i));
  });
}

void Keeper::tell_depths(const Ranks::Message& states, Ranks::Message& depths) {
  const bool are_known = for_each_batch(states, [&](std::size_t) {
    for (std::size_t i = 0; i < batch_.count; ++i) {
      ensure(batch_.fresh[i] == 0, "all that can be reached is known by now");
      const auto behind =
          std::ranges::upper_bound(starts_, static_cast<std::uint64_t>(batch_.ids[i]));
      const auto depth = static_cast<Word>(behind - starts_.begin());
      append_state(depths, &depth, sizeof depth);
    }
  });
  ensure(are_known, "what is known needs no room");
}

void Keeper::save(SnapshotWriter& out) const {
  out.numbers(starts_);
  seen_.save(out);
}

void Keeper::load(SnapshotReader& in) {
  starts_ = in.numbers();
  seen_.load(in);
}

void append_answer(Ranks::Message& answers, std::size_t index, Whereabouts known) {
  const auto bits = static_cast<std::byte>(known);
  if (index % 4 == 0) return answers.push_back(bits);
  answers.back() |= bits << (index % 4 * 2);
}

Whereabouts answer_at(const Ranks::Message& answers, std::size_t index) {
  return static_cast<Whereabouts>(static_cast<std::uint8_t>(answers[index / 4]) >> (index % 4 * 2) &
                                  3);
}

} // namespace stalemate
