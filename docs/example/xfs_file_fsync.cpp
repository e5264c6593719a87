// xfs_file_fsync(), fs/xfs/xfs_file.c; file_write_and_wait_range(), mm/filemap.c; v6.1.
//
// Keeps:   the pass over the dirty folios, which waits for an earlier writeback of a folio before
// it
//          writes it again; the wait for all of them; the log force at the end.
// Drops:   errors, fdatasync(2), the flush of the device's cache, the look whether the inode is
//          pinned at all. What is mapped into memory: nobody says when a store was "before".
// Atomic:  the log force: what the extent map says when it begins is what recovery will find.
//          "begin" is no step of the kernel: it remembers what fsync owes.
// Sources: fs/xfs/xfs_file.c, mm/filemap.c of Linux 6.1.

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

/// Knobs: how the pass treats a folio that is under writeback, and whether anybody waits.
enum class FsyncPass { waits, passes_by } fsync_pass = FsyncPass::waits;
bool fsync_waits = true;

/// The claim, which the path checks.
Claim durable;

/// What fsync owes: what was written when it began, unless somebody was at it.
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
  const bool passes_by = fsync_pass == FsyncPass::passes_by;
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

void wait_for_folio(Path& p, const World& w, int f) {
  const auto fn = p.function("__filemap_fdatawait_range", "mm/filemap.c");
  const std::string name = "folio " + std::to_string(f);
  p.step("wait for writeback of " + name,
         always().wait(!w.folio[f].writeback, "writeback of " + name + " to end", w.finisher(f)));
}

void record_fsync(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_file_fsync", "fs/xfs/xfs_file.c");
  const WritepageContext context(p, w);
  const Debt debt(p, w);
  p.step("begin", then(debt.incur(w)));
  for (int f = 0; f < w.geometry.folios(); ++f)
    write_folio(p, w, context, f);
  for (int f = 0; fsync_waits && f < w.geometry.folios(); ++f)
    wait_for_folio(p, w, f);
  p.step("force the log, return",
         always()
             .check(durable, debt.is_paid(w), "a crash now loses what was written before the fsync")
             .end());
}

} // namespace

STALEMATE_EXTENSION(extension) {
  extension.add(IomapPath{{.name = "fsync",
                           .process = "fsync",
                           .function = "xfs_file_fsync",
                           .text = "fsync(2): writes back, waits, forces the log",
                           .source = "fs/xfs/xfs_file.c of Linux 6.1",
                           .like = {"writeback"}},
                          record_fsync});
  extension.add(
      own_words<iomap::Kernel>(fsync_pass,
                               "fsync_pass",
                               "what fsync does with a dirty folio that is still under writeback",
                               "WB_SYNC_ALL and WB_SYNC_NONE in mm/page-writeback.c",
                               {{"waits", "waits, then writes it again"},
                                {"passes_by", "leaves it, as background writeback"}}));
  extension.add(own_boolean<iomap::Kernel>(fsync_waits,
                                           "fsync_waits",
                                           "fsync waits for the end of the writeback",
                                           "file_write_and_wait_range() in mm/filemap.c"));
  extension.add(
      IomapProperty{{.name = "fsync_is_durable",
                     .claim = "what was written before an fsync is on disk when it returns",
                     .source = "fsync(2)",
                     .kind = ir::PropertyKind::assertion,
                     .checked_by = {"fsync"}},
                    nullptr,
                    [](World&) -> Claim& { return durable; }});
}
