#include "checker/store/word_numbers.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <new>
#include <span>
#include <vector>

namespace stalemate {

namespace {

constexpr std::uint64_t words_first = 256;

} // namespace

WordNumbers::WordNumbers() {
  grow_slots(words_first);
  (void)number_of(0);
}

std::uint64_t WordNumbers::memory_with(std::uint64_t more) const {
  return capacity_for(size_ + more) * sizeof(Word) +
         slots_for(size_ + more) * sizeof(std::uint32_t);
}

std::uint32_t WordNumbers::add(Word word, std::uint64_t hash) {
  // Numbers are used up as memory is: a tree may come to that a few states before the set does.
  if (size_ >= std::numeric_limits<std::uint32_t>::max() - 1) throw std::bad_alloc();
  if (slots_for(size_ + 1) != slots_count_) grow_slots(slots_for(size_ + 1));
  const std::uint64_t capacity = capacity_for(size_ + 1);
  if (capacity * sizeof(Word) != words_.size()) grow_words(capacity);
  const auto number = static_cast<std::uint32_t>(size_++);
  words()[number] = word;
  enter(hash, number);
  return number;
}

void WordNumbers::enter(std::uint64_t hash, std::uint32_t number) {
  std::uint64_t at = hash >> shift_;
  while (slots()[at] != 0)
    at = (at + 1) & (slots_count_ - 1);
  slots()[at] = (static_cast<std::uint32_t>(hash) & tag_mask_) | (number + 1);
}

/// A quarter more each time: they are copied often, but little is left free.
std::uint64_t WordNumbers::capacity_for(std::uint64_t words) const {
  std::uint64_t capacity = words_.size() / sizeof(Word);
  while (capacity < words)
    capacity = std::max(words_first, capacity / 4 * 5);
  return capacity;
}

/// Three quarters of the slots are used at most.
std::uint64_t WordNumbers::slots_for(std::uint64_t words) const {
  std::uint64_t count = slots_count_;
  while (count / 4 * 3 < words)
    count = std::max(words_first, count * 2);
  return count;
}

void WordNumbers::grow_words(std::uint64_t capacity) {
  Pages more(capacity * sizeof(Word));
  if (size_ > 0) std::memcpy(more.data(), words_.data(), size_ * sizeof(Word));
  words_ = std::move(more);
}

void WordNumbers::grow_slots(std::uint64_t count) {
  slots_ = Pages(); // First, so that there are never two.
  slots_count_ = 0;
  slots_ = Pages(count * sizeof(std::uint32_t));
  slots_count_ = count;
  shift_ = 64 - std::countr_zero(count);
  tag_mask_ = static_cast<std::uint32_t>(~std::uint64_t{0} << std::bit_width(count));
  for (std::uint64_t number = 0; number < size_; ++number)
    enter(hash_of(words() + number, 1), static_cast<std::uint32_t>(number));
}

void WordNumbers::save(SnapshotWriter& out) const {
  const auto known = std::as_bytes(std::span(words(), size_));
  out.grown(0, known.size(), [&](std::uint64_t at) { return known.subspan(at); });
}

// Asked about in the same order, they get the same numbers, and the tables the same sizes.
void WordNumbers::load(SnapshotReader& in) {
  std::vector<Word> known;
  in.grown(known);
  for (const Word word : known)
    (void)number_of(word);
}

} // namespace stalemate
