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

int key_bytes(const Layout& layout, Storage storage) {
  constexpr int word_bytes = sizeof(Word);
  if (storage == Storage::tree) return word_bytes;
  if (storage == Storage::compact) return fingerprint_words * word_bytes;
  return layout.bytes();
}

} // namespace

Candidates::Candidates(int words, std::size_t room)
    : states(room * static_cast<std::size_t>(words)), hashes(room), fresh(room), ids(room) {}

StateSet::StateSet(const Layout& layout,
                   std::uint64_t states_max,
                   std::uint64_t memory_max,
                   Storage storage,
                   int hash_bits)
    : storage_(storage == Storage::tree && !Folding::gains(layout) ? Storage::exact : storage),
      hash_bits_(hash_bits), state_words_(layout.words()), arena_(key_bytes(layout, storage_)),
      words_(arena_.words()),
      bytes_per_state_(static_cast<std::uint64_t>(key_bytes(layout, storage_))),
      states_max_(std::min(states_max, states_limit)), memory_max_(memory_max) {
  if (storage_ == Storage::tree) folding_.emplace(layout);
  if (storage_ == Storage::compact) frontier_.emplace(layout.bytes());
}

std::uint64_t StateSet::memory_with(std::uint64_t more) const {
  return arena_.memory() + table_.size() + parents.memory() + memory_beside(more);
}

std::uint64_t StateSet::memory_beside(std::uint64_t more) const {
  if (folding_) return folding_->memory_with(more);
  return frontier_ ? frontier_->memory_with(more) : 0;
}

bool StateSet::is(StateId id, const Word* state) const {
  if (storage_ == Storage::exact) return arena_.equals(id, state);
  if (storage_ == Storage::compact) {
    std::array<Word, fingerprint_words> key{};
    fingerprint(state, state_words_, hash_bits_, key.data());
    return arena_.equals(id, key.data());
  }
  std::vector<Word> same(static_cast<std::size_t>(state_words_));
  restore(id, same.data());
  return std::equal(same.begin(), same.end(), state);
}

void StateSet::restore(StateId id, Word* state) const {
  if (frontier_) return frontier_->read(id, state);
  Word folded = 0;
  // States are read in rising order, mostly.
  if (const std::uint64_t soon = id + std::uint64_t{4}; soon < size()) {
    arena_.read<1>(static_cast<StateId>(soon), &folded);
    folding_->announce_folded(folded);
  }
  arena_.read<1>(id, &folded);
  folding_->unfold(folded, state);
}

void StateSet::make_hashes(Candidates& candidates, std::size_t first) {
  candidates.keys.resize(candidates.hashes.size() * fingerprint_words);
  const auto words = static_cast<std::size_t>(state_words_);
  for (std::size_t i = first; i < candidates.count; ++i)
    fingerprint(candidates.states.data() + i * words,
                state_words_,
                hash_bits_,
                candidates.keys.data() + i * fingerprint_words);
}

void StateSet::announce_parts(Candidates& candidates, std::size_t first) {
  const std::size_t parts = folding_->parts();
  candidates.parts.resize(candidates.hashes.size() * parts);
  const auto words = static_cast<std::size_t>(state_words_);
  for (std::size_t i = first; i < candidates.count; ++i)
    folding_->announce(candidates.states.data() + i * words, candidates.parts.data() + i * parts);
}

void StateSet::fold(Candidates& candidates) {
  candidates.keys.resize(candidates.hashes.size());
  folding_->fold(candidates.count, candidates.parts.data(), candidates.keys.data());
  announce_sized<1>(candidates, 0);
}

template <int fixed_words>
void StateSet::announce_sized(Candidates& candidates, std::size_t first) {
  const int words = fixed_words > 0 ? fixed_words : words_;
  const Word* key = keys_of(candidates) + first * static_cast<std::size_t>(words);
  for (std::size_t i = first; i < candidates.count; ++i, key += words) {
    const std::uint64_t hash = hash_of(key, words);
    candidates.hashes[i] = hash;
    __builtin_prefetch(line(locate(hash).line));
  }
}

void StateSet::announce(Candidates& candidates, std::size_t first) {
  if (folding_) return announce_parts(candidates, first);
  if (frontier_) make_hashes(candidates, first);
  sized(words_, [&]<int fixed_words>() { announce_sized<fixed_words>(candidates, first); });
}

template <int fixed_words>
std::size_t StateSet::insert_sized(Candidates& candidates) {
  const int words = fixed_words > 0 ? fixed_words : words_;
  const std::size_t count = candidates.count;
  const std::uint64_t most = std::min(states_max_, fitting_);
  const Word* keys = keys_of(candidates);

  for (std::size_t i = 0; i < count; ++i) {
    const Word* key = keys + i * static_cast<std::size_t>(words);
    const auto next = static_cast<std::uint32_t>(arena_.size());
    const bool is_full = next >= most;
    const Entered entered =
        enter<fixed_words>(candidates.hashes[i], key, next, [](std::uint32_t) { return false; });
    candidates.ids[i] = entered.number;
    candidates.fresh[i] = entered.number == next ? 1 : 0;
    if (entered.number != next) continue;
    if (is_full) {
      *slot(entered.place) = 0;
      full_ = arena_.size() >= states_max_ ? Full::states : Full::memory;
      return i;
    }
    arena_.append<fixed_words>(key);
  }
  return count;
}

std::size_t StateSet::insert(Candidates& candidates) {
  // To fold takes memory before it is known what is new: those that come next have theirs as well.
  make_room(candidates.count, candidates.count + candidates.hashes.size());
  if (lines_ == 0) {
    full_ = Full::memory;
    return 0;
  }
  if (folding_) fold(candidates);
  const std::size_t taken =
      sized(words_, [&]<int fixed_words>() { return insert_sized<fixed_words>(candidates); });
  if (!frontier_) return taken;
  const auto words = static_cast<std::size_t>(state_words_);
  for (std::size_t i = 0; i < taken; ++i)
    if (candidates.fresh[i] == 1) frontier_->append(candidates.states.data() + i * words);
  return taken;
}

bool StateSet::insert_one(std::span<const Word> state) {
  Candidates one(state_words_, 1);
  std::ranges::copy(state, one.states.begin());
  one.count = 1;
  announce(one, 0);
  return insert(one) == 1 && one.fresh[0] == 1;
}

// Everything that the table says is in the arena, too; only how large it is must stay, since that
// decides what memory is left.
void StateSet::save(SnapshotWriter& out) const {
  out.number(lines_);
  arena_.save(out);
  parents.save(out);
  if (folding_) folding_->save(out);
  if (frontier_) frontier_->save(out);
}

void StateSet::load(SnapshotReader& in) {
  const std::uint64_t lines = in.number();
  arena_.load(in);
  parents.load(in);
  if (folding_) folding_->load(in);
  if (frontier_) frontier_->load(in);
  grow(lines);
}

std::uint64_t StateSet::memory_when_full() const {
  return room_ * bytes_per_state_ + room_ / 4;
}

// How it grows must not depend on when it is asked, which differs with the number of threads.
void StateSet::make_room(std::size_t more, std::size_t announced) {
  while (size() + more > room_) {
    const std::uint64_t lines = next_lines();
    if (memory_when_full() + memory_beside(announced) + lines * line_bytes > memory_max_) break;
    grow(lines);
  }
  const std::uint64_t used = memory_with(announced);
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

/// Doubles, unless the table would then outweigh the states: then half as much again must do, or,
/// where memory is what counts, a quarter.
std::uint64_t StateSet::next_lines() const {
  if (lines_ == 0) return lines_first;
  const bool is_small = lines_ < 65536;
  const std::uint64_t doubled = lines_ * 2;
  if (is_small || doubled * line_bytes <= room_ * bytes_per_state_) return doubled;
  return folding_ ? lines_ / 4 * 5 : lines_ / 2 * 3;
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
