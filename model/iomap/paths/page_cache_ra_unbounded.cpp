// page_cache_ra_unbounded(), mm/readahead.c; iomap_readahead() and iomap_read_end_io(),
// fs/iomap/buffered-io.c, with xfs_read_iomap_begin().
//
// Keeps:   invalidate_lock shared, from before the folios are added until their reads are
//          submitted; the folio lock from when a folio is added until its read completes, which is
//          later; the mapping, under those locks, and the place on disk that it says; no i_rwsem,
//          as in a page fault or fadvise(2). Where read_maps says so, the mapping comes first.
// Drops:   the window and its marks, partial batches, large folios. A folio that is there is left
//          alone, uptodate or not. Nobody is told of an error: the folio is not uptodate then.
// Atomic:  a folio is locked before it can be found, so that adding it is one step, and nobody
//          waits for a lock: the order of locks says nothing about several folios of readahead.
//          Zeroes go into a folio that is locked and not uptodate, in the step that maps it:
//          nobody looks at them. A block is read in one step, some time after it was mapped.
// Sources: mm/readahead.c, fs/iomap/buffered-io.c of Linux 6.1; 730633f0b7f9; linux-xfs 2020-01-16,
//          RFC iomap: fix race between readahead and direct write.

#include "model/iomap/paths/page_cache_ra_unbounded.hpp"

#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/lock_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// What the mapping said about a block.
enum class Found : std::uint8_t { nothing, no_data, data };

class Readahead {
 public:
  Readahead(Path& p, const World& w, int first, int end)
      : p_(p), w_(w), first_(first), end_(end), per_folio_(w.geometry.blocks_per_folio) {
    for (int f = first; f < end; ++f)
      is_mine_.push_back(p.local_flag(fmt::format("added{}", f)));
    for (int b = first * per_folio_; b < end * per_folio_; ++b) {
      found_.push_back(p.local_named(fmt::format("found{}", b), {"nothing", "no data", "data"}));
      place_.push_back(p.local(fmt::format("place{}", b), 0, w.disk.places() - 1));
    }
  }

  void add_folios() const {
    for (int f = first_; f < end_; ++f) {
      const auto folio = w_.folio[f];
      p_.step(fmt::format("add folio {} to the cache, locked", f),
              when(!folio.present)
                  .take(folio.lock)
                  .note("it is new")
                  .then(folio.present = true, is_mine(f) = true),
              otherwise().note("there is one already"));
    }
  }

  void map_and_zero() const {
    const auto fn = p_.function("iomap_readahead", "fs/iomap/buffered-io.c");
    for (int b = first_ * per_folio_; b < end_ * per_folio_; ++b) {
      const Expr mine = is_mine(b / per_folio_);
      p_.step(named("map the block", b),
              when(!mine).note("its folio is somebody else's"),
              when(mine && !has_data(b)).note("no data: zero it").then(zero(b)),
              when(mine && has_data(b)).note("to be read").then(remember(b)));
    }
    unlock_what_is_zeroed();
  }

  void map_first() const {
    const auto fn = p_.function("iomap_readahead", "fs/iomap/buffered-io.c");
    for (int b = first_ * per_folio_; b < end_ * per_folio_; ++b)
      p_.step(named("map the block", b),
              when(!has_data(b)).note("no data").then(found(b) = Found::no_data),
              when(has_data(b)).note("to be read").then(remember(b)));
  }

  void zero_what_was_mapped() const {
    const auto fn = p_.function("iomap_readpage_iter", "fs/iomap/buffered-io.c");
    for (int b = first_ * per_folio_; b < end_ * per_folio_; ++b) {
      const Expr mine = is_mine(b / per_folio_);
      p_.step(named("zero the block, or have it read", b),
              when(mine && found(b) == Found::no_data).note("no data: zero it").then(zero(b)),
              when(mine && found(b) == Found::data).note("to be read"),
              when(!mine).note("its folio is somebody else's").then(forget(b)));
    }
    unlock_what_is_zeroed();
  }

  void complete() const {
    const auto fn = p_.function("iomap_read_end_io", "fs/iomap/buffered-io.c");
    for (int f = first_; f < end_; ++f) {
      for (int k = 0; k < per_folio_; ++k)
        complete_block(f * per_folio_ + k);
      const auto folio = w_.folio[f];
      p_.step(
          fmt::format("unlock folio {}", f),
          when(is_mine(f)).note("its reads are done").then(release(folio.lock), is_mine(f) = false),
          otherwise().note("it is not locked by this"));
    }
  }

 private:
  [[nodiscard]] const Place& is_mine(int folio) const {
    return is_mine_[static_cast<std::size_t>(folio - first_)];
  }
  [[nodiscard]] const Place& found(int block) const {
    return found_[static_cast<std::size_t>(block - first_ * per_folio_)];
  }
  [[nodiscard]] const Place& place(int block) const {
    return place_[static_cast<std::size_t>(block - first_ * per_folio_)];
  }
  [[nodiscard]] Expr has_data(int block) const { return w_.extent[block] == Extent::mapped; }
  [[nodiscard]] std::string named(const std::string& what, int block) const {
    return end_ - first_ == 1 && per_folio_ == 1 ? what : fmt::format("{}, block {}", what, block);
  }

  [[nodiscard]] Effect remember(int block) const {
    const Effect data = found(block) = Found::data;
    return w_.disk.is_indirect() ? data.then(place(block) = w_.extent.place_of(block)) : data;
  }
  [[nodiscard]] Effect forget(int block) const {
    const Effect data = found(block) = Found::nothing;
    return w_.disk.is_indirect() ? data.then(place(block) = 0) : data;
  }
  [[nodiscard]] Effect fill(int block, const auto& content) const {
    const auto folio = w_.folio[block / per_folio_];
    const int k = block % per_folio_;
    const int per_block = w_.geometry.segments_per_block;
    return for_each(per_block, [&](int s) { return folio.data[k * per_block + s] = content(s); })
        .then(folio.uptodate[k] = true);
  }
  [[nodiscard]] Effect zero(int block) const {
    const Effect all = fill(block, [](int) { return Expr(content::zeroes); });
    return w_.kernel().read_maps == ReadMaps::before_folio ? all.then(forget(block)) : all;
  }

  void unlock_what_is_zeroed() const {
    for (int f = first_; f < end_; ++f) {
      const auto folio = w_.folio[f];
      const Expr is_read =
          exists(per_folio_, [&](int k) { return found(f * per_folio_ + k) == Found::data; });
      p_.step(fmt::format("is there nothing to read of folio {}?", f),
              when(is_mine(f) && !is_read)
                  .note("nothing: unlock it")
                  .then(release(folio.lock), is_mine(f) = false),
              when(is_mine(f) && is_read).note("it stays locked"),
              when(!is_mine(f)).note("it is somebody else's"));
    }
  }

  void complete_block(int block) const {
    const Expr from = w_.disk.is_indirect() ? Expr(place(block)) : Expr(block);
    const Expr is_read = found(block) == Found::data;
    const auto read =
        when(is_read)
            .note("it is read")
            .then(fill(block, [&](int s) { return Expr(w_.disk.at(from)[s]); }), forget(block));
    std::vector<Alternative> ways{read, when(!is_read).note("it needs no read")};
    if (w_.reads_can_fail()) {
      const Place left = *w_.errors->reads;
      ways.push_back(
          when(is_read && left > 0).note("the read fails").then(left = left - 1, forget(block)));
    }
    p_.step(named("the read completes", block), ways);
  }

  Path& p_;
  const World& w_;
  int first_, end_, per_folio_;
  std::vector<Place> is_mine_, found_, place_;
};

void record_readahead(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("page_cache_ra_unbounded", "mm/readahead.c");
  const InOrder locks(p, w);
  const int first = options.at("at") / w.geometry.segments_per_folio();
  const int end = std::min(first + options.at("folios"), w.geometry.folios());
  const Readahead readahead(p, w, first, end);
  const bool locks_out = w.kernel().readahead_lock == ReadaheadLock::invalidate_lock;
  const int start = first * w.geometry.segments_per_folio();
  if (start >= w.lowest_size()) {
    const auto ra = p.function("do_page_cache_ra", "mm/readahead.c");
    const Expr is_beyond = w.is_beyond_size(start);
    p.step("does the file reach to the folio?",
           when(!is_beyond).note("yes"),
           when(is_beyond).note("no: nothing to do").end());
  }
  if (w.kernel().glock)
    p.step("take the glock shared", locks.take_shared(Rank::glock, w.inode.glock));
  if (locks_out)
    p.step("take invalidate_lock shared",
           locks.take_shared(Rank::invalidate_lock, w.inode.invalidate_lock));
  if (w.kernel().read_maps == ReadMaps::before_folio) {
    readahead.map_first();
    readahead.add_folios();
    readahead.zero_what_was_mapped();
  } else {
    readahead.add_folios();
    readahead.map_and_zero();
  }
  if (locks_out) p.step("drop invalidate_lock", then(release_shared(w.inode.invalidate_lock)));
  if (w.kernel().glock) p.step("drop the glock", then(release_shared(w.inode.glock)));
  readahead.complete();
  p.step("return", always().end());
}

} // namespace

IomapPath readahead() {
  return {{.name = "file_readahead",
           .process = "readahead",
           .function = "page_cache_ra_unbounded",
           .text = "readahead of a page fault, or of fadvise(2)",
           .source = "page_cache_ra_unbounded, iomap_readahead",
           .options = {{"at", "segment of the file at whose folio it begins", 0, 31, 0},
                       {"folios", "how many folios it reads, as far as the file goes", 1, 4, 1}}},
          record_readahead};
}

} // namespace stalemate::kernel::iomap
