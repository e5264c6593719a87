#pragma once

#include "checker/checkpoint/digest.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace stalemate {

/// A file with what one checkpoint added to what only grows.
struct SavedPart {
  /// Bytes of one of the things that grow, from its own start on.
  struct Range {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
  };
  std::uint64_t bytes = 0;
  Digest::Value digest{};
  std::vector<Range> ranges; ///< In the order in which the search hands them over.
};

/// A checkpoint without the bytes of what only grows.
struct Head {
  Digest::Value build{};             ///< Of the executable that wrote it.
  Digest::Value program{};           ///< Of the program that was searched.
  std::vector<SavedPart> parts;      ///< Oldest first; the files are numbered from 1 on.
  std::vector<std::uint64_t> values; ///< All numbers, in order.
};

[[nodiscard]] std::vector<std::byte> bytes_of(const Head& head);

/// Throws CheckpointError with the file's name, unless they are exactly what bytes_of() made.
[[nodiscard]] Head head_of(std::span<const std::byte> bytes, const std::string& file);

} // namespace stalemate
