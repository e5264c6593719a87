#include "model/iomap/objects/inode.hpp"

namespace stalemate::kernel::iomap {

namespace {

/// The largest value of a counter that never wraps: more changes than any path here can make.
constexpr int seq_high = 15;

build::Place declare_seq(build::Model& model, const std::string& name, int modulus) {
  return modulus == 0 ? model.counter(name, seq_high) : model.var(name, 0, modulus - 1);
}

build::Place declare_ghost_position(build::Model& model, const std::string& name, int segments) {
  const build::Place position = model.var(name, 0, segments);
  model.ghost(position);
  return position;
}

} // namespace

Inode declare_inode(build::Model& model, const Geometry& geometry, int seq_modulus, int size) {
  return {.i_rwsem = model.shared_lock("inode.i_rwsem"),
          .invalidate_lock = model.shared_lock("inode.invalidate_lock"),
          .glock = model.shared_lock("inode.glock"),
          .seq = declare_seq(model, "inode.seq", seq_modulus),
          .cow_seq = declare_seq(model, "inode.cow_seq", seq_modulus),
          .size = model.var("inode.size", 0, geometry.segments(), size),
          .disk_size = model.var("inode.disk_size", 0, geometry.segments(), size),
          .cut_from = declare_ghost_position(model, "inode.cut_from", geometry.segments()),
          .cut_to = declare_ghost_position(model, "inode.cut_to", geometry.segments()),
          .gap_to = declare_ghost_position(model, "inode.gap_to", geometry.segments()),
          .seq_modulus = seq_modulus};
}

} // namespace stalemate::kernel::iomap
