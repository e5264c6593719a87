#include "reports/tests/live_example.hpp"

#include "checker/builder/path.hpp"

namespace stalemate::report::example {

using namespace build; // NOLINT: the notation

ir::Model retries() {
  Model m({"writer0", "writer1"}, "L0");
  const Array locks = m.holders("folio.lock", 2);
  for (int i = 0; i < 2; ++i) {
    m.process(i == 0 ? "writer0" : "writer1", "writer", [&](Path& p) {
      const auto fn = p.function("lock_two_folios", "mm/filemap.c");
      const Lock mine = m.lock(locks[i]);
      const Lock other = m.lock(locks[1 - i]);
      p.label("again");
      p.step("lock the first folio", take(mine));
      p.step("try to lock the second folio",
             when(other.is_free()).then(other.holder = p.self()),
             otherwise().note("it is locked").go("give way"));
      p.step("unlock both", then(release(mine), release(other)).end());
      p.label("give way");
      p.step("unlock the first folio, try again", then(release(mine)).retry().go("again"));
    });
  }
  m.progress("both_get_there", "whoever wants two folios gets them, some time");
  return m.finish();
}

Result retries_result() {
  Result result;
  result.verdict = Verdict::livelock;
  result.property = 0;
  result.process = 0;
  result.schedule = {{0, 0}, {1, 0}};
  result.loop = {{0, 1}, {1, 1}, {0, 0}, {1, 0}, {0, 0}, {1, 0}};
  result.counts = {9, 12, 5};
  result.coverage = no_coverage(retries());
  return result;
}

} // namespace stalemate::report::example
