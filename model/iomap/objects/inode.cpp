#include "model/iomap/objects/inode.hpp"

namespace stalemate::kernel::iomap {

namespace {

/// The largest value of a counter that never wraps: more changes than any path here can make.
constexpr int seq_high = 15;

} // namespace

Inode declare_inode(build::Model& model, const Geometry& geometry, int seq_modulus, int size) {
  return {.i_rwsem = model.shared_lock("inode.i_rwsem"),
          .invalidate_lock = model.shared_lock("inode.invalidate_lock"),
          .glock = model.shared_lock("inode.glock"),
          .seq = model.var("inode.seq", 0, seq_modulus == 0 ? seq_high : seq_modulus - 1),
          .cow_seq = model.var("inode.cow_seq", 0, seq_modulus == 0 ? seq_high : seq_modulus - 1),
          .size = model.var("inode.size", 0, geometry.segments(), size),
          .disk_size = model.var("inode.disk_size", 0, geometry.segments(), size),
          .seq_modulus = seq_modulus};
}

} // namespace stalemate::kernel::iomap
