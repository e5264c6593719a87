#pragma once

#include "checker/disk/run.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace stalemate {

/// The states of all levels in the order in which they were found, each with the position that its
/// parent has in the level before. All in one file, from which nothing is ever removed.
class Levels {
 public:
  explicit Levels(DiskWork& work) : work_(work), file_(std::make_shared<ScratchFile>(work.space)) {}

  /// The next level.
  void begin() { writer_.emplace(work_, file_); }
  void add(const Word* row) { writer_->append(row); }
  void end();

  [[nodiscard]] const Run& last() const { return levels_.back(); }

  /// The states from the initial one to that at the position in the last level.
  [[nodiscard]] std::vector<std::vector<Word>> way_to(std::uint64_t position) const;

 private:
  DiskWork& work_;
  std::shared_ptr<ScratchFile> file_;
  std::vector<Run> levels_;
  std::optional<RunWriter> writer_;
};

} // namespace stalemate
