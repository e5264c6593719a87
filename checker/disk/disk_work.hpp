#pragma once

#include "checker/disk/block.hpp"
#include "checker/disk/scratch_file.hpp"

#include <functional>
#include <utility>

namespace stalemate {

/// What all who keep rows on the disk for one search share.
struct DiskWork {
  DiskWork(std::size_t state_words, const DiskOptions& options, std::function<void()> pause)
      : words(state_words), block_rows(options.block_rows), space(options),
        look_around(std::move(pause)) {}

  std::size_t words; ///< Of a state.
  std::size_t block_rows;
  DiskSpace space;
  BlockCodec codec;
  std::vector<std::byte> packed;     ///< Room for a block on its way from the disk.
  std::function<void()> look_around; ///< Called for each block; throws Stopped if that is all.
};

} // namespace stalemate
