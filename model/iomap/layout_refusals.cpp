#include "model/iomap/layout_refusals.hpp"

#include "model/scenario/version.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

namespace {

/// On a zoned device what is to be written has its reservation in the COW fork, and no block is
/// allocated before it is written.
void check_zoned_layout(const FileLayout& file) {
  for (std::size_t b = 0; b < file.blocks.size(); ++b) {
    const bool is_shared = b < file.shared.size() && file.shared[b];
    if ((file.blocks[b] != Extent::hole && file.blocks[b] != Extent::mapped) || is_shared)
      throw ScenarioError(fmt::format("/file/blocks/{}", b),
                          "on a zoned device a block is a hole or mapped; what is to be written is "
                          "delalloc in file.cow");
    if (b < file.cow.size() && file.cow[b] != Extent::hole && file.cow[b] != Extent::delalloc)
      throw ScenarioError(fmt::format("/file/cow/{}", b),
                          "on a zoned device nothing is allocated before it is submitted: make it "
                          "delalloc");
  }
  for (std::size_t i = 0; i < file.cached.size(); ++i)
    for (int k = 0; k < file.blocks_per_folio; ++k) {
      const CachedFolio& cached = file.cached[i];
      const auto b = static_cast<std::size_t>(cached.folio * file.blocks_per_folio + k);
      const bool is_reserved = b < file.cow.size() && file.cow[b] == Extent::delalloc;
      if (b < file.blocks.size() && cached.is_dirty(k) && !is_reserved)
        throw ScenarioError(fmt::format("/file/cached/{}", i),
                            fmt::format("on a zoned device dirty data is written to another place: "
                                        "make item {} of file.cow delalloc",
                                        b));
    }
}

/// What the filesystem of the kernel cannot have in a file.
void check_layout(const Setup& setup) {
  const Filesystem filesystem = setup.kernel.filesystem;
  const bool is_gfs2 = filesystem == Filesystem::gfs2 || filesystem == Filesystem::gfs2_jdata;
  const FileLayout& file = setup.file;
  if (setup.is_zoned()) check_zoned_layout(file);
  for (std::size_t b = 0; b < file.blocks.size(); ++b) {
    const Extent block = file.blocks[b];
    const auto pointer = fmt::format("/file/blocks/{}", b);
    if (is_gfs2 && (block == Extent::delalloc || block == Extent::unwritten ||
                    (b < file.shared.size() && file.shared[b])))
      throw ScenarioError(pointer, "in gfs2 a block is a hole or mapped, and nobody else's");
    if (filesystem == Filesystem::zonefs && block != Extent::mapped)
      throw ScenarioError(pointer, "all blocks of a zonefs file are mapped");
  }
  if (file.preallocation > 0 && filesystem != Filesystem::xfs)
    throw ScenarioError("/file/preallocation", "only XFS preallocates behind the end of the file");
  const bool has_cow =
      std::ranges::any_of(file.cow, [](Extent one) { return one != Extent::hole; });
  if ((is_gfs2 || filesystem == Filesystem::zonefs) && has_cow)
    throw ScenarioError("/file/cow", "only XFS has a COW fork");
  if (file.map_errors > 0 && filesystem != Filesystem::xfs)
    throw ScenarioError("/file/map_errors", "an allocation that fails is modelled of XFS alone");
  if (file.map_errors > 0 && setup.kernel.fork_lookup != ForkLookup::one_ilock_hold)
    throw ScenarioError("/file/map_errors",
                        "an allocation that fails goes with kernel.fork_lookup one_ilock_hold");
}

/// Errors end in the I/O of one block, and in a copy that is not the file's yet.
void check_failing_device(const Setup& setup) {
  const FileLayout& file = setup.file;
  if (!file.loses_writes()) return;
  const std::string pointer = file.write_errors > 0 ? "/file/write_errors" : "/file/map_errors";
  if (setup.is_zoned())
    throw ScenarioError(pointer, "errors of writeback are not modelled of zoned files");
  if (setup.kernel.ioends == Ioends::of_an_extent)
    throw ScenarioError(pointer, "errors are modelled of ioends of one block: ioends of_a_block");
}

/// Knobs that speak of the same step differently.
void check_knobs(const Kernel& kernel) {
  if (kernel.ioends != Ioends::of_an_extent) return;
  if (kernel.end_writeback == EndWriteback::before_conversion ||
      kernel.i_rwsem_also_in == RwsemAlsoIn::io_completion)
    throw ScenarioError("/kernel/ioends",
                        "an ioend of several blocks ends writeback when it is converted, and takes "
                        "no i_rwsem: leave end_writeback and i_rwsem_also_in as they are");
}

} // namespace

void refuse_layout(const Scenario& scenario, const Setup& setup) {
  check_layout(setup);
  check_failing_device(setup);
  check_knobs(setup.kernel);
  const auto version = scenario.kernel.find("version");
  if (setup.is_zoned() && version != scenario.kernel.end() &&
      version->second < static_cast<int>(Version::v6_18))
    throw ScenarioError("/kernel/version", "v6.15 is the first that has zoned files");
  if (setup.is_zoned() && setup.kernel.ioends == Ioends::of_an_extent)
    throw ScenarioError("/kernel/ioends", "on a zoned device each block is written by itself");
}

} // namespace stalemate::kernel::iomap
