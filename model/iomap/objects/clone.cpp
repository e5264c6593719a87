#include "model/iomap/objects/clone.hpp"

namespace stalemate::kernel::iomap {

Clone declare_clone(build::Model& model, const Disk& disk, const Tags& tags, bool is_reflink) {
  ir::Variable snapshot;
  snapshot.name = "clone.snapshot";
  snapshot.kind = ir::Kind::named;
  snapshot.range = {0, tags.last()};
  snapshot.names = tags.names;
  snapshot.value_of = tags.naming();
  snapshot.shape = {disk.blocks, disk.content.row(0).size()};
  snapshot.ghost = true;
  return {.remapping = model.flag("inode.remapping"),
          .reflink = model.flag("inode.reflink", is_reflink),
          .returned = model.flag("clone.returned"),
          .linked = model.flags("clone.linked", disk.blocks),
          .place = model.array("clone.place", disk.blocks, 0, disk.places() - 1),
          .snapshot = model.declare(std::move(snapshot))};
}

} // namespace stalemate::kernel::iomap
