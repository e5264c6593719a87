#pragma once

#include "checker/builder/path.hpp"

#include <string>

namespace stalemate::tests {

/// A model with one of everything that an export has to translate.
inline ir::Model one_of_everything() {
  using namespace build; // NOLINT: the notation
  Model m({"writer", "end"}, "one of everything");
  const Place kind = m.named("extent.kind", {"hole", "mapped"}, 1);
  const Place dirty = m.flag("folio.dirty", true);
  const Array data = m.array("data", 3, -1, 4, {0, -1, 2});
  const Lock lock = m.lock("folio.lock");
  const Claim claim = m.assertion("asserted", "what a step claims");
  m.process("writer", "write", [&](Path& p) {
    const auto f = p.function("write_begin", "fs/f.c");
    const Place i = p.local("index", 0, 2);
    p.step("take the lock", take(lock));
    p.step("write",
           when(dirty && kind == 1)
               .check(claim, data[i] < 4, "not full")
               .then(data[i] = data[i] + 1, kind = 0)
               .note("the extent is mapped"),
           otherwise().then(i = min(i + 1, 2)).go("out"));
    p.label("out");
    p.step("drop the lock", then(release(lock)));
  });
  m.process("end", "daemon", [&](Path& p) {
    const auto f = p.function("daemon", "");
    p.label("again");
    p.step(idle("look for work"), when(dirty).take(lock).then(dirty = false));
    p.step("unlock", then(release(lock)).go("again"));
  });
  m.invariant("small", "data stays small", {{data[0] <= 3, "the first"}});
  m.no_deadlock();
  return m.finish();
}

} // namespace stalemate::tests
