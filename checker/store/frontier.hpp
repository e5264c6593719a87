#pragma once

#include "checker/store/arena.hpp"

#include <vector>

namespace stalemate {

/// The states that are still to be expanded, whole, for a set that cannot give states back. Others
/// are forgotten, but for those that somebody will ask for.
class Frontier {
 public:
  /// Of states of so many bytes.
  explicit Frontier(int bytes)
      : bytes_(static_cast<std::uint64_t>(bytes)), states_(bytes), kept_(bytes) {}

  /// Adds the state with the next number. Throws std::bad_alloc.
  void append(const Word* state) { states_.append(state); }
  /// Copies the words of a state that has not been forgotten.
  void read(StateId id, Word* state) const;

  /// No state before this one will be read, but for those that are kept.
  void forget_before(StateId id);
  /// The state will be read again. Called in rising order. Throws std::bad_alloc.
  void keep(StateId id);

  /// Bytes in use, with so many more states.
  [[nodiscard]] std::uint64_t memory_with(std::uint64_t more) const;

  void save(SnapshotWriter& out) const;
  /// Into an empty one. Throws std::bad_alloc as well.
  void load(SnapshotReader& in);

 private:
  std::uint64_t bytes_; ///< Of a state.
  Arena states_;
  StateId first_ = 0; ///< That has not been forgotten.
  Arena kept_;
  std::vector<StateId> kept_ids_; ///< In rising order.
};

} // namespace stalemate
