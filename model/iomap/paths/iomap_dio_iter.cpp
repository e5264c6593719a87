// iomap_dio_iter(), fs/iomap/direct-io.c; xfs_read_iomap_begin(), fs/xfs/xfs_iomap.c.
//
// Keeps:   one lookup under the ILOCK for each extent, its result used for as long as the request
//          stays in that extent, though nothing keeps it true; zeroes around the data in a block
//          that is unwritten, and behind it at i_size and beyond; the bios with the device while
//          the next ones are made. A read fills in zeroes for a whole mapping at once, and reads
//          the data fork, whatever the COW fork has.
// Drops:   inline data, the plug, partial bios when the user's buffer faults.
// Atomic:  the data of a mapping goes out in one step, block by block on the device's side.
// Sources: atlas direct-and-swap 1.4, 1.5, 2.

#include "model/iomap/paths/iomap_dio_iter.hpp"

#include "model/iomap/objects/witness.hpp"
#include "model/iomap/paths/dio_mapping.hpp"
#include "model/iomap/paths/filemap_fault.hpp"
#include "model/iomap/paths/xfs_direct_write_iomap_begin.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

void submit_writes(Path& p,
                   const World& w,
                   const DirectRequest& request,
                   const DioWriteMode& mode,
                   const DioMapping& mapping,
                   int b) {
  const auto fn = p.function("iomap_dio_bio_iter", "fs/iomap/direct-io.c");
  const int first = request.first_block();
  if (b == first && request.has_head())
    p.step("submit zeroes before the data",
           when(mapping.kind).note("the block is unwritten").then(w.dio->head(request) = true),
           otherwise().note("the block is written"));
  if (mode.buffer_folio >= 0 && b == first)
    filemap_fault(p, w, mode.buffer_folio, Reference::dropped);
  p.step(fmt::format("submit the data from block {} on", b),
         then(for_each(request.end_block() - b, [&](int i) {
           const Place bio = w.dio->data(request, b - first + i);
           return bio = b + i < mapping.end;
         })));
  if (!request.has_tail()) return;
  const Expr is_at_end = mapping.end == request.end_block();
  const Expr is_beyond = w.has_room_beyond_size() ? request.end >= w.inode.size : Expr(false);
  const Place tail = w.dio->tail(request);
  std::vector<Alternative> ways;
  ways.push_back(when(is_at_end && mapping.kind).note("the block is unwritten").then(tail = true));
  if (w.has_room_beyond_size())
    ways.push_back(when(is_at_end && !mapping.kind && is_beyond)
                       .note("the write ends at or behind i_size")
                       .then(tail = true));
  ways.push_back(otherwise().note("no need"));
  p.step("submit zeroes behind the data", ways);
}

} // namespace

void iomap_dio_iter_write(Path& p,
                          const World& w,
                          const DirectRequest& request,
                          const DioWriteMode& mode,
                          Label submitted) {
  DioMapping mapping(p, request, "unwritten");
  if (keeps_first_look(w, request))
    mapping.type.emplace(p.local_named("imap.type", extent_names()));
  for (int b = request.first_block(); b < request.end_block(); ++b) {
    const Label covered = p.forward();
    xfs_direct_write_iomap_begin(
        p, w, request, mapping, b, {mode.overwrites_only, covered, submitted});
    submit_writes(p, w, request, mode, mapping, b);
    p.label(covered);
  }
}

void iomap_dio_iter_read(Path& p, const World& w, const DirectRequest& request, Label submitted) {
  const DioMapping mapping(p, request, "has_data");
  const int per_block = w.geometry.segments_per_block;
  const int end_block = request.end_block();
  const bool looks_again = w.kernel().dio_reads == DioReads::shared_looking_again;
  for (int b = request.first_block(); b < end_block; ++b) {
    const Label covered = p.forward();
    const Label again = p.forward();
    const Label without_data = p.forward();
    const Expr extent_end = min(w.extent.extent_end(b), end_block);
    p.label(again);
    {
      const auto fn = p.function("xfs_read_iomap_begin", "fs/xfs/xfs_iomap.c");
      const bool is_first = b == request.first_block();
      const Expr looks = is_first || looks_again ? Expr(true) : mapping.end <= b;
      std::vector<Alternative> ways;
      const Expr is_covered = is_first ? Expr(false) : mapping.end > b;
      if (!is_first) ways.push_back(when(is_covered).note("the mapping covers it").go(covered));
      const auto found = when(!is_covered);
      ways.push_back(found.when(w.extent[b] == Extent::mapped)
                         .note("written")
                         .then(mapping.found(w, request, w.extent, b, extent_end, true)));
      ways.push_back(found.when(w.extent[b] == Extent::hole || w.extent[b] == Extent::unwritten)
                         .note("no data")
                         .then(mapping.found(w, request, w.extent, b, extent_end, false))
                         .go(without_data));
      if (w.may_have_delalloc())
        ways.push_back(found.when(w.extent[b] == Extent::delalloc)
                           .note("-EIO: a delayed allocation")
                           .then(w.dio->error[request.rank] = true)
                           .go(submitted));
      p.step(fmt::format("map block {}", b), ways);
    }
    {
      const auto fn = p.function("iomap_dio_bio_iter", "fs/iomap/direct-io.c");
      p.step(fmt::format("submit the read from block {} on", b),
             then(for_each(end_block - b, [&](int i) {
               const Place bio = w.dio->data(request, b - request.first_block() + i);
               return bio = b + i < mapping.end;
             })).go(covered));
    }
    p.label(without_data);
    {
      const auto fn = p.function("iomap_dio_hole_iter", "fs/iomap/direct-io.c");
      // Zeroes for the blocks behind the mapping will be replaced when their turn comes.
      Effect zeroes;
      for (int s = std::max(request.first, b * per_block); s < request.end; ++s)
        zeroes = zeroes.then(witness::read_gets(w, request.process, s, content::zeroes));
      p.step(fmt::format("fill in zeroes from block {} on", b), then(zeroes));
      if (looks_again)
        p.step(fmt::format("is there still no data from block {} on?", b),
               when(exists(end_block - b,
                           [&](int i) {
                             return b + i < mapping.end && w.extent[b + i] == Extent::mapped;
                           }))
                   .note("there is: map it again")
                   .then(mapping.end = b)
                   .retry()
                   .go(again),
               otherwise().note("none"));
    }
    p.label(covered);
  }
}

} // namespace stalemate::kernel::iomap
