// C1: xfs_iext_inc_seq() against iomap_valid, with the folio's way through writeback and reclaim.
//
// Keeps:   the bump in the ILOCK before the extent changes, the cookie read there, writeback
//          cleared and folios removed and inserted under the lock of the mapping tree, the
//          validation with no lock but the folio's.
// Drops:   data, which is on disk when completion begins; what is written, and that the folio lock
//          is held: nobody else wants it.
// Sources: atlas lockless C1.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant {
  upstream,
  writeback_ends_first,
  no_lock_chain,
  release_acquire_bit,
  cookie_after_ilock,
  bump_after_edit,
  bump_after_ilock,
  no_validation,
  reader_without_ilock,
  reader_with_fences,
};

constexpr int unwritten = 0;
constexpr int mapped = 1;

class IfSeq : public Protocol {
 public:
  explicit IfSeq(int variant) : variant_(static_cast<Variant>(variant)) {}

  void thread(int number) override {
    const bool is_lockless = variant_ == reader_without_ilock || variant_ == reader_with_fences;
    if (number == 0) return complete(is_lockless);
    if (is_lockless) return number == 1 ? read_without_ilock() : void();
    number == 1 ? reclaim() : write();
  }

 private:
  void convert(bool is_lockless) {
    in("xfs_iomap_write_unwritten");
    ilock_.lock("take the ILOCK");
    const bool bumps_first = variant_ != bump_after_edit && variant_ != bump_after_ilock;
    if (bumps_first) seq_.store(1, "bump the sequence counter");
    if (is_lockless && variant_ == reader_with_fences) smp_wmb();
    extent_.store(mapped, "convert the extent");
    if (variant_ == bump_after_edit) seq_.store(1, "bump the sequence counter");
    ilock_.unlock("drop the ILOCK");
    if (variant_ == bump_after_ilock) seq_.store(1, "bump the sequence counter");
  }

  void end_writeback() {
    in("folio_end_writeback");
    if (variant_ == no_lock_chain) return writeback_.store(0, "clear writeback");
    if (variant_ == release_acquire_bit) return writeback_.store(0, "clear writeback", release);
    xa_lock_.lock("lock the mapping tree");
    writeback_.store(0, "clear writeback");
    xa_lock_.unlock("unlock the mapping tree");
  }

  void complete(bool is_lockless) {
    if (variant_ == writeback_ends_first) end_writeback();
    convert(is_lockless);
    if (variant_ != writeback_ends_first && !is_lockless) end_writeback();
  }

  void reclaim() {
    in("__remove_mapping");
    const bool is_unlocked = variant_ == no_lock_chain || variant_ == release_acquire_bit;
    int writeback = 1;
    if (is_unlocked)
      writeback = writeback_.load("is it under writeback?",
                                  variant_ == release_acquire_bit ? acquire : relaxed);
    xa_lock_.lock("lock the mapping tree");
    if (!is_unlocked) writeback = writeback_.load("is it under writeback?");
    if (writeback == 0) cached_.store(0, "remove the folio");
    xa_lock_.unlock("unlock the mapping tree");
  }

  void write() {
    in("xfs_buffered_write_iomap_begin");
    ilock_.lock("take the ILOCK");
    const int extent = extent_.load("look the extent up");
    int cookie = 0;
    if (variant_ != cookie_after_ilock) cookie = seq_.load("read the cookie");
    ilock_.unlock("drop the ILOCK");
    if (variant_ == cookie_after_ilock) cookie = seq_.load("read the cookie");

    in("iomap_write_begin");
    xa_lock_.lock("lock the mapping tree");
    const bool is_new = cached_.load("is the folio cached?") == 0;
    if (is_new) cached_.store(1, "insert a new folio");
    xa_lock_.unlock("unlock the mapping tree");
    if (!is_new) return;
    const bool is_valid =
        variant_ == no_validation || seq_.load("is the cookie still right?") == cookie;
    // The old folio was written back, or it would still be there: the data is on disk, whether the
    // extent says so yet or not.
    claim("no_zeroes_over_data",
          !(is_valid && extent == unwritten),
          "zero around the write, over data that is on disk");
  }

  void read_without_ilock() {
    in("a reader of the extent tree");
    const int extent = extent_.load("look the extent up");
    if (variant_ == reader_with_fences) smp_rmb();
    const int cookie = seq_.load("read the cookie");
    claim("fresh_cookie", extent == unwritten || cookie == 1, "a new extent with an old cookie");
  }

  Variant variant_;
  Lock ilock_{"ilock"};
  Lock xa_lock_{"xa_lock"};
  Word seq_{"seq", 0};
  Word extent_{"extent", unwritten};
  Word writeback_{"folio.writeback", 1};
  Word cached_{"folio.cached", 1};
};

} // namespace

Protocol* make_if_seq(void* memory, int variant) {
  return make<IfSeq>(memory, variant);
}

} // namespace stalemate::relacy
