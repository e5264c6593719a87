// xfs_direct_write_iomap_begin(), fs/xfs/xfs_iomap.c; xfs_reflink_allocate_cow(), with
// xfs_reflink_fill_cow_hole() and xfs_reflink_fill_delalloc(), fs/xfs/xfs_reflink.c.
//
// Keeps:   -EAGAIN for who may only overwrite; allocation of holes and delayed allocations as
//          unwritten; of shared blocks, and wherever the COW fork has some, the copy: found or
//          allocated, and written in the COW fork at once; the ends of mappings where sharing or
//          the COW fork begins or ends; rounding of copies to the hint.
// Drops:   inline data, quota, out of space, IOMAP_NOWAIT, always_cow, the COW fork for parts of
//          blocks: such a write has been bounced to the page cache.
// Atomic:  lookup and allocation are one step: the second section under the ILOCK would find what
//          somebody allocated in between, and use it. Of the allocation of a copy that goes only
//          for kernels that map again then (copy_looks_again); in the others it is two steps.
// Sources: atlas direct-and-swap 1.4; xfs_reflink.c of 6.1.192 with its fix, of 6.18.35 without.

#include "model/iomap/paths/xfs_direct_write_iomap_begin.hpp"

#include <fmt/format.h>

#include <optional>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// Parts of blocks of a reflinked file are written through the page cache.
bool makes_copies(const World& w, const DirectRequest& request) {
  return w.setup.has_cow() && request.is_aligned();
}

/// Is the data fork's block another file's, too? Only what was written can be.
Expr is_shared(const World& w, int b) {
  return w.shared[b] && w.extent[b] == Extent::mapped;
}

/// What the first look found of the data fork, where the second does not look there again: the
/// places are in the mapping, and its end.
struct Remembered {
  Place type;

  /// Is block `i` at its place of then another file's by now, whoever else has it?
  [[nodiscard]] Expr is_shared(const World& w, const DirectRequest& request, int i) const {
    const Expr place = w.dio->place.row(request.rank)[i - request.first_block()];
    const Expr has_it = w.extent.has_place(i) && w.extent.place_of(i) == place;
    // The file has given it up. Those who had it before and the clone are two.
    const auto at = static_cast<std::size_t>(i);
    const bool others_had_it = at < w.setup.file.shared.size() && w.setup.file.shared[at];
    const Expr two_have_it =
        others_had_it ? w.clone.linked[i] && w.clone.place[i] == place && place == i : Expr(false);
    return type == Extent::mapped && select(has_it, Expr(w.shared[i]), two_have_it);
  }
};

class Lookup {
 public:
  Lookup(const World& w, const DirectRequest& request, const DioMapping& mapping, int b)
      : w_(w), request_(request), mapping_(mapping), b_(b), may_copy_(makes_copies(w, request)) {
    if (mapping.type) remembered_.emplace(Remembered{*mapping.type});
  }

  [[nodiscard]] bool may_copy() const { return may_copy_; }
  [[nodiscard]] bool looks_twice() const { return remembered_.has_value(); }

  /// Does the data fork's block do?
  [[nodiscard]] Expr needs_no_copy() const {
    return may_copy_ ? w_.cow.is_hole(b_) && !is_shared(w_, b_) : Expr(true);
  }

  /// Where the data fork's mapping ends.
  [[nodiscard]] Expr data_end() const {
    return may_copy_ ? trimmed(extent_end(), [&](int i) { return is_shared(w_, i); })
                     : extent_end();
  }

  [[nodiscard]] std::vector<Alternative> in_data_fork(const Alternative& found) const {
    const Effect unwritten = w_.dio->unwritten[request_.rank] = true;
    const auto has = [&](bool is_unwritten) {
      return mapping_.found(w_, request_, w_.extent, b_, data_end(), is_unwritten);
    };
    std::vector<Alternative> ways{
        found.when(w_.extent[b_] == Extent::unwritten).note("unwritten").then(has(true), unwritten),
        found.when(w_.extent[b_] == Extent::mapped).note("written").then(has(false))};
    if (w_.setup.has_holes())
      ways.push_back(found.when(w_.extent.is_hole(b_))
                         .note("a hole: allocate unwritten blocks")
                         .then(allocate_unwritten(), unwritten));
    if (w_.may_have_delalloc())
      ways.push_back(found.when(w_.extent[b_] == Extent::delalloc)
                         .note("a delayed allocation: allocate unwritten blocks")
                         .then(allocate_unwritten(), unwritten));
    return ways;
  }

  /// The ways that find a copy, and those that make one in the same section.
  [[nodiscard]] std::vector<Alternative> as_copy(const Alternative& found) const {
    auto ways = looks_twice() ? std::vector<Alternative>() : make_copy(found, extent_end());
    ways.push_back(has_copy(found, extent_end()));
    if (!looks_twice()) {
      const auto end = trimmed(extent_end(), [&](int i) { return is_shared(w_, i); });
      ways.push_back(found.when(w_.cow.is_hole(b_) && is_shared(w_, b_))
                         .note("it is shared: allocate a copy")
                         .then(allocate_copy(end)));
    }
    return ways;
  }

  /// The ways that need a transaction for which the ILOCK is dropped, and look again then.
  [[nodiscard]] std::vector<Alternative> before_transaction(const Alternative& found) const {
    const auto remember = [&](const Expr& end) {
      return mapping_.found(w_, request_, w_.extent, b_, end, false)
          .then(remembered_->type = w_.extent[b_]);
    };
    const auto end = trimmed(extent_end(), [&](int i) { return is_shared(w_, i); });
    return {found.when(w_.cow.is_hole(b_) && is_shared(w_, b_))
                .note("it is shared: drop the ILOCK to allocate a copy")
                .then(remember(end)),
            found.when(w_.cow[b_] == Extent::delalloc)
                .note("the COW fork reserves it: drop the ILOCK to allocate that")
                .then(remember(min(w_.cow.extent_end(b_), extent_end())))};
  }

  /// The second look, at the COW fork and at whether the block that was found is still shared.
  [[nodiscard]] std::vector<Alternative> in_transaction() const {
    const auto still = [&](int i) { return remembered_->is_shared(w_, request_, i); };
    const Expr no_copy = w_.cow.is_hole(b_);
    const Expr end = trimmed(mapping_.end, still);
    const Expr had_place =
        remembered_->type == Extent::mapped || remembered_->type == Extent::unwritten;
    const Place unwritten = w_.dio->unwritten[request_.rank];
    const Expr was_unwritten = remembered_->type == Extent::unwritten;
    auto ways = make_copy(always(), mapping_.end);
    ways.push_back(has_copy(always(), mapping_.end));
    ways.push_back(when(no_copy && still(b_)).note("still shared").then(allocate_copy(end)));
    ways.push_back(when(no_copy && !still(b_) && had_place)
                       .note("what it found before is not shared now: write there")
                       .then(mapping_.end = end,
                             mapping_.kind = was_unwritten,
                             unwritten = unwritten || was_unwritten));
    for (const Alternative& way : in_data_fork(when(no_copy && !had_place)))
      ways.push_back(way);
    return ways;
  }

 private:
  [[nodiscard]] Expr extent_end() const {
    return min(w_.extent.extent_end(b_), request_.end_block());
  }

  /// The end of a mapping that reaches to `end` and stops where the COW fork has blocks and where
  /// sharing begins or ends.
  [[nodiscard]] Expr trimmed(Expr end, const auto& sharing) const {
    for (int i = request_.end_block() - 1; i > b_; --i)
      end = select(i < end && (!w_.cow.is_hole(i) || sharing(i) != sharing(b_)), i, end);
    return end;
  }

  /// Blocks from `b` to the end of the mapping become unwritten ones. A hole or a delayed
  /// allocation is as long as its extent.
  [[nodiscard]] Effect allocate_unwritten() const {
    Effect all = together(mapping_.kind = true, mapping_.end = data_end());
    for (int i = request_.end_block() - 1; i >= b_; --i)
      all = all.then(w_.extent.fill(i, i < mapping_.end, Extent::unwritten));
    return all.then(DioMapping::places(w_, request_, w_.extent, b_)).then(w_.inode.bump_seq());
  }

  /// The mapping is that of the COW fork, up to the end that it has: written from now on.
  [[nodiscard]] Effect use_copy() const {
    Effect all = together(mapping_.kind = false, w_.dio->cow[request_.rank] = true)
                     .then(DioMapping::places(w_, request_, w_.cow, b_));
    for (int i = b_; i < request_.end_block(); ++i) {
      const Place state = w_.cow[i];
      all = all.then(state = select(i < mapping_.end, Extent::mapped, state));
    }
    return all;
  }

  [[nodiscard]] Alternative has_copy(const Alternative& found, const Expr& end) const {
    const Expr is_unwritten = w_.cow[b_] == Extent::unwritten;
    return found.when(w_.cow.has_place(b_))
        .note("the COW fork has it")
        .then(mapping_.end = min(w_.cow.extent_end(b_), end),
              w_.inode.bump(w_.inode.cow_seq, is_unwritten),
              use_copy());
  }

  [[nodiscard]] std::vector<Alternative> make_copy(const Alternative& found,
                                                   const Expr& end) const {
    return {found.when(w_.cow[b_] == Extent::delalloc)
                .note("the COW fork reserves it: allocate that")
                .then(mapping_.end = min(w_.cow.extent_end(b_), end),
                      w_.cow.convert_extent(b_, Extent::unwritten),
                      w_.inode.bump_cow_seq(),
                      use_copy())};
  }

  /// Rounded to the hint on both sides, over what the COW fork does not have.
  [[nodiscard]] Effect allocate_copy(const Expr& end) const {
    const int hint = w_.setup.file.cow_extent_size;
    const int first = b_ / hint * hint;
    const Expr last = (mapping_.end + hint - 1) / hint * hint;
    Effect all = mapping_.end = end;
    for (int i = first; i < w_.geometry.blocks; ++i)
      all = all.then(w_.cow.fill(i, i < last && w_.cow.is_hole(i), Extent::unwritten));
    return all.then(w_.inode.bump_cow_seq()).then(use_copy());
  }

  const World& w_;
  const DirectRequest& request_;
  const DioMapping& mapping_;
  int b_;
  bool may_copy_;
  std::optional<Remembered> remembered_;
};

} // namespace

bool keeps_first_look(const World& w, const DirectRequest& request) {
  return makes_copies(w, request) && w.kernel().copy_looks_again == CopyLooksAgain::sharing;
}

void xfs_direct_write_iomap_begin(Path& p,
                                  const World& w,
                                  const DirectRequest& request,
                                  const DioMapping& mapping,
                                  int b,
                                  const DioWriteLookup& lookup) {
  const auto fn = p.function("xfs_direct_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  const Lookup at(w, request, mapping, b);
  const Place error = w.dio->error[request.rank];
  const bool is_first = b == request.first_block();
  const bool may_refuse =
      !request.is_aligned() && w.kernel().dio_unaligned == DioUnaligned::shared_for_overwrites;
  const Expr looks = is_first ? Expr(true) : mapping.end <= b;
  std::vector<Alternative> ways;
  if (!is_first) ways.push_back(when(!looks).note("the mapping covers it").go(lookup.covered));
  Expr is_refused = false;
  if (may_refuse) {
    // imap_spans_range(): one mapping of written blocks must cover all that is overwritten.
    const Expr spans = at.data_end() >= request.end_block();
    const Expr is_written = w.extent.has_place(b) && !(w.extent[b] == Extent::unwritten);
    is_refused = lookup.overwrites_only && !(is_written && spans);
    ways.push_back(when(looks && is_refused)
                       .note("-EAGAIN: no overwrite")
                       .then(error = true)
                       .go(lookup.refused));
  }
  const Label mapped = at.looks_twice() ? p.forward() : lookup.covered;
  const auto add = [&](const Alternative& way) {
    ways.push_back(at.looks_twice() ? way.go(mapped) : way);
  };
  for (const Alternative& way : at.in_data_fork(when(looks && !is_refused && at.needs_no_copy())))
    add(way);
  if (at.may_copy())
    for (const Alternative& way : at.as_copy(when(looks)))
      add(way);
  if (at.looks_twice())
    for (const Alternative& way : at.before_transaction(when(looks)))
      ways.push_back(way);
  p.step(fmt::format("map block {}", b), ways);
  if (!at.looks_twice()) return;
  {
    const auto again = p.function("xfs_reflink_allocate_cow", "fs/xfs/xfs_reflink.c");
    p.step(fmt::format("take the ILOCK again, look for a copy of block {}", b),
           at.in_transaction());
  }
  p.label(mapped);
}

} // namespace stalemate::kernel::iomap
