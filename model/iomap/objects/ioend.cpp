#include "model/iomap/objects/ioend.hpp"

namespace stalemate::kernel::iomap {

IoendTable
declare_ioends(build::Model& model, const Geometry& geometry, int places, bool can_fail) {
  ir::Variable stage;
  stage.name = "ioend.stage";
  stage.kind = ir::Kind::named;
  stage.range = {0, static_cast<int>(can_fail ? IoStage::failed : IoStage::converted)};
  stage.names = {"none", "built", "submitted", "written", "converted"};
  if (can_fail) stage.names.emplace_back("failed");
  stage.shape = {geometry.blocks};
  return {.stage = model.declare(std::move(stage)),
          .unwritten = model.flags("ioend.unwritten", geometry.blocks),
          .cow = model.flags("ioend.cow", geometry.blocks),
          .end = model.array("ioend.end", geometry.blocks, 0, geometry.segments()),
          .joined = model.flags("ioend.joined", geometry.blocks),
          .place = model.array("ioend.place", geometry.blocks, 0, places - 1)};
}

} // namespace stalemate::kernel::iomap
