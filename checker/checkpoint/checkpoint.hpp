#pragma once

#include "checker/checkpoint/head.hpp"
#include "checker/store/snapshot.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace stalemate {

/// Which of the two last checkpoints is gone on from.
enum class Generation : std::uint8_t { newest, previous };

/// The checkpoints of one search, in a folder: what only grows in files that are never changed, and
/// a head that says which of them count. A new head takes the place of the old one in one instant,
/// so a process that is killed at any time leaves a whole checkpoint. All of it throws
/// CheckpointError.
class Checkpoint {
 public:
  /// Makes the folder if it is not there. `program`: what the search is about.
  Checkpoint(std::filesystem::path folder, const Digest::Value& program);

  /// Gives back what was saved, if anything was. Everything is looked at before anything is given:
  /// what is damaged, of another program or of another executable is refused.
  [[nodiscard]] bool load(Generation generation, const std::function<void(SnapshotReader&)>& give);

  /// Writes the next one. What `take` hands over must have grown from what the last one holds.
  void save(const std::function<void(SnapshotWriter&)>& take);

 private:
  [[nodiscard]] std::filesystem::path part_file(std::size_t number) const;
  void verify(const Head& head, const std::string& file) const;

  std::filesystem::path folder_;
  Head head_;             ///< The last one.
  bool is_newest_ = true; ///< Nothing newer is there, which would be damaged.
};

} // namespace stalemate
