#include "checker/store/state_set.hpp"

#include "checker/store/hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

namespace stalemate {

namespace {

constexpr std::uint64_t lines_first = 64;

/// States per table of so many slots. Lines hide most of the cost of a high load.
constexpr std::uint64_t room_of(std::uint64_t slots) {
  return slots / 4 * 3;
}

constexpr std::uint64_t part_lines_min = 64;

unsigned home_of(std::uint64_t hash) {
  return static_cast<unsigned>(hash >> 32);
}

/// Runs the member function template for the number of words: the usual ones have code of their
/// own.
template <typename F>
decltype(auto) sized(int words, F&& f) {
  switch (words) {
  case 1:
    return f.template operator()<1>();
  case 2:
    return f.template operator()<2>();
  case 3:
    return f.template operator()<3>();
  case 4:
    return f.template operator()<4>();
  default:
    return f.template operator()<0>();
  }
}

} // namespace

Candidates::Candidates(int words, std::size_t room)
    : states(room * static_cast<std::size_t>(words)), hashes(room), fresh(room), ids(room) {}

StateSet::StateSet(const Layout& layout, std::uint64_t states_max, std::uint64_t memory_max)
    : words_(layout.words()), states_max_(std::min(states_max, states_limit)),
      memory_max_(memory_max), bytes_per_state_(static_cast<std::uint64_t>(layout.bytes())),
      arena_(layout) {}

std::uint64_t StateSet::memory() const {
  return arena_.memory() + table_.size() + parents.memory();
}

template <int fixed_words>
void StateSet::announce_sized(Candidates& candidates, std::size_t first) {
  const int words = fixed_words > 0 ? fixed_words : words_;
  const Word* state = candidates.states.data() + first * static_cast<std::size_t>(words);
  for (std::size_t i = first; i < candidates.count; ++i, state += words) {
    const std::uint64_t hash = hash_of(state, words);
    candidates.hashes[i] = hash;
    __builtin_prefetch(line(locate(hash).line));
  }
}

void StateSet::announce(Candidates& candidates, std::size_t first) {
  sized(words_, [&]<int fixed_words>() { announce_sized<fixed_words>(candidates, first); });
}

template <int fixed_words>
std::size_t StateSet::insert_sized(Candidates& candidates) {
  const int words = fixed_words > 0 ? fixed_words : words_;
  const std::size_t count = candidates.count;
  const std::uint64_t most = std::min(states_max_, fitting_);

  for (std::size_t i = 0; i < count; ++i) {
    const Word* state = candidates.states.data() + i * static_cast<std::size_t>(words);
    const auto next = static_cast<std::uint32_t>(arena_.size());
    const bool is_full = next >= most;
    const Entered entered =
        enter<fixed_words>(candidates.hashes[i], state, next, [](std::uint32_t) { return false; });
    candidates.ids[i] = entered.number;
    candidates.fresh[i] = entered.number == next ? 1 : 0;
    if (entered.number != next) continue;
    if (is_full) {
      *slot(entered.place) = 0;
      full_ = arena_.size() >= states_max_ ? Full::states : Full::memory;
      return i;
    }
    arena_.append<fixed_words>(state);
  }
  return count;
}

std::size_t StateSet::insert(Candidates& candidates) {
  make_room(candidates.count);
  if (lines_ == 0) {
    full_ = Full::memory;
    return 0;
  }
  return sized(words_, [&]<int fixed_words>() { return insert_sized<fixed_words>(candidates); });
}

bool StateSet::insert_one(std::span<const Word> state) {
  Candidates one(words_, 1);
  std::ranges::copy(state, one.states.begin());
  one.count = 1;
  announce(one, 0);
  return insert(one) == 1 && one.fresh[0] == 1;
}

std::uint64_t StateSet::memory_when_full() const {
  return room_ * bytes_per_state_ + room_ / 4;
}

// How it grows must not depend on when it is asked, which differs with the number of threads.
void StateSet::make_room(std::size_t more) {
  while (size() + more > room_) {
    const std::uint64_t lines = next_lines();
    if (memory_when_full() + lines * line_bytes > memory_max_) break;
    grow(lines);
  }
  const std::uint64_t used = memory();
  const std::uint64_t free = used < memory_max_ ? memory_max_ - used : 0;
  fitting_ = std::min(room_, size() + free / bytes_per_state_);
}

void StateSet::divide(int parts, std::uint64_t entries_max) {
  parts_wanted_ = static_cast<std::uint64_t>(parts);
  entries_max_ = entries_max;
  if (lines_ > 0) grow(lines_); // The numbers of entries may need bits that were the hash's.
}

bool StateSet::make_room_for_entries(Crew& crew) {
  const std::uint64_t needed = size() + entries_max_;
  if (needed > states_max_) return false;
  while (needed > room_) {
    const std::uint64_t lines = next_lines();
    if (memory_when_full() + lines * line_bytes > memory_max_) return false;
    grow(lines, &crew);
  }
  return parts_ == parts_wanted_ &&
         needed * bytes_per_state_ + needed / 4 + table_.size() <= memory_max_;
}

/// Doubles, unless the table would then outweigh the states: then half as much again must do.
std::uint64_t StateSet::next_lines() const {
  if (lines_ == 0) return lines_first;
  const bool is_small = lines_ < 65536;
  const std::uint64_t doubled = lines_ * 2;
  return is_small || doubled * line_bytes <= room_ * bytes_per_state_ ? doubled : lines_ / 2 * 3;
}

void StateSet::grow(std::uint64_t lines, Crew* crew) {
  table_ = Pages(); // First, so that there are never two tables. Everything is in the arena.
  lines_ = 0;
  table_ = Pages(lines * line_bytes);
  lines_ = lines;
  room_ = room_of(lines * line_slots);
  // In a small table one part could be full long before the others.
  parts_ = lines >= parts_wanted_ * part_lines_min ? parts_wanted_ : 1;
  part_lines_ = lines / parts_;
  const int id_bits = std::min(static_cast<int>(std::bit_width(room_ + entries_max_)), 32);
  tag_mask_ = static_cast<std::uint32_t>(~std::uint64_t{0} << id_bits);
  fill(parts_ > 1 ? crew : nullptr);
}

/// Enters all states again: block by block, first their hashes are computed, then each part takes
/// its own.
void StateSet::fill(Crew* crew) {
  constexpr std::uint64_t block = std::uint64_t{1} << 16;
  const auto for_each_part = [&](const std::function<void(int)>& work) {
    if (crew != nullptr) return crew->run(work);
    for (std::uint64_t part = 0; part < parts_; ++part)
      work(static_cast<int>(part));
  };
  std::vector<std::uint64_t> hashes(std::min(block, size()));
  for (std::uint64_t first = 0; first < size(); first += block) {
    const std::uint64_t count = std::min(block, size() - first);
    for_each_part([&](int part) {
      const auto share = static_cast<std::uint64_t>(part);
      std::vector<Word> state(static_cast<std::size_t>(words_));
      for (std::uint64_t i = count * share / parts_; i < count * (share + 1) / parts_; ++i) {
        arena_.read(static_cast<StateId>(first + i), state.data());
        hashes[i] = hash_of(state.data(), words_);
      }
    });
    for_each_part([&](int part) { fill_part(part, first, {hashes.data(), count}); });
  }
}

/// The states are different, so each goes to the first free slot on its way.
void StateSet::fill_part(int part, std::uint64_t first, std::span<const std::uint64_t> hashes) {
  constexpr std::size_t distance = 32;
  std::array<std::size_t, distance> waiting{};
  std::size_t count = 0;
  const auto enter = [&](std::size_t i) {
    const std::uint64_t hash = hashes[i];
    std::uint64_t current = locate(hash).line;
    unsigned at = home_of(hash);
    for (unsigned seen = 0; line(current)[at % line_slots] != 0; ++at)
      if (++seen % line_slots == 0) current = line_after(current);
    line(current)[at % line_slots] = value_of(hash, static_cast<StateId>(first + i));
  };
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const Located home = locate(hashes[i]);
    if (home.part != part) continue;
    fetch(line(home.line));
    std::size_t& next = waiting[count % distance];
    if (count++ >= distance) enter(next);
    next = i;
  }
  for (std::size_t k = count < distance ? 0 : count - distance; k < count; ++k)
    enter(waiting[k % distance]);
}

} // namespace stalemate
