#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/objects/geometry.hpp"

namespace stalemate::kernel::iomap {

/// struct inode and struct xfs_inode: the locks, the size and the data fork's sequence counter.
///
/// The ILOCK is not stored: every section under it is one step (atlas buffered 0.2).
struct Inode {
  build::SharedLock i_rwsem;         ///< XFS calls it IOLOCK.
  build::SharedLock invalidate_lock; ///< XFS calls it MMAPLOCK.
  build::SharedLock glock;           ///< gfs2's cluster lock of the inode, on one node.
  build::Place seq;                  ///< ip->i_df.if_seq.
  build::Place cow_seq;              ///< ip->i_cowfp->if_seq.
  build::Place size;                 ///< i_size, in segments.
  build::Place disk_size;            ///< ip->i_disk_size, likewise: what survives a crash.
  /// Ghosts: cut_from..cut_to-1 may still be zeroed in the folio of the old end by whoever moves
  /// i_size up (pagecache_isize_extended), so that until then anything may be there.
  build::Place cut_from, cut_to;
  /// A ghost: a write that began behind i_size is about to move it over what lies before this, so
  /// that a store there may be the file's already.
  build::Place gap_to;
  int seq_modulus; ///< 0: the counter never wraps.

  /// xfs_iext_inc_seq(): every change of the data fork's extents, under the ILOCK. A counter that
  /// should never wrap and reaches its largest value is a model error, not a wrap.
  [[nodiscard]] build::Effect bump_seq() const { return bump(seq, true); }
  [[nodiscard]] build::Effect bump_cow_seq() const { return bump(cow_seq, true); }

  /// The same where the condition is true.
  [[nodiscard]] build::Effect bump(const build::Place& counter, const build::Expr& changed) const {
    const build::Expr next = counter + changed;
    return seq_modulus == 0 ? counter = next : counter = next % seq_modulus;
  }
};

[[nodiscard]] Inode
declare_inode(build::Model& model, const Geometry& geometry, int seq_modulus, int size);

} // namespace stalemate::kernel::iomap
