#pragma once

#include "model/iomap/layout/setup.hpp"
#include "model/iomap/objects/clone.hpp"
#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/direct_io.hpp"
#include "model/iomap/objects/disk.hpp"
#include "model/iomap/objects/errors.hpp"
#include "model/iomap/objects/extent_map.hpp"
#include "model/iomap/objects/folio.hpp"
#include "model/iomap/objects/geometry.hpp"
#include "model/iomap/objects/inode.hpp"
#include "model/iomap/objects/ioend.hpp"
#include "model/iomap/objects/journal.hpp"

#include <optional>

namespace stalemate::kernel::iomap {

/// Claims that steps make about the state in which they run; empty where nobody asked.
struct Claims {
  build::Claim fresh_mapping;        ///< I10
  build::Claim converted_before_end; ///< second half of I11
  build::Claim writes_own_block;     ///< I6
  build::Claim lock_order;           ///< Path atlas buffered 0.1
  build::Claim logged_before_home;   ///< I9
  build::Claim buffer_is_there;      ///< Second half of I9
  build::Claim reads_are_regular;    ///< SAF-11 of direct I/O
  build::Claim reads_are_atomic;     ///< The stronger one
  build::Claim direct_io_succeeds;   ///< No error but one of the device
  build::Claim fsync_means_on_disk;  ///< What fsync(2) promises
};

/// Everything that the paths of one scenario share: one file and what the kernel knows about it.
struct World {
  const Setup& setup;
  Geometry geometry;
  Tags tags;
  Inode inode;
  Disk disk;
  ExtentMap extent;    ///< The data fork.
  ExtentMap cow;       ///< The COW fork: what will replace blocks of the data fork.
  build::Array shared; ///< By block: another file has the data fork's block as well.
  FolioTable folio;
  IoendTable ioend;
  Clone clone;
  Journal journal;
  std::optional<DirectIo> dio;         ///< Where the scenario runs `dio_write` or `dio_read`.
  std::optional<Errors> errors;        ///< Where something can fail.
  build::Array written;                ///< Ghost: what each segment of the file should read as.
  std::vector<std::vector<int>> legal; ///< By segment: every tag that may be read there.
  Claims claims;

  [[nodiscard]] const Kernel& kernel() const { return setup.kernel; }

  /// The process that completes the I/O of a block; ir::none if nothing is ever written back.
  [[nodiscard]] int completer(int block) const;
  /// The process that is the device of a direct request, and its completion in a worker.
  [[nodiscard]] int completer(const DirectRequest& request) const;
  /// What a wait for writeback of folio `f` names as its holder: 1 + the process that completes it.
  [[nodiscard]] build::Expr finisher(const build::Expr& f) const;
  /// Does the file end before its last segment at the start, or can it come to that?
  [[nodiscard]] bool has_room_beyond_size() const;
  /// Can a folio that somebody holds a reference on leave the cache?
  [[nodiscard]] bool has_truncation() const;
  /// Does the segment lie at or beyond i_size? False for good where the file is always full.
  [[nodiscard]] build::Expr is_beyond_size(const build::Expr& segment) const;
  /// Can there be delayed allocations in the data fork?
  [[nodiscard]] bool may_have_delalloc() const;
  /// How short the file can become, in segments.
  [[nodiscard]] int lowest_size() const;
  /// Can anything move i_size?
  [[nodiscard]] bool size_can_change() const;
  /// Do writes make the file longer, so that the size on disk has to follow?
  [[nodiscard]] bool appends() const;
  /// Does a path that holds i_rwsem change what blocks hold, without the folio lock?
  [[nodiscard]] build::Expr is_being_rewritten() const;

  [[nodiscard]] build::Lock lock(const build::Place& holder) const {
    return {holder, folio.processes};
  }

  /// The tag of what a process of the scenario writes.
  [[nodiscard]] int tag(int process) const;

  /// A ghost: where the condition is true, the segment was written, whatever became of it before.
  [[nodiscard]] build::Effect rewritten(const build::Expr& segment,
                                        const build::Expr& condition) const {
    return errors ? errors->forget(segment, condition) : build::Effect();
  }
  /// Was what the segment held last given up, so that it may read as what was there before?
  [[nodiscard]] build::Expr is_lost(const build::Expr& segment) const {
    return errors ? errors->is_lost(segment) : build::Expr(false);
  }
  /// Can the mapping of a block by writeback fail, and the write of one?
  [[nodiscard]] bool maps_can_fail() const { return errors && errors->maps; }
  [[nodiscard]] bool writes_can_fail() const { return errors && (errors->maps || errors->writes); }
  [[nodiscard]] bool reads_can_fail() const { return errors && errors->reads; }
  /// A ghost: the segment reads as zeroes from now on, since its block is freed or i_size moves.
  [[nodiscard]] build::Effect freed(int segment) const;
  /// The same where the condition is true, since zeroes are written there.
  [[nodiscard]] build::Effect zeroed(int segment, const build::Expr& condition) const;
  /// The disk's view of a segment: what a read would see if the folio were not cached.
  [[nodiscard]] build::Expr on_disk(int segment) const;
  /// The same of a segment that is known only in the state.
  [[nodiscard]] build::Expr on_disk_at(const build::Expr& segment) const;
  /// What a read of the segment sees now.
  [[nodiscard]] build::Expr seen(int segment) const;
};

/// The number of a path's first process, or ir::none. Paths that wait name whom they wait for.
[[nodiscard]] int first_process(const Setup& setup, const std::string& path);

/// Declares the variables of a scenario whose processes are all announced to the model. Throws
/// ScenarioError for a layout that cannot exist.
[[nodiscard]] World
declare_world(build::Model& model, const Setup& setup, const std::vector<std::string>& processes);

} // namespace stalemate::kernel::iomap
