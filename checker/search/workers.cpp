#include "checker/search/workers.hpp"

#include "checker/program/interpret.hpp"

#include <algorithm>
#include <atomic>

namespace stalemate {

namespace {

constexpr std::size_t chunks_max = 256;

std::size_t room_of(const Program& program) {
  return Chunk::parents_max * static_cast<std::size_t>(std::max(program.successors_max, 1));
}

} // namespace

Chunk::Chunk(const Program& program)
    : states(room_of(program) * static_cast<std::size_t>(program.layout.words())),
      hashes(room_of(program)), is_first(room_of(program)), transitions(room_of(program)) {}

Workers::Workers(const Program& program, StateSet& seen, int threads)
    : program_(program), seen_(seen), crew_(threads),
      words_(static_cast<std::size_t>(program.layout.words())),
      room_(static_cast<std::uint32_t>(room_of(program))) {
  chunks_.reserve(chunks_max);
  for (std::size_t i = 0; i < chunks_max; ++i)
    chunks_.emplace_back(program);
  for (int i = 0; i < threads; ++i)
    hands_.push_back({std::vector<Word>(words_), {}});
  seen_.expect_claims(std::uint64_t{room_} * chunks_max);
}

template <typename Work>
void Workers::for_each_chunk(Work work) {
  std::atomic<std::size_t> next = 0;
  crew_.run([&](int thread) {
    Hand& hand = hands_[static_cast<std::size_t>(thread)];
    for (std::size_t i = next++; i < used_; i = next++)
      work(chunks_[i], hand);
  });
}

bool Workers::expand(StateId first, std::uint64_t end) {
  if (!seen_.make_room_for_claims(crew_)) return false;
  known_ = static_cast<std::uint32_t>(seen_.size());
  used_ = 0;
  for (std::uint64_t at = first; at < end && used_ < chunks_max; at += Chunk::parents_max) {
    Chunk& chunk = chunks_[used_];
    chunk.first = static_cast<StateId>(at);
    chunk.end = static_cast<StateId>(std::min(at + Chunk::parents_max, end));
    chunk.base = known_ + static_cast<std::uint32_t>(used_) * room_;
    ++used_;
  }
  for (Hand& hand : hands_)
    hand.fired.assign(program_.transitions.size(), 0);

  for_each_chunk([&](Chunk& chunk, Hand& hand) {
    expand_chunk(chunk, hand);
    switch (words_) {
    case 1:
      return claim_targets<1>(chunk);
    case 2:
      return claim_targets<2>(chunk);
    case 3:
      return claim_targets<3>(chunk);
    case 4:
      return claim_targets<4>(chunk);
    default:
      return claim_targets<0>(chunk);
    }
  });
  for_each_chunk([&](Chunk& chunk, Hand&) { find_first(chunk); });
  std::uint32_t number = known_;
  for (std::size_t i = 0; i < used_; ++i) {
    chunks_[i].start = number;
    number += chunks_[i].new_states;
    if (chunks_[i].is_last()) used_ = i + 1;
  }
  seen_.make_room_for_states(number);
  for_each_chunk([&](Chunk& chunk, Hand&) { settle(chunk); });
  for (std::size_t i = 0; i < used_; ++i)
    if (chunks_[i].is_last()) used_ = i + 1;
  return true;
}

void Workers::expand_chunk(Chunk& chunk, Hand& hand) {
  chunk.stop = Successors::Stop::no;
  chunk.is_broken = false;
  chunk.ends.clear();
  chunk.count = 0;
  for (StateId id = chunk.first; id < chunk.end; ++id) {
    seen_.read(id, hand.state.data());
    const Expansion found = stalemate::expand(program_,
                                              hand.state.data(),
                                              chunk.states.data() + chunk.count * words_,
                                              chunk.transitions.data() + chunk.count);
    const std::size_t before = chunk.count;
    chunk.count += static_cast<std::size_t>(found.count);
    for (std::size_t i = before; i < chunk.count; ++i) {
      chunk.hashes[i] = seen_.announce_claim(chunk.states.data() + i * words_);
      ++hand.fired[chunk.transitions[i]];
    }
    chunk.ends.push_back(chunk.count);
    if (found.failed >= 0) {
      chunk.stop = Successors::Stop::failed;
      chunk.failed = static_cast<std::uint32_t>(found.failed);
      return;
    }
    if (found.count == 0 && program_.deadlock && !is_at_rest(program_, hand.state.data())) {
      chunk.stop = Successors::Stop::deadlock;
      return;
    }
  }
}

const Word* Workers::target(std::uint32_t number) const {
  const std::uint32_t index = number - known_;
  return chunks_[index / room_].states.data() + (index % room_) * words_;
}

template <int fixed_words>
void Workers::claim_targets(Chunk& chunk) {
  const std::size_t words = fixed_words > 0 ? fixed_words : words_;
  chunk.rises.assign(chunk.ends.size(), 0);
  chunk.candidates.clear();
  std::fill_n(chunk.is_first.begin(), chunk.count, std::uint8_t{0});
  std::size_t i = 0;
  for (std::size_t p = 0; p < chunk.ends.size(); ++p) {
    const auto parent = static_cast<std::uint32_t>(chunk.first + p);
    for (; i < chunk.ends[p]; ++i) {
      const Word* state = chunk.states.data() + i * words;
      const std::uint32_t number = chunk.base + static_cast<std::uint32_t>(i);
      const Claimed claimed =
          seen_.claim<fixed_words>(chunk.hashes[i], state, number, [&](std::uint32_t other_number) {
            const Word* other = target(other_number);
            Word difference = 0;
            for (std::size_t w = 0; w < words; ++w)
              difference |= state[w] ^ other[w];
            return difference == 0;
          });
      if (claimed.number > parent) chunk.rises[p] = 1;
      if (claimed.number == number)
        chunk.candidates.push_back(
            {claimed.place, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(p)});
    }
  }
}

/// Others may have claimed the same states under lower numbers since.
void Workers::find_first(Chunk& chunk) {
  chunk.fresh.assign(chunk.ends.size(), 0);
  std::erase_if(chunk.candidates, [&](const Chunk::Candidate& one) {
    return seen_.claimed(one.place) != chunk.base + one.target;
  });
  for (const Chunk::Candidate& one : chunk.candidates) {
    chunk.is_first[one.target] = 1;
    ++chunk.fresh[one.parent];
  }
  chunk.new_states = static_cast<std::uint32_t>(chunk.candidates.size());
}

void Workers::settle(Chunk& chunk) {
  StateId id = chunk.start;
  for (const Chunk::Candidate& one : chunk.candidates) {
    const Word* state = chunk.states.data() + one.target * words_;
    seen_.settle(one.place, chunk.hashes[one.target], state, id++);
    const Entry entry = program_.transitions[chunk.transitions[one.target]].invariants;
    if (entry != program_.nothing && ask(program_, entry, state) != Program::holds_all)
      chunk.is_broken = true;
  }
}

std::vector<std::uint64_t> Workers::fired() const {
  std::vector<std::uint64_t> all(program_.transitions.size());
  for (const Hand& hand : hands_)
    for (std::size_t t = 0; t < all.size(); ++t)
      all[t] += hand.fired[t];
  return all;
}

} // namespace stalemate
