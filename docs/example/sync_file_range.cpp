// sync_file_range(), fs/sync.c, over the whole file; v6.1.
//
// Keeps:   the wait for what is under writeback, the pass over the dirty folios, which waits for an
//          earlier writeback of a folio before it writes it again, the wait for all of them.
// Drops:   errors, a range that is less than the file. What is mapped into memory: nobody says when
//          a store was "before". There is no log force to leave out: that is what fsync(2) has
//          more.
// Atomic:  "begin" is no step of the kernel: it remembers what is owed.
// Sources: fs/sync.c, mm/filemap.c of Linux 6.1.

#include "model/extension/extension.hpp"
#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths/iomap_writepages.hpp"
#include "model/iomap/properties.hpp"

#include <string>
#include <vector>

using namespace stalemate;
using namespace stalemate::build;
using namespace stalemate::kernel;
using namespace stalemate::kernel::iomap;

namespace {

/// Knobs: how the pass treats a folio that is under writeback, and whether anybody waits in the
/// end.
enum class SyncPass { waits, passes_by } sync_pass = SyncPass::waits;
bool sync_waits = true;

/// The claim, which the path checks.
Claim on_disk;

/// What is owed: what was written when it began, unless somebody was at it.
struct Debt {
  Place is_owed;
  std::vector<Place> segment;

  Debt(Path& p, const World& w) : is_owed(p.local_flag("owes")) {
    for (int s = 0; s < w.geometry.segments(); ++s) {
      segment.push_back(p.local_named("owes" + std::to_string(s), w.tags.names));
      p.values_stand_for(segment.back(), w.tags.naming());
      p.ghost(segment.back());
    }
    p.ghost(is_owed);
  }

  [[nodiscard]] Effect incur(const World& w) const {
    return together(is_owed = w.inode.i_rwsem.is_free(),
                    for_each(w.geometry.segments(), [&](int s) {
                      return segment[static_cast<std::size_t>(s)] = w.written[s];
                    }));
  }

  /// A later write may have come in between; its data is as good.
  [[nodiscard]] Expr is_paid(const World& w) const {
    return !is_owed || for_all(w.geometry.segments(), [&](int s) {
      const Expr stored = w.on_disk(s);
      return stored == segment[static_cast<std::size_t>(s)] || stored == w.written[s];
    });
  }
};

void write_folio(Path& p, const World& w, const WritepageContext& context, int f) {
  const auto fn = p.function("__filemap_fdatawrite_range", "mm/filemap.c");
  const auto folio = w.folio[f];
  const std::string name = "folio " + std::to_string(f);
  const Label written = p.forward();
  const bool passes_by = sync_pass == SyncPass::passes_by;
  const Expr is_wanted = passes_by ? folio.dirty && !folio.writeback : Expr(folio.dirty);
  p.step("lock " + name + " if it is to be written",
         InOrder(p, w).take(Rank::folio_lock, folio.lock, when(is_wanted)).note("dirty"),
         otherwise().note("leave it").go(written));
  if (!passes_by)
    p.step("wait for earlier writeback of " + name,
           always().wait(!folio.writeback, "writeback of " + name + " to end", w.finisher(f)));
  iomap_writepage_map(p, w, context, f, written);
  p.label(written);
}

void wait_for_folio(Path& p, const World& w, int f, const std::string& when) {
  const auto fn = p.function("file_fdatawait_range", "mm/filemap.c");
  const std::string name = "folio " + std::to_string(f);
  p.step("wait for writeback of " + name + ", " + when,
         always().wait(!w.folio[f].writeback, "writeback of " + name + " to end", w.finisher(f)));
}

void record_sync(Path& p, const World& w, const Options&) {
  const auto fn = p.function("sync_file_range", "fs/sync.c");
  const WritepageContext context(p, w);
  const Debt debt(p, w);
  p.step("begin", then(debt.incur(w)));
  for (int f = 0; sync_pass == SyncPass::waits && f < w.geometry.folios(); ++f)
    wait_for_folio(p, w, f, "before");
  for (int f = 0; f < w.geometry.folios(); ++f)
    write_folio(p, w, context, f);
  for (int f = 0; sync_waits && f < w.geometry.folios(); ++f)
    wait_for_folio(p, w, f, "after");
  p.step("return",
         always()
             .check(on_disk, debt.is_paid(w), "what was written before is on disk, and mapped")
             .end());
}

} // namespace

STALEMATE_EXTENSION(extension) {
  extension.add(IomapPath{{.name = "sync_range",
                           .process = "syncer",
                           .function = "sync_file_range",
                           .text = "sync_file_range(2) over the whole file",
                           .source = "fs/sync.c of Linux 6.1",
                           .like = {"writeback"}},
                          record_sync});
  extension.add(own_words<iomap::Kernel>(
      sync_pass,
      "sync_pass",
      "what sync_file_range does with a folio that is still under writeback",
      "SYNC_FILE_RANGE_WAIT_BEFORE in fs/sync.c; WB_SYNC_ALL and WB_SYNC_NONE",
      {{"waits", "waits for it, and again before the pass writes it, if all three flags are given"},
       {"passes_by", "leaves it, as background writeback, if WAIT_BEFORE is not"}}));
  extension.add(own_boolean<iomap::Kernel>(sync_waits,
                                           "sync_waits",
                                           "it waits for the end of the writeback",
                                           "SYNC_FILE_RANGE_WAIT_AFTER in fs/sync.c"));
  extension.add(IomapProperty{
      {.name = "range_is_on_disk",
       .claim = "what was written before a sync_file_range is on disk when it returns",
       .source = "sync_file_range(2)",
       .kind = ir::PropertyKind::assertion,
       .checked_by = {"sync_range"}},
      nullptr,
      [](World&) -> Claim& { return on_disk; }});
}
