// xfs_file_fallocate(), fs/xfs/xfs_file.c, punching a hole; xfs_setattr_size(), fs/xfs/xfs_iops.c.
//
// Keeps:   IOLOCK and MMAPLOCK over everything, the layout break, the drain of direct I/O after it,
//          i_size before the page cache, page tables before entries, the free of all blocks of the
//          range in one transaction, which puts them into the busy tree at once.
// Drops:   the sequence counter of the data fork and partial pages: no path here caches a mapping.
// Atomic:  the transaction is one section under ILOCK, AGF and eb_lock.
// Sources: atlas dax TP1-TP6, BE1; A-R6 for the flags.

#include "model/dax/paths/xfs_file_fallocate.hpp"

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"
#include "model/dax/paths/xfs_break_dax_layouts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::dax {

using namespace build;

namespace {

bool has_flag(const World& w) {
  return w.kernel().dax_break == Break::flag_delays_faults ||
         w.kernel().dax_break == Break::flag_fails_faults;
}

Lock flag_of(const World& w, int offset) {
  return {w.at.no_references[offset], w.inode.mmaplock.processes()};
}

void set_flags(Path& p, const World& w, const Punch& punch) {
  const auto fn = p.function("xfs_break_layouts", "fs/xfs/xfs_file.c");
  for (int off = punch.first; off < punch.end; ++off)
    p.step(fmt::format("refuse new references on offset {}", off), take(flag_of(w, off)));
}

void drop_page_cache(Path& p, const World& w, const Punch& punch) {
  const auto fn = p.function("truncate_pagecache_range", "mm/truncate.c");
  for (int off = punch.first; off < punch.end; ++off)
    p.step(fmt::format("clear the page table entry of offset {}", off), then(w.at.pte[off] = 0));
  for (int off = punch.first; off < punch.end; ++off)
    p.step(fmt::format("delete the entry of offset {}", off),
           always()
               .wait(w.at.entry_lock[off] == 0,
                     fmt::format("the entry of offset {}", off),
                     w.at.entry_lock[off])
               .then(w.at.entry[off] = 0));
}

/// One transaction: the extents go, their blocks are busy until it is durable.
void free_blocks(Path& p, const World& w, const Punch& punch) {
  const auto fn = p.function("xfs_free_file_space", "fs/xfs/xfs_bmap_util.c");
  const auto to_busy = [&](int off) {
    const Place extent = w.at.extent[off];
    return for_each(w.blocks(), [&](int b) {
      const Expr is_it = extent == b + 1;
      return together(w.busy.covers[b] = w.busy.covers[b] || is_it,
                      w.block.owner[b] = select(is_it, owner::busy, w.block.owner[b]));
    });
  };
  Effect freed = together(w.busy.in_tree = true,
                          w.busy.in_cil = true,
                          w.busy.log_looks = true,
                          w.busy.list = OnList::checkpoint);
  Expr has_blocks = false;
  for (int off = punch.first; off < punch.end; ++off) {
    freed = together(freed, to_busy(off), w.at.extent[off] = 0);
    has_blocks = has_blocks || w.at.extent[off] != 0;
  }
  const auto& offsets = w.setup.layout.offsets;
  const bool are_holes = std::all_of(offsets.begin() + punch.first,
                                     offsets.begin() + punch.end,
                                     [](Offset offset) { return offset == Offset::hole; });
  const bool marks = w.setup.has_callback();
  if (marks) freed = together(freed, w.busy.dax = punch.is_busy, w.busy.pages = punch.busy_pages);
  std::vector<Alternative> ways{
      when(has_blocks)
          .check(w.claims.scan_is_fresh,
                 w.scan_was_clean || (marks ? Expr(punch.is_busy) : Expr(false)),
                 "a page is busy, and the extent is not kept busy for it")
          .then(freed)};
  if (are_holes) ways.push_back(otherwise().note("there are only holes"));
  p.step("remove the extents, free their blocks", ways);
}

void give_up_locks(Path& p, const World& w, const Punch& punch) {
  if (has_flag(w))
    for (int off = punch.first; off < punch.end; ++off)
      p.step(fmt::format("allow references on offset {} again", off),
             then(release(flag_of(w, off))));
  p.step("drop the MMAPLOCK", then(release(w.inode.mmaplock)));
  p.step("drop the IOLOCK", then(release(w.inode.iolock)));
}

enum class Ends : bool { inside, at_the_end };

void free_range(Path& p, const World& w, const Options& options, Ends ends) {
  const int first = options.at("at");
  const Punch punch{first,
                    ends == Ends::inside ? first + options.at("pages") : w.offsets(),
                    p.local("page", 0, w.blocks() - 1),
                    p.local_flag("is_busy"),
                    p.local("busy_pages", 0, w.blocks())};
  const bool is_unmounted = w.has_path("dax_unmount");
  const Label interrupted = p.forward();

  if (is_unmounted) p.step("open the file", take_shared(w.open_files));
  p.step("take the IOLOCK", take(w.inode.iolock));
  p.step("take the MMAPLOCK", take(w.inode.mmaplock));
  if (has_flag(w)) set_flags(p, w, punch);
  const bool drops_error = w.kernel().dax_signal == Signal::error_is_dropped;
  const Label go_on = p.forward();
  xfs_break_dax_layouts(p, w, punch, drops_error ? go_on : interrupted);
  p.label(go_on);
  if (w.has_path("dax_direct_io")) p.step("wait for direct I/O to end", w.wait_for_dio(always()));
  if (ends == Ends::at_the_end) p.step("set the new size", then(w.inode.size = first));
  drop_page_cache(p, w, punch);
  free_blocks(p, w, punch);
  if (w.kernel().dax_signal == Signal::error_is_returned) p.label(interrupted);
  give_up_locks(p, w, punch);
  if (is_unmounted) p.step("close the file", then(release_shared(w.open_files)));
}

void record_punch(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_file_fallocate", "fs/xfs/xfs_file.c");
  free_range(p, w, options, Ends::inside);
}

void record_truncate(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_setattr_size", "fs/xfs/xfs_iops.c");
  free_range(p, w, options, Ends::at_the_end);
}

} // namespace

DaxPath punch() {
  return {{.name = "dax_punch",
           .process = "punch",
           .function = "xfs_file_fallocate",
           .text = "fallocate(2) that punches a hole into a DAX file",
           .source = "atlas dax A.2",
           .options = {{"at", "first page of the hole", 0, 3, 0},
                       {"pages", "pages of the hole", 1, 4, 1}}},
          record_punch};
}

DaxPath truncate() {
  return {{.name = "dax_truncate",
           .process = "truncate",
           .function = "xfs_setattr_size",
           .text = "truncate(2) of a DAX file to a smaller size",
           .source = "atlas dax A.2",
           .options = {{"at", "the new size, in pages", 0, 3, 0}}},
          record_truncate};
}

} // namespace stalemate::kernel::dax
