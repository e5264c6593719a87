// dax_writeback_mapping_range() and dax_writeback_one(), fs/dax.c. fsync(2) of a DAX file.
//
// Keeps:   that it takes no lock of the inode; each entry's lock from before the page table entries
//          are made read-only until the CPU's cache is flushed; that it goes on where an entry is
//          locked already.
// Drops:   the marks of dirty entries: each entry is dirty. What the CPU caches: nobody here reads
//          what is in a block. A page table entry that is read-only counts as none, since pins and
//          faults are for writing.
// Atomic:  an entry is looked at and locked under the tree lock.
// Sources: fs/dax.c of v6.1 and v7.1.

#include "model/dax/paths/dax_writeback_mapping_range.hpp"

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::dax {

using namespace build;

namespace {

void write_one(Path& p, const World& w, int offset) {
  const auto fn = p.function("dax_writeback_one", "fs/dax.c");
  const Lock entry{w.at.entry_lock[offset], w.inode.mmaplock.processes()};
  const Label next = p.forward();
  p.step(fmt::format("lock the entry of offset {}", offset),
         when(w.at.entry[offset] != 0 && entry.is_free()).take(entry),
         otherwise().note("there is none, or it is locked").go(next));
  p.step(fmt::format("make the page table entry of offset {} read-only", offset),
         then(w.at.pte[offset] = 0));
  p.step(fmt::format("flush the page, unlock the entry of offset {}", offset),
         then(release(entry)));
  p.label(next);
}

void record_fsync(Path& p, const World& w, const Options&) {
  const auto fn = p.function("dax_writeback_mapping_range", "fs/dax.c");
  for (int off = 0; off < w.offsets(); ++off)
    write_one(p, w, off);
}

} // namespace

DaxPath fsync() {
  return {{.name = "dax_fsync",
           .process = "fsync",
           .function = "dax_writeback_mapping_range",
           .text = "fsync(2) of the file: locks each entry while it flushes its page",
           .source = "dax_writeback_one; A-R20",
           .options = {}},
          record_fsync};
}

} // namespace stalemate::kernel::dax
