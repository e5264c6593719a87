#pragma once

#include <cstdint>

namespace stalemate {

/// What a claim found.
struct Claimed {
  std::uint64_t place = 0;  ///< The slot of the state.
  std::uint32_t number = 0; ///< Under which it is known: the claim's own, or a lower one.
};

/// Enters a state in a hash table that several threads fill at once, without locks. `slots` is the
/// table: `first(hash)` and `next(place, hash)` walk its slots; `load` reads one, and what was
/// written before the slot was filled can be read then; `replace` fills a slot where it still holds
/// what was seen, or says what it holds instead.
///
/// A slot is 0, or belongs to one state for good and holds the lowest number under which that was
/// claimed so far. So when all have made their claims every state has just one slot, and the number
/// in it does not depend on who came first.
template <typename Slots, typename Equal>
[[gnu::always_inline]] inline Claimed
claim(Slots& slots, std::uint64_t hash, std::uint32_t number, Equal is_equal) {
  const std::uint32_t mine = slots.value(hash, number);
  auto place = slots.first(hash);
  std::uint32_t seen = slots.load(place);
  for (;;) {
    if (seen == 0) {
      if (slots.replace(place, seen, mine)) return {place, number};
      continue; // Somebody was faster; `seen` is theirs.
    }
    if (!slots.may_be(seen, hash) || !is_equal(slots.number(seen))) {
      place = slots.next(place, hash);
      seen = slots.load(place);
      continue;
    }
    while (slots.number(seen) > number)
      if (slots.replace(place, seen, mine)) return {place, number};
    return {place, slots.number(seen)};
  }
}

} // namespace stalemate
