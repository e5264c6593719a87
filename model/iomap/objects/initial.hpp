#pragma once

#include "model/iomap/layout/setup.hpp"
#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/geometry.hpp"

#include <vector>

namespace stalemate::kernel::iomap {

/// What is where at the start, as tags.
struct Initial {
  std::vector<std::vector<int>> disk;  ///< By block, segment in it.
  std::vector<std::vector<int>> cache; ///< By folio, segment in it; empty: not cached.
  std::vector<int> readable;           ///< By segment of the file: what a read gives.
  std::vector<int> on_disk;            ///< And what it gives once nothing is cached.
};

/// Throws ScenarioError for a layout that cannot exist.
[[nodiscard]] Initial
initial_content(const FileLayout& file, const Geometry& geometry, const Tags& tags);

/// By segment: zeroes where nothing was written, what is there, and what the processes write. Where
/// writes can fail, what is on disk as well.
[[nodiscard]] std::vector<std::vector<int>>
legal_tags(const Setup& setup, const Tags& tags, const Initial& initial);

/// The tag of what a process writes. Only processes that write have one, to keep tags few.
[[nodiscard]] int tag_of(const Setup& setup, const Tags& tags, std::size_t process);

} // namespace stalemate::kernel::iomap
