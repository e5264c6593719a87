#include "model/iomap/objects/disk.hpp"

namespace stalemate::kernel::iomap {

using build::Expr;
using build::Place;

build::Effect Disk::free(const Expr& condition, const Expr& place) const {
  const build::Array segments = at(place);
  return build::for_each(segments.size(), [&](int s) {
    const Place segment = segments[s];
    return segment = select(condition, others, segment);
  });
}

Disk declare_disk(build::Model& model,
                  const Geometry& geometry,
                  const Tags& tags,
                  int ranks,
                  const std::vector<std::vector<int>>& initial,
                  const std::vector<int>& used) {
  ir::Variable content;
  content.name = "disk";
  content.kind = ir::Kind::named;
  content.range = {0, tags.last()};
  content.names = tags.names;
  content.value_of = tags.naming();
  content.shape = {geometry.blocks * ranks, geometry.segments_per_block};
  for (const auto& block : initial)
    content.initial.insert(content.initial.end(), block.begin(), block.end());
  const int segments = geometry.blocks * ranks * geometry.segments_per_block;
  content.initial.resize(static_cast<std::size_t>(segments), content::garbage);
  return {.content = model.declare(std::move(content)),
          .used = model.array("disk.used", geometry.blocks, 0, ranks, used),
          .blocks = geometry.blocks,
          .ranks = ranks,
          .others = tags.others};
}

} // namespace stalemate::kernel::iomap
