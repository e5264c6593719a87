#pragma once

#include "checker/disk/disk_work.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace stalemate {

/// Rows in a file, which others may be in as well. All blocks but the last are full.
struct Run {
  struct BlockPlace {
    std::uint64_t at = 0;
    std::uint32_t bytes = 0;
  };
  std::shared_ptr<ScratchFile> file;
  std::vector<BlockPlace> blocks;
  std::vector<Word> first_states; ///< Of each block, word by word.
  std::uint64_t size = 0;         ///< Rows.

  [[nodiscard]] std::uint64_t memory() const {
    return blocks.capacity() * sizeof(BlockPlace) + first_states.capacity() * sizeof(Word);
  }
};

/// Writes one, row by row.
class RunWriter {
 public:
  /// At the end of the file.
  RunWriter(DiskWork& work, std::shared_ptr<ScratchFile> file);
  /// Into a file of its own.
  explicit RunWriter(DiskWork& work) : RunWriter(work, std::make_shared<ScratchFile>(work.space)) {}

  void append(const Word* row);
  [[nodiscard]] Run finish();

 private:
  void write_block();

  DiskWork& work_;
  RowBlock block_;
  Run run_;
};

/// Reads one, from some row on. The run must stay where it is.
class RunReader {
 public:
  RunReader(DiskWork& work, const Run& run) : work_(&work), run_(&run) {}
  RunReader(RunReader&&) = default;

  /// Where it is: the number of the row that next() reads.
  [[nodiscard]] std::uint64_t position() const { return position_; }
  void go_to(std::uint64_t position) { position_ = position; }
  /// Copies the next row; false if there is none.
  bool next(Word* row);

  /// Of a run by state: goes on to the first row that has no smaller state. Is it this one?
  /// Asked about rising states. Reads only blocks in which it may be.
  bool has(const Word* state);

 private:
  void load(std::size_t block);
  /// Does a row of the block have a smaller state? Mostly the first word tells.
  [[nodiscard]] bool is_before(std::size_t index, const Word* state) const {
    const Word first = first_words_[index];
    if (first != state[0]) return first < state[0];
    return compare_rest(index, state) < 0;
  }
  [[nodiscard]] int compare_rest(std::size_t index, const Word* state) const;
  [[nodiscard]] std::size_t block_of(const Word* state) const;

  DiskWork* work_;
  const Run* run_;
  std::uint64_t position_ = 0;
  std::size_t loaded_ = SIZE_MAX; ///< Number of the block that is in memory.
  std::size_t index_ = 0;         ///< In it: rows before have smaller states than has() was asked.
  std::optional<RowBlock> block_;
  const Word* first_words_ = nullptr; ///< Of its states.
};

} // namespace stalemate
