// iomap_read_folio(), fs/iomap/buffered-io.c, with xfs_read_iomap_begin().
//
// Keeps:   the mapping of the data fork, taken with the folio locked; zeroes where it has no data.
//          A mapping taken under the folio lock cannot be made stale by writeback of the folio.
//          What writes to the disk behind the page cache can: the step that maps and the one that
//          reads are two as soon as the scenario has direct I/O. Where buffered_reads_revalidate
//          says so, zeroes are believed only if the counter of the data fork has not moved. A block
//          whose read fails stays as it is, for the caller to find.
// Drops:   read errors beside direct I/O, readahead of other folios. The COW fork is never asked:
//          what is to be copied is cached and uptodate as long as it is only there.
// Atomic:  without direct I/O, mapping and reading a block are one step.
// Sources: atlas buffered G4-G6.

#include "model/iomap/paths/iomap_read_folio.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

void iomap_read_folio(Path& p, const World& w, int index) {
  const auto fn = p.function("iomap_read_folio", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[index];
  const int per_block = w.geometry.segments_per_block;
  const int per_folio = w.geometry.blocks_per_folio;
  const bool revalidates = w.kernel().buffered_reads_revalidate;
  const auto named = [&](const std::string& what, int k) {
    return per_folio == 1 ? what : fmt::format("{}, block {}", what, k);
  };
  for (int k = 0; k < per_folio; ++k) {
    const int block = index * per_folio + k;
    const Expr has_data = w.extent[block] == Extent::mapped;
    const auto from_disk = [&](int s) { return w.disk.at(w.extent.place_of(block))[s]; };
    const auto fill = [&](const auto& content) {
      return for_each(per_block, [&](int s) { return folio.data[k * per_block + s] = content(s); })
          .then(folio.uptodate[k] = true);
    };
    if (!w.setup.writes_directly()) {
      std::vector<Alternative> ways{when(folio.uptodate[k]).note("uptodate already"),
                                    otherwise().then(fill([&](int s) {
                                      return select(has_data, from_disk(s), content::zeroes);
                                    }))};
      if (w.reads_can_fail()) {
        const Place left = *w.errors->reads;
        ways.push_back(when(!folio.uptodate[k] && has_data && left > 0)
                           .note("the read fails")
                           .then(left = left - 1));
      }
      p.step(named("map the block and read it", k), ways);
      continue;
    }
    const auto map = fmt::format("map block {}", k);
    const auto zero = fmt::format("zero block {}", k);
    const auto next = fmt::format("after block {}", k);
    const Expr is_needed = !folio.uptodate[k];
    const auto no_data = when(is_needed && !has_data).note("no data").go(zero);
    if (!revalidates) {
      p.step(named("map the block", k),
             when(folio.uptodate[k]).note("uptodate already").go(next),
             when(is_needed && has_data).note("to be read"),
             no_data);
      p.step(named("the read completes", k), then(fill(from_disk)).go(next));
      p.label(zero);
      p.step(named("zero the block in the cache", k),
             then(fill([](int) { return Expr(content::zeroes); })));
      p.label(next);
      continue;
    }
    const Place cookie =
        p.local(fmt::format("read.cookie{}", k), 0, static_cast<int>(w.inode.seq.range().high));
    p.label(map);
    p.step(named("map the block", k),
           when(folio.uptodate[k]).note("uptodate already").go(next),
           when(is_needed && has_data).note("to be read"),
           no_data.then(cookie = w.inode.seq));
    p.step(named("the read completes", k), then(fill(from_disk)).go(next));
    p.label(zero);
    p.step(named("is the mapping still true?", k),
           when(cookie == w.inode.seq).then(fill([](int) { return Expr(content::zeroes); })),
           otherwise().note("map it again").then(cookie = 0).retry().go(map));
    p.label(next);
  }
}

} // namespace stalemate::kernel::iomap
