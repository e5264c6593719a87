#include "model/iomap/objects/journal.hpp"

namespace stalemate::kernel::iomap {

Journal declare_journal(build::Model& model, const Geometry& geometry, const Tags& tags) {
  ir::Variable copy;
  copy.name = "journal.copy";
  copy.kind = ir::Kind::named;
  copy.range = {0, tags.last()};
  copy.names = tags.names;
  copy.value_of = tags.naming();
  copy.shape = {geometry.blocks, geometry.segments_per_block};
  return {.flush_lock = model.shared_lock("journal.flush_lock"),
          .attached = model.flags("buffer.attached", geometry.blocks),
          .dirty = model.flags("buffer.dirty", geometry.blocks),
          .pinned = model.flags("buffer.pinned", geometry.blocks),
          .committed = model.flags("journal.committed", geometry.blocks),
          .copy = model.declare(std::move(copy))};
}

} // namespace stalemate::kernel::iomap
