#include "checker/search/workers.hpp"

#include "checker/program/interpret.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

namespace stalemate {

namespace {

constexpr std::size_t chunks_max = 128;

std::size_t room_of(const Program& program) {
  return Chunk::parents_max * static_cast<std::size_t>(std::max(program.successors_max, 1));
}

} // namespace

Chunk::Chunk(const Program& program, int parts) : lots(static_cast<std::size_t>(parts)) {
  const std::size_t room = room_of(program);
  // With room behind each that keeps it apart from what other threads write.
  const auto reserve = [](auto& vector, std::size_t most) { vector.reserve(most + apart); };
  reserve(states, room * static_cast<std::size_t>(program.layout.words()));
  reserve(transitions, room);
  reserve(ends, parents_max);
  reserve(fresh, parents_max);
  reserve(news, room / 64 + 1);
  states.resize(room * static_cast<std::size_t>(program.layout.words()));
  transitions.resize(room);
  for (Lot& lot : lots) {
    reserve(lot.entries, room);
    reserve(lot.fresh, room);
    reserve(lot.news, room / 64 + 1);
    lot.news.resize(room / 64 + 1);
  }
}

Workers::Workers(const Program& program, StateSet& seen, int threads)
    : program_(program), seen_(seen), crew_(threads),
      words_(static_cast<std::size_t>(program.layout.words())),
      room_(static_cast<std::uint32_t>(room_of(program))) {
  chunks_.reserve(chunks_max);
  for (std::size_t i = 0; i < chunks_max; ++i)
    chunks_.emplace_back(program, crew_.size());
  for (int i = 0; i < crew_.size(); ++i)
    hands_.push_back({std::vector<Word>(words_ + apart), {}, {}});
  seen_.divide(crew_.size(), std::uint64_t{room_} * chunks_max);
}

bool Workers::expand(StateId first, std::uint64_t end) {
  if (!seen_.make_room_for_entries(crew_)) return false;
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

  for_each_chunk([&](Chunk& chunk, Hand& hand) { expand_chunk(chunk, hand); });
  crew_.run([&](int thread) {
    const auto part = static_cast<std::size_t>(thread);
    switch (words_) {
    case 1:
      return enter_targets<1>(part);
    case 2:
      return enter_targets<2>(part);
    case 3:
      return enter_targets<3>(part);
    case 4:
      return enter_targets<4>(part);
    default:
      return enter_targets<0>(part);
    }
  });
  std::uint32_t next = known_;
  for (std::size_t i = 0; i < used_; ++i) {
    Chunk& chunk = chunks_[i];
    chunk.start = next;
    for (const Chunk::Lot& lot : chunk.lots)
      next += static_cast<std::uint32_t>(lot.fresh.size());
    chunk.new_states = next - chunk.start;
    if (chunk.is_last()) used_ = i + 1;
  }
  seen_.make_room_for_states(next);
  for_each_chunk([&](Chunk& chunk, Hand& hand) { number(chunk, hand); });
  crew_.run([&](int thread) { settle(static_cast<std::size_t>(thread)); });
  for (std::size_t i = 0; i < used_; ++i)
    if (chunks_[i].is_last()) used_ = i + 1;
  return true;
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

/// What that reads is asked for before, in two steps, since a slot says which state to look at.
template <int fixed_words>
void Workers::enter_targets(std::size_t part) {
  const auto announce = [&](std::size_t i) {
    if (i >= used_) return;
    for (const Chunk::Lot::Entry& entry : chunks_[i].lots[part].entries)
      seen_.announce(entry.hash);
  };
  const auto announce_equal = [&](std::size_t i) {
    if (i >= used_) return;
    for (const Chunk::Lot::Entry& entry : chunks_[i].lots[part].entries)
      seen_.announce_equal(entry.hash);
  };
  announce(0);
  announce(1);
  announce_equal(0);
  for (std::size_t i = 0; i < used_; ++i) {
    announce(i + 2);
    announce_equal(i + 1);
    enter_lot<fixed_words>(chunks_[i], chunks_[i].lots[part]);
  }
}

template <int fixed_words>
void Workers::enter_lot(const Chunk& chunk, Chunk::Lot& lot) {
  const std::size_t words = fixed_words > 0 ? fixed_words : words_;
  lot.fresh.clear();
  std::ranges::fill(lot.news, 0);
  std::uint32_t rises = 0;
  for (const Chunk::Lot::Entry& entry : lot.entries) {
    const Word* state = chunk.states.data() + entry.target * words;
    const std::uint32_t mine = chunk.base + entry.target;
    const StateSet::Entered entered =
        seen_.enter<fixed_words>(entry.hash, state, mine, [&](std::uint32_t other_number) {
          const Word* other = target(other_number);
          Word difference = 0;
          for (std::size_t w = 0; w < words; ++w)
            difference |= state[w] ^ other[w];
          return difference == 0;
        });
    if (entered.number > chunk.first + entry.parent) rises |= std::uint32_t{1} << entry.parent;
    if (entered.number != mine) continue;
    lot.fresh.push_back({entered.place, entry.hash, entry.target, entry.parent, 0});
    lot.news[entry.target / 64] |= std::uint64_t{1} << (entry.target % 64);
  }
  lot.rises = rises;
}

void Workers::expand_chunk(Chunk& chunk, Hand& hand) {
  chunk.stop = Successors::Stop::no;
  chunk.is_broken = false;
  chunk.ends.clear();
  chunk.count = 0;
  for (Chunk::Lot& lot : chunk.lots)
    lot.entries.clear();
  Word* state = hand.state.data();
  for (StateId id = chunk.first; id < chunk.end; ++id) {
    seen_.read(id, state);
    const Expansion found = stalemate::expand(program_,
                                              state,
                                              chunk.states.data() + chunk.count * words_,
                                              chunk.transitions.data() + chunk.count,
                                              hand.fired.data());
    const std::size_t before = chunk.count;
    chunk.count += static_cast<std::size_t>(found.count);
    for (std::size_t i = before; i < chunk.count; ++i) {
      const std::uint64_t hash = seen_.hash(chunk.states.data() + i * words_);
      chunk.lots[static_cast<std::size_t>(seen_.part_of(hash))].entries.push_back(
          {hash, static_cast<std::uint32_t>(i), id - chunk.first});
      ++hand.fired[chunk.transitions[i]];
    }
    chunk.ends.push_back(chunk.count);
    if (found.failed >= 0) {
      chunk.stop = Successors::Stop::failed;
      chunk.failed = static_cast<std::uint32_t>(found.failed);
      return;
    }
    if (found.count == 0 && program_.deadlock && !is_at_rest(program_, state)) {
      chunk.stop = Successors::Stop::deadlock;
      return;
    }
  }
}

const Word* Workers::target(std::uint32_t number) const {
  const std::uint32_t index = number - known_;
  return chunks_[index / room_].states.data() + (index % room_) * words_;
}

void Workers::number(Chunk& chunk, Hand& hand) {
  chunk.fresh.assign(chunk.ends.size(), 0);
  chunk.news.assign(chunk.lots.front().news.size(), 0);
  chunk.rising = 0;
  for (const Chunk::Lot& lot : chunk.lots) {
    chunk.rising |= lot.rises;
    for (std::size_t w = 0; w < chunk.news.size(); ++w)
      chunk.news[w] |= lot.news[w];
  }
  hand.ranks.clear();
  std::uint32_t before = 0;
  for (const std::uint64_t word : chunk.news) {
    hand.ranks.push_back(before);
    before += static_cast<std::uint32_t>(std::popcount(word));
  }
  for (Chunk::Lot& lot : chunk.lots) {
    for (Chunk::Lot::New& one : lot.fresh) {
      const std::uint64_t bits_before = (std::uint64_t{1} << (one.target % 64)) - 1;
      const std::uint64_t news_before = chunk.news[one.target / 64] & bits_before;
      one.id = chunk.start + hand.ranks[one.target / 64] +
               static_cast<std::uint32_t>(std::popcount(news_before));
      ++chunk.fresh[one.parent];
      const Word* state = chunk.states.data() + one.target * words_;
      seen_.set(one.id, state);
      const Entry entry = program_.transitions[chunk.transitions[one.target]].invariants;
      if (entry != program_.nothing && ask(program_, entry, state) != Program::holds_all)
        chunk.is_broken = true;
    }
  }
}

void Workers::settle(std::size_t part) {
  for (std::size_t i = 0; i < used_; ++i)
    for (const Chunk::Lot::New& one : chunks_[i].lots[part].fresh)
      seen_.settle(one.place, one.hash, one.id);
}

std::vector<std::uint64_t> Workers::fired() const {
  std::vector<std::uint64_t> all(program_.transitions.size());
  for (const Hand& hand : hands_)
    for (std::size_t t = 0; t < all.size(); ++t)
      all[t] += hand.fired[t];
  return all;
}

} // namespace stalemate
