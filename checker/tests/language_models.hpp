#pragma once

#include "checker/builder/declare.hpp"
#include "checker/builder/path.hpp"

namespace stalemate::tests {

/// A model that has one of everything that an expression can name.
inline ir::Model spoken_model() {
  using namespace build;
  Model m({"writer0", "flusher"}, "spoken");
  (void)m.flags("folio.dirty", 2);
  (void)m.array("folio.order", 2, 0, 3);
  ir::Variable content;
  content.name = "folio.data";
  content.kind = ir::Kind::named;
  content.names = {"zeroes", "garbage", "old"};
  content.range = {0, 2};
  content.shape = {2, 2};
  (void)m.declare(content);
  content.name = "disk";
  (void)m.declare(content);
  const Place extent = m.named("extent", {"hole", "unwritten", "mapped"});
  (void)m.named("pte", {"none", "read-only", "extent", "no", "disk"});
  (void)m.var("inode.size", 0, 3);
  (void)m.var("offset", -2, 2);
  (void)m.flag("hot");
  (void)m.shared_lock("inode.i_rwsem");
  (void)m.holders("folio.lock", 2);
  const auto record = [&](Path& p) {
    const auto fn = p.function("iomap_iter", "iter.c");
    const Place pos = p.local("pos", 0, 1);
    const Place type = p.local_named("type", {"hole", "unwritten", "mapped"});
    p.step("look up the extent", when(extent == 1), otherwise());
    p.step("remember it", then(pos = 1, type = extent));
  };
  m.process("writer0", "write", record);
  m.process("flusher", "flush", record);
  return m.finish();
}

} // namespace stalemate::tests
