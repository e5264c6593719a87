// iomap_dio_iter(), fs/iomap/direct-io.c; xfs_direct_write_iomap_begin() and
// xfs_read_iomap_begin(), fs/xfs/xfs_iomap.c.
//
// Keeps:   one lookup under the ILOCK for each extent, its result used for as long as the request
//          stays in that extent, though nothing keeps it true; -EAGAIN for who may only overwrite;
//          allocation of holes and delayed allocations as unwritten; zeroes around the data in a
//          block that is unwritten, and behind it at i_size and beyond; the bios with the device
//          while the next ones are made. A read fills in zeroes for a whole mapping at once.
// Drops:   copies on write, inline data, the plug, partial bios when the user's buffer faults.
// Atomic:  lookup and allocation are one step: the second section under the ILOCK would find what
//          somebody allocated in between, and use it. The data of a mapping goes out in one step,
//          block by block on the device's side.
// Sources: path atlas 1.4, 1.5, 2.

#include "model/iomap/paths/iomap_dio_iter.hpp"

#include "model/iomap/objects/witness.hpp"
#include "model/iomap/paths/filemap_fault.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// struct iomap of the request, returned by value.
struct DioMapping {
  Place end;  ///< The first block behind it, in the file; at or before the request's end.
  Place kind; ///< What a write or a read must do about it: a flag.

  DioMapping(Path& p, const DirectRequest& request, const std::string& flag)
      : end(p.local("iomap.end", request.first_block(), request.end_block())),
        kind(p.local_flag("iomap." + flag)) {}
};

/// The end of the extent at block `b`, or of the request if that comes first.
Expr mapping_end(const World& w, const DirectRequest& request, int b) {
  return min(w.extent.extent_end(b), request.end_block());
}

/// The mapping that a lookup at block `b` returns, up to `end`. Places are remembered for the bios.
Effect remember_mapping(const World& w,
                        const DirectRequest& request,
                        const DioMapping& mapping,
                        int b,
                        const Expr& kind) {
  Effect all = together(mapping.kind = kind, mapping.end = mapping_end(w, request, b));
  if (!w.disk.is_indirect()) return all;
  for (int k = b - request.first_block(); k < request.blocks(); ++k) {
    const Place place = w.dio->place.row(request.rank)[k];
    all = all.then(place = w.extent.place_of(request.first_block() + k));
  }
  return all;
}

/// Blocks from `b` to the end of the mapping become unwritten ones. A hole or a delayed allocation
/// is as long as its extent.
Effect
allocate_unwritten(const World& w, const DirectRequest& request, const DioMapping& mapping, int b) {
  Effect all = together(mapping.kind = true, mapping.end = mapping_end(w, request, b));
  for (int i = request.end_block() - 1; i >= b; --i)
    all = all.then(w.extent.fill(i, i < mapping.end, Extent::unwritten));
  if (w.disk.is_indirect())
    for (int i = b; i < request.end_block(); ++i) {
      const Place place = w.dio->place.row(request.rank)[i - request.first_block()];
      all = all.then(place = w.extent.place_of(i));
    }
  return all.then(w.inode.bump_seq());
}

void map_for_write(Path& p,
                   const World& w,
                   const DirectRequest& request,
                   const DioWriteMode& mode,
                   const DioMapping& mapping,
                   int b,
                   Label covered,
                   Label submitted) {
  const auto fn = p.function("xfs_direct_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  const Place error = w.dio->error[request.rank];
  const bool is_first = b == request.first_block();
  const bool may_refuse =
      !request.is_aligned() && w.kernel().dio_unaligned == DioUnaligned::shared_for_overwrites;
  const Expr looks = is_first ? Expr(true) : mapping.end <= b;
  const Expr is_unwritten = w.extent[b] == Extent::unwritten;
  const Expr is_allocated = w.extent.has_place(b);
  std::vector<Alternative> ways;
  if (!is_first) ways.push_back(when(!looks).note("the mapping covers it").go(covered));
  Expr is_refused = false;
  if (may_refuse) {
    // imap_spans_range(): one mapping of written blocks must cover all that is overwritten.
    const Expr spans = mapping_end(w, request, b) >= request.end_block();
    is_refused = mode.overwrites_only && !(is_allocated && !is_unwritten && spans);
    ways.push_back(
        when(looks && is_refused).note("-EAGAIN: no overwrite").then(error = true).go(submitted));
  }
  const Effect unwritten = w.dio->unwritten[request.rank] = true;
  const auto found = when(looks && !is_refused);
  ways.push_back(found.when(is_unwritten)
                     .note("unwritten")
                     .then(remember_mapping(w, request, mapping, b, true), unwritten));
  ways.push_back(found.when(w.extent[b] == Extent::mapped)
                     .note("written")
                     .then(remember_mapping(w, request, mapping, b, false)));
  if (w.setup.has_holes())
    ways.push_back(found.when(w.extent.is_hole(b))
                       .note("a hole: allocate unwritten blocks")
                       .then(allocate_unwritten(w, request, mapping, b), unwritten));
  if (w.may_have_delalloc())
    ways.push_back(found.when(w.extent[b] == Extent::delalloc)
                       .note("a delayed allocation: allocate unwritten blocks")
                       .then(allocate_unwritten(w, request, mapping, b), unwritten));
  p.step(fmt::format("map block {}", b), ways);
}

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
  const DioMapping mapping(p, request, "unwritten");
  for (int b = request.first_block(); b < request.end_block(); ++b) {
    const Label covered = p.forward();
    map_for_write(p, w, request, mode, mapping, b, covered, submitted);
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
                         .then(remember_mapping(w, request, mapping, b, true)));
      ways.push_back(found.when(w.extent[b] == Extent::hole || w.extent[b] == Extent::unwritten)
                         .note("no data")
                         .then(remember_mapping(w, request, mapping, b, false))
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
