#pragma once

#include "checker/program/layout.hpp"
#include "checker/store/hash.hpp"
#include "checker/store/pages.hpp"
#include "checker/store/snapshot.hpp"

#include <cstdint>

namespace stalemate {

/// Numbers the different words that it is asked about, from 0 on. The word 0 has the number 0.
///
/// A hash table of the numbers with linear probing; the bits of a slot that numbers do not need yet
/// hold a part of the hash, as in StateSet. The words lie beside it, by number.
class WordNumbers {
 public:
  WordNumbers();

  /// Fetches what number_of() will read first.
  void announce(Word word) const { __builtin_prefetch(slots() + (hash_of(&word, 1) >> shift_)); }
  /// The number of a word, a new one if it was never asked about. Throws std::bad_alloc.
  [[nodiscard]] std::uint32_t number_of(Word word) {
    const std::uint64_t hash = hash_of(&word, 1);
    for (std::uint64_t at = hash >> shift_;; at = (at + 1) & (slots_count_ - 1)) {
      const std::uint32_t slot = slots()[at];
      if (slot == 0) return add(word, hash);
      const std::uint32_t number = (slot & ~tag_mask_) - 1;
      if (((slot ^ static_cast<std::uint32_t>(hash)) & tag_mask_) == 0 && words()[number] == word)
        return number;
    }
  }
  [[nodiscard]] Word word(std::uint32_t number) const { return words()[number]; }
  /// Fetches what word() will read.
  void announce_number(std::uint32_t number) const { __builtin_prefetch(words() + number); }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Bytes that it takes with so many more words.
  [[nodiscard]] std::uint64_t memory_with(std::uint64_t more) const;

  void save(SnapshotWriter& out) const;
  /// Into new ones. Throws std::bad_alloc as well.
  void load(SnapshotReader& in);

 private:
  [[nodiscard]] std::uint32_t add(Word word, std::uint64_t hash);
  void enter(std::uint64_t hash, std::uint32_t number);
  void grow_words(std::uint64_t capacity);
  void grow_slots(std::uint64_t count);
  [[nodiscard]] std::uint64_t capacity_for(std::uint64_t words) const;
  [[nodiscard]] std::uint64_t slots_for(std::uint64_t words) const;

  [[nodiscard]] Word* words() const { return reinterpret_cast<Word*>(words_.data()); }
  [[nodiscard]] std::uint32_t* slots() const {
    return reinterpret_cast<std::uint32_t*>(slots_.data());
  }

  Pages words_;
  Pages slots_;
  std::uint64_t size_ = 0;
  std::uint64_t slots_count_ = 0; ///< A power of two.
  int shift_ = 0;                 ///< The hash's bits from here on choose a slot.
  std::uint32_t tag_mask_ = 0;    ///< Bits of a slot that hold a part of the hash.
};

} // namespace stalemate
