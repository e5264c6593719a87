#pragma once

#include "checker/program/layout.hpp"
#include "checker/store/fetch.hpp"
#include "checker/store/pages.hpp"
#include "checker/store/snapshot.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace stalemate {

static_assert(std::endian::native == std::endian::little, "states are stored low bytes first");

/// Number of a state, in the order found. The initial state is 0.
using StateId = std::uint32_t;

/// Packed states, or what stands for them, one behind the other, each in as many bytes as it needs.
/// They are only appended, so the states that are not yet expanded are simply the last ones.
class Arena {
 public:
  /// Of states of so many bytes, at least 1.
  explicit Arena(int bytes);

  [[nodiscard]] int words() const { return words_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Bytes that are in use.
  [[nodiscard]] std::uint64_t memory() const;

  /// Copies the state's words. `fixed_words` is the state's, or 0 for any.
  template <int fixed_words = 0>
  void read(StateId id, Word* state) const {
    const int last = (fixed_words > 0 ? fixed_words : words_) - 1;
    const std::byte* at = address(id);
    for (int w = 0; w <= last; ++w)
      std::memcpy(state + w, at + word_bytes * static_cast<std::size_t>(w), word_bytes);
    state[last] &= last_mask_;
  }

  template <int fixed_words = 0>
  [[nodiscard]] bool equals(StateId id, const Word* state) const {
    const int last = (fixed_words > 0 ? fixed_words : words_) - 1;
    const std::byte* at = address(id);
    Word difference = 0;
    for (int w = 0; w <= last; ++w) {
      Word word;
      std::memcpy(&word, at + word_bytes * static_cast<std::size_t>(w), word_bytes);
      difference |= (word ^ state[w]) & (w == last ? last_mask_ : ~Word{0});
    }
    return difference == 0;
  }

  /// Fetches what read() and equals() will look at.
  void announce(StateId id) const { fetch(address(id)); }

  /// Appends a state. Throws std::bad_alloc; nothing has changed then.
  template <int fixed_words = 0>
  StateId append(const Word* state) {
    if ((size_ & (chunk_states - 1)) == 0) add_chunk();
    const auto id = static_cast<StateId>(size_++);
    // The last word's unused bytes are zeros that spill into the place of the next state.
    std::memcpy(address(id),
                state,
                word_bytes * static_cast<std::size_t>(fixed_words > 0 ? fixed_words : words_));
    return id;
  }

  /// Makes room for states up to before `end`; set() may then write them in any order, from several
  /// threads. Throws std::bad_alloc.
  void extend(std::uint64_t end) {
    while (chunks_.size() * chunk_states < end)
      add_chunk();
    size_ = end;
  }

  /// Gives memory of states before `id` back. They must not be read any more.
  void forget_before(StateId id);

  void save(SnapshotWriter& out) const;
  /// Into an empty one. Throws std::bad_alloc as well.
  void load(SnapshotReader& in);

  /// Writes a state, and nothing beside it.
  void set(StateId id, const Word* state) { std::memcpy(address(id), state, bytes_); }

 private:
  static constexpr std::size_t word_bytes = sizeof(Word);
  static constexpr std::uint64_t chunk_states = std::uint64_t{1} << 18;

  void add_chunk();
  [[nodiscard]] std::span<std::byte> piece(std::uint64_t at) const;

  [[nodiscard]] std::byte* address(StateId id) const {
    return chunks_[id / chunk_states].data() + (id % chunk_states) * bytes_;
  }

  int words_;
  std::size_t bytes_;
  Word last_mask_;
  std::uint64_t size_ = 0;
  std::vector<Pages> chunks_;
  std::uint64_t forgotten_ = 0; ///< Chunks.
};

} // namespace stalemate
