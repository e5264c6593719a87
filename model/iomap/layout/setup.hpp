#pragma once

#include "model/iomap/knobs/kernel.hpp"
#include "model/iomap/layout/file_layout.hpp"
#include "model/scenario/scenario.hpp"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel::iomap {

/// What a scenario about a file says: the file at the start, the kernel, what runs; and what
/// follows from it about what the model must hold.
struct Setup {
  FileLayout file;
  Kernel kernel;
  std::vector<ProcessSpec> processes;

  /// Does some process run this path, or one of these?
  [[nodiscard]] bool runs(const std::string& path) const;
  [[nodiscard]] bool runs_any(std::initializer_list<const char*> paths) const;
  /// Is a block in this state at the start?
  [[nodiscard]] bool starts_with(Extent state) const;

  /// Does every write go to another place on disk, which is chosen when it is submitted?
  [[nodiscard]] bool is_zoned() const { return kernel.filesystem == Filesystem::xfs_zoned; }
  /// Does the file say at the start that blocks of it may be shared?
  [[nodiscard]] bool is_reflink() const;
  /// Can there ever be blocks to copy on write?
  [[nodiscard]] bool has_cow() const;
  /// Can the file get a hole that it does not have at the start?
  [[nodiscard]] bool makes_holes() const;
  /// Can the file have a hole?
  [[nodiscard]] bool has_holes() const {
    return starts_with(Extent::hole) || makes_holes() || discards_delalloc();
  }
  /// Can a delayed allocation be given back because writing it has failed?
  [[nodiscard]] bool discards_delalloc() const {
    return file.loses_writes() && starts_with(Extent::delalloc);
  }
  /// Can blocks be freed while the file goes on, or be elsewhere than they were?
  [[nodiscard]] bool frees_blocks() const;
  /// The same of blocks that hold data of the file, which reads as zeroes from then on.
  [[nodiscard]] bool frees_data() const;
  /// Can there be delayed allocations behind the end of the file that are there for later writes?
  [[nodiscard]] bool preallocates() const;
  /// Do blocks change their position in the file?
  [[nodiscard]] bool moves_blocks() const { return runs_any({"collapse_range", "insert_range"}); }
  /// How short the file can become, in segments.
  [[nodiscard]] int lowest_size() const;
  /// What i_size can be, in segments, when a write of the process at `at` begins and i_size is
  /// less: in ascending order.
  [[nodiscard]] std::vector<int> sizes_below(int process, int at) const;
  /// Can a buffered write begin behind i_size? And behind this segment, which i_size does not
  /// reach?
  [[nodiscard]] bool has_gap() const;
  [[nodiscard]] bool has_gap_over(int segment) const;
  /// Does anything send data to the disk, whose I/O then completes?
  [[nodiscard]] bool writes_back() const;
  /// Does the scenario have direct I/O in full, with bios and their completion?
  [[nodiscard]] bool has_direct_io() const { return runs_any({"dio_write", "dio_read"}); }
  /// Is it a direct write to parts of blocks, which a reflinked file makes a buffered one?
  [[nodiscard]] bool bounces(const ProcessSpec& process) const;
  /// Does direct I/O write behind the back of the page cache?
  [[nodiscard]] bool writes_directly() const { return runs("dio_write"); }
  /// Can folios of the file be in the page cache?
  [[nodiscard]] bool has_page_cache() const;
  /// Is the file mapped, so that folios have page table entries?
  [[nodiscard]] bool is_mapped() const { return runs("mmap_write"); }
  /// How many places on disk each block can have, one after the other.
  [[nodiscard]] int places_per_block() const;
};

/// An option of a process, or its value when the scenario does not give it.
[[nodiscard]] int option_of(const ProcessSpec& process, const std::string& name, int initial);

/// First position and end of the data that a process writes; empty if it writes none.
[[nodiscard]] std::pair<int, int> written_by(const ProcessSpec& process);

} // namespace stalemate::kernel::iomap
