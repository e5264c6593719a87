#include "model/iomap/objects/folio.hpp"

#include "model/iomap/objects/content.hpp"

namespace stalemate::kernel::iomap {

namespace {

ir::Variable variable(const std::string& name, ir::Kind kind, int high, std::vector<int> shape) {
  ir::Variable made;
  made.name = name;
  made.kind = kind;
  made.range = {0, high};
  made.shape = std::move(shape);
  return made;
}

} // namespace

build::Effect FolioTable::Row::remove() const {
  return build::together(
      present = false,
      build::for_each(uptodate.size(), [&](int k) { return uptodate[k] = false; }),
      build::for_each(block_dirty.size(), [&](int k) { return block_dirty[k] = false; }),
      build::for_each(data.size(), [&](int s) { return data[s] = content::garbage; }));
}

FolioTable declare_folios(build::Model& model,
                          const Geometry& geometry,
                          const FileLayout& file,
                          const Tags& tags,
                          const std::vector<std::vector<int>>& cached_data) {
  const auto folios = static_cast<std::size_t>(geometry.folios());
  const auto blocks = static_cast<std::size_t>(geometry.blocks_per_folio);
  const auto segments = static_cast<std::size_t>(geometry.segments_per_folio());
  std::vector<int> present(folios, 0), dirty(folios, 0), uptodate(folios * blocks, 0),
      block_dirty(folios * blocks, 0), data(folios * segments, content::garbage);
  for (const CachedFolio& cached : file.cached) {
    const auto f = static_cast<std::size_t>(cached.folio);
    present[f] = 1;
    dirty[f] = cached.dirty ? 1 : 0;
    for (std::size_t k = 0; k < blocks; ++k) {
      uptodate[f * blocks + k] = cached.is_uptodate(static_cast<int>(k)) ? 1 : 0;
      block_dirty[f * blocks + k] = cached.is_dirty(static_cast<int>(k)) ? 1 : 0;
    }
    for (std::size_t s = 0; s < segments; ++s)
      data[f * segments + s] = cached_data[f][s];
  }

  const int count = geometry.folios();
  const auto table = [&](const std::string& name,
                         ir::Kind kind,
                         int high,
                         std::size_t columns,
                         std::vector<int> initial) {
    ir::Variable made = variable(name, kind, high, {count, static_cast<int>(columns)});
    made.initial = std::move(initial);
    return made;
  };
  ir::Variable held = table("folio.data", ir::Kind::named, tags.last(), segments, std::move(data));
  held.names = tags.names;
  held.value_of = tags.naming();
  ir::Variable pte = variable("folio.pte", ir::Kind::named, 2, {count});
  pte.names = {"none", "read-only", "writable"};

  return {
      .lock = model.holders("folio.lock", count),
      .present = model.flags("folio.present", count, present),
      .dirty = model.flags("folio.dirty", count, dirty),
      .writeback = model.flags("folio.writeback", count),
      .pte = model.declare(std::move(pte)),
      .refs = model.array("folio.refs", count, 0, model.processes()),
      .pending = model.array("folio.pending", count, 0, geometry.blocks_per_folio + 1),
      .uptodate = model.declare(table("folio.uptodate", ir::Kind::boolean, 1, blocks, uptodate)),
      .block_dirty =
          model.declare(table("folio.block_dirty", ir::Kind::boolean, 1, blocks, block_dirty)),
      .data = model.declare(std::move(held)),
      .processes = model.processes(),
      .count = count,
  };
}

} // namespace stalemate::kernel::iomap
