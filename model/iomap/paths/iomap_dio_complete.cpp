// iomap_dio_complete() and iomap_dio_bio_end_io(), fs/iomap/direct-io.c; xfs_dio_write_end_io(),
// fs/xfs/xfs_file.c.
//
// Keeps:   the instant at which a bio reads or writes the disk, in any order; the last bio's part
//          in the completion, which is the submitter's, a worker's (asynchronous writes) or the
//          interrupt's (asynchronous reads); copies that take their place, conversion, i_size, the
//          second invalidation, i_dio_count, ki_complete, in this order or that of the knobs.
// Drops:   I/O errors, O_DSYNC, polling, completion by the caller (v6.6).
// Atomic:  a bio reaches the disk and gives up its reference in one step: in between nobody sees
//          more than data on the disk of a request that is not done. A transaction is one step
//          under the ILOCK, with i_size in it: a reader takes the ILOCK after it looked at i_size.
// Sources: atlas direct-and-swap 1.6 to 1.8, 2, D3, D4.

#include "model/iomap/paths/iomap_dio_complete.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/witness.hpp"
#include "model/iomap/paths/invalidate_inode_pages2_range.hpp"
#include "model/iomap/paths/xfs_reflink_end_cow.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

Effect grow_to(const World& w, const Expr& end) {
  const Place size = w.inode.size;
  const Place disk_size = w.inode.disk_size;
  const Effect grown = size = max(size, end);
  return w.appends() ? grown.then(disk_size = max(disk_size, end)) : grown;
}

/// Converts what follows `block` in the same extent, as far as the request goes. From the back, so
/// that borders are those of the state before.
Effect convert_from(const World& w, const DirectRequest& request, int block) {
  Effect all;
  for (int b = request.end_block() - 1; b >= block; --b) {
    const Expr same_extent =
        for_all(b - block, [&](int i) { return !w.extent.is_border(block + i); });
    const Place state = w.extent[b];
    all =
        all.then(state = select(state == Extent::unwritten && same_extent, Extent::mapped, state));
  }
  all = all.then(w.inode.bump_seq());
  if (!w.size_can_change()) return all;
  // By now the extent goes on as long as blocks are mapped; the request covers no more than that.
  Expr end = request.end;
  for (int b = request.end_block() - 1; b > block; --b)
    end = select(w.extent[b] == Extent::mapped, end, b * w.geometry.segments_per_block);
  return all.then(grow_to(w, end));
}

void xfs_dio_write_end_io(Path& p, const World& w, const DirectRequest& request) {
  const auto fn = p.function("xfs_dio_write_end_io", "fs/xfs/xfs_file.c");
  const Label done = p.forward();
  const bool grows = w.size_can_change();
  if (w.setup.has_cow() && request.is_aligned()) {
    p.step("did it write to copies?",
           when(w.dio->cow[request.rank]).note("yes: they take their place"),
           otherwise().note("no").go("remapped"));
    xfs_reflink_end_cow(
        p, w, request.first_block(), request.end_block(), [](int) { return Expr(true); });
    p.label("remapped");
  }
  const auto nothing = otherwise().note("no");
  p.step("did it write to unwritten blocks?",
         when(w.dio->unwritten[request.rank]).note("yes: transactions follow"),
         grows ? nothing.go("written") : nothing.go(done));
  {
    const auto convert = p.function("xfs_iomap_write_unwritten", "fs/xfs/xfs_iomap.c");
    for (int b = request.first_block(); b < request.end_block(); ++b) {
      const int block_end = std::min((b + 1) * w.geometry.segments_per_block, request.end);
      const auto converts =
          when(w.extent[b] == Extent::unwritten).then(convert_from(w, request, b));
      const auto is_done = otherwise().note("converted already");
      const auto sized = grows ? is_done.then(grow_to(w, block_end)) : is_done;
      const bool is_last = grows && b == request.end_block() - 1;
      p.step(fmt::format("convert the extent at block {}{}", b, grows ? ", update i_size" : ""),
             is_last ? converts.go(done) : converts,
             is_last ? sized.go(done) : sized);
    }
  }
  if (grows) {
    p.label("written");
    p.step("is the file longer now?",
           when(w.inode.size < request.end).note("update i_size").then(grow_to(w, request.end)),
           otherwise().note("no"));
  }
  p.label(done);
}

void invalidate_again(Path& p, const World& w, const DirectRequest& request) {
  if (!w.kernel().dio_invalidates_after || !w.setup.has_page_cache()) return;
  const auto fn = p.function("kiocb_invalidate_post_direct_write", "mm/filemap.c");
  const int per_folio = w.geometry.segments_per_folio();
  invalidate_inode_pages2_range(
      p, w, request.first / per_folio, (request.end - 1) / per_folio, "after");
}

/// Is the place on disk that of the file's block or of its copy, and nobody else's?
Expr is_own(const World& w, int block, const Expr& place) {
  const Expr is_there = w.extent.has_place(block) && w.extent.place_of(block) == place;
  if (!w.setup.has_cow()) return is_there;
  const Expr is_copy = w.cow.has_place(block) && w.cow.place_of(block) == place;
  return is_copy || (is_there && !w.shared[block]);
}

/// A bio at the device, and what it carries.
struct DioTransfer {
  std::string what;
  Alternative way;
};

/// What a bio with the data of one block does to the disk, or the reader's buffer.
DioTransfer transfer(const World& w, const DirectRequest& request, int k) {
  const int per_block = w.geometry.segments_per_block;
  const int block = request.first_block() + k;
  const int from = std::max(request.first, block * per_block);
  const int to = std::min(request.end, (block + 1) * per_block);
  const Place bio = w.dio->data(request, k);
  const Expr place = w.disk.is_indirect() ? Expr(w.dio->place.row(request.rank)[k]) : Expr(block);
  const auto what = fmt::format("the data of block {}", block);
  const auto way = when(bio).then(bio = false);
  if (!request.writes) {
    Effect read;
    for (int s = from; s < to; ++s)
      read = read.then(
          witness::read_gets(w, request.process, s, w.disk.at(place)[s - block * per_block]));
    return {what, way.then(read)};
  }
  return {what,
          way.check(w.claims.writes_own_block,
                    is_own(w, block, place),
                    "the data goes to a block that is not this file's alone")
              .then(for_each(to - from, [&](int i) {
                return w.disk.at(place)[from + i - block * per_block] = w.tag(request.process);
              }))};
}

/// What a bio with zeroes before or behind the request does.
DioTransfer zero_around(const World& w, const DirectRequest& request, bool is_head) {
  const int per_block = w.geometry.segments_per_block;
  const int k = is_head ? 0 : request.blocks() - 1;
  const int block = request.first_block() + k;
  const int from = is_head ? 0 : request.end - block * per_block;
  const int to = is_head ? request.first - block * per_block : per_block;
  const Place bio = is_head ? w.dio->head(request) : w.dio->tail(request);
  const Expr place = w.disk.is_indirect() ? Expr(w.dio->place.row(request.rank)[k]) : Expr(block);
  return {is_head ? "the zeroes before it" : "the zeroes behind it",
          when(bio)
              .then(bio = false)
              .check(w.claims.writes_own_block,
                     is_own(w, block, place),
                     "the zeroes go to a block that is not this file's alone")
              .then(for_each(to - from,
                             [&](int i) { return w.disk.at(place)[from + i] = content::zeroes; }))};
}

/// The ways of the device: each bio, in any order.
std::vector<DioTransfer> transfers(const World& w, const DirectRequest& request) {
  std::vector<DioTransfer> ways;
  ways.reserve(static_cast<std::size_t>(request.blocks()) + 2);
  for (int k = 0; k < request.blocks(); ++k)
    ways.push_back(transfer(w, request, k));
  if (request.writes && request.has_head()) ways.push_back(zero_around(w, request, true));
  if (request.writes && request.has_tail()) ways.push_back(zero_around(w, request, false));
  return ways;
}

/// How many bios of the request are with the device.
Expr bios_of(const World& w, const DirectRequest& request) {
  Expr count = 0;
  for (int k = 0; k < request.blocks(); ++k)
    count = count + w.dio->data(request, k);
  if (request.writes && request.has_head()) count = count + w.dio->head(request);
  if (request.writes && request.has_tail()) count = count + w.dio->tail(request);
  return count;
}

void record_dio_completion(Path& p, const World& w, const Options& options) {
  const DirectRequest& request = w.dio->of(options.at("of"));
  const auto fn = p.function("iomap_dio_bio_end_io", "fs/iomap/direct-io.c");
  const Label next = p.forward();
  p.label(next);
  const auto* const phrase =
      request.writes ? "a bio reaches the disk" : "a bio brings what the disk holds";
  std::vector<Alternative> ways;
  const Place queued = w.dio->queued[request.rank];
  const Expr completes = queued && bios_of(w, request) == 1;
  for (const auto& [what, way] : transfers(w, request)) {
    const auto goes_on = way.note(what).go(next);
    ways.push_back(request.is_async ? goes_on.when(!completes) : goes_on);
    if (!request.is_async) continue;
    const auto* const last = request.writes ? "the last one: queue the work" : "the last one";
    ways.push_back(way.when(completes).note(fmt::format("{}, {}", what, last)));
  }
  p.step(weakly_fair(idle(phrase)), ways);
  if (!request.is_async) return;
  {
    const auto work = p.function(request.writes ? "iomap_dio_complete_work" : "iomap_dio_done",
                                 "fs/iomap/direct-io.c");
    iomap_dio_complete(p, w, request);
    const auto told = then(queued = false).go(next);
    if (request.writes)
      p.step("tell the user: ki_complete",
             told.check(w.claims.direct_io_succeeds,
                        !w.dio->error[request.rank],
                        "the write is refused after it began")
                 .then(witness::write_returns(w, request)));
    else
      p.step(
          "tell the user: ki_complete",
          witness::read_returns(
              w, request.process, select(w.dio->error[request.rank], 0, request.end), told)
              .check(w.claims.direct_io_succeeds, !w.dio->error[request.rank], "the read fails"));
  }
}

} // namespace

bool may_be_refused(const World& w, const DirectRequest& request) {
  return request.writes && !request.is_aligned() &&
         w.kernel().dio_unaligned == DioUnaligned::shared_for_overwrites;
}

void iomap_dio_complete(Path& p, const World& w, const DirectRequest& request) {
  const auto fn = p.function("iomap_dio_complete", "fs/iomap/direct-io.c");
  const Effect end = w.dio->count = w.dio->count - 1;
  if (!request.writes) {
    p.step("count it out of i_dio_count", then(end));
    return;
  }
  const bool may_fail = may_be_refused(w, request);
  if (may_fail)
    p.step("did it fail?", when(w.dio->error[request.rank]).note("yes").go("failed"), otherwise());
  const bool converts_first = w.kernel().dio_end_io == DioEndIo::before_invalidation;
  if (!converts_first) invalidate_again(p, w, request);
  xfs_dio_write_end_io(p, w, request);
  if (converts_first) invalidate_again(p, w, request);
  if (may_fail) p.label("failed");
  p.step("count it out of i_dio_count", then(end, witness::write_ends(w, request)));
}

IomapPath dio_completion() {
  return {{.name = "dio_completion",
           .process = "bios",
           .function = "iomap_dio_complete",
           .text = "the device and the completion of one direct request; comes with it",
           .source = "atlas direct-and-swap 1.6, 1.7",
           .options = {{"of", "process whose request it completes", 0, 63, 0}},
           .automatic = true},
          record_dio_completion};
}

} // namespace stalemate::kernel::iomap
