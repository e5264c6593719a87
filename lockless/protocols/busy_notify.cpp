// C6: the commit of a busy extent against the end of DMA on its page; A-R9 in atomics.
//
// Keeps:   the eb_lock, the count of the page, which is dropped without it; the lock-free flag that
//          asks to be notified.
// Drops:   the work item between the drop and the callback.
// Sources: dax-dma-vs-truncate thread; atlas lockless C6.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant {
  both_under_lock,
  samples_before_lock,
  calls_before_decrement,
  clears_uncommitted,
  flag_without_barriers,
  flag_with_barriers,
};

class BusyNotify : public Protocol {
 public:
  explicit BusyNotify(int variant) : variant_(static_cast<Variant>(variant)) {}

  void thread(int number) override {
    if (variant_ == flag_without_barriers || variant_ == flag_with_barriers)
      return number == 0 ? commit_with_flag() : put_with_flag();
    number == 0 ? commit() : put();
  }

  void after() override {
    claim("no_leaked_space", in_tree_.newest() == 0, "the extent stays busy for ever");
  }

 private:
  void clear() {
    claim("durable_before_reuse", committed_.newest() != 0, "clear it before it is durable");
    in_tree_.store(0, "clear the busy extent");
  }

  void commit() {
    in("xlog_cil_committed");
    int count = 0;
    if (variant_ == samples_before_lock) count = count_.load("is the page idle?");
    eb_lock_.lock("take the eb_lock");
    committed_.store(1, "the free is durable");
    if (variant_ != samples_before_lock) count = count_.load("is the page idle?");
    if (count == 0 && in_tree_.newest() != 0) clear();
    eb_lock_.unlock("drop the eb_lock");
  }

  void call() {
    in("xfs_extent_busy_dax_done");
    eb_lock_.lock("take the eb_lock");
    const bool is_committed = committed_.load("is it durable?") != 0;
    const bool is_idle = count_.load("is the page idle?") == 0;
    const bool may_clear = is_idle && (is_committed || variant_ == clears_uncommitted);
    if (may_clear && in_tree_.newest() != 0) clear();
    eb_lock_.unlock("drop the eb_lock");
  }

  void put() {
    in("put_page");
    if (variant_ == calls_before_decrement) {
      call();
      in("put_page");
    }
    count_.add_mb(-1, "drop the last reference");
    if (variant_ != calls_before_decrement) call();
  }

  void clear_once() {
    if (notify_.exchange_mb(0, "who clears it?") != 0) in_tree_.store(0, "clear the busy extent");
  }

  void barrier() {
    if (variant_ == flag_with_barriers) smp_mb();
  }

  void commit_with_flag() {
    in("xlog_cil_committed");
    notify_.store(1, "ask to be notified");
    barrier();
    if (count_.load("is the page idle?") == 0) clear_once();
  }

  void put_with_flag() {
    in("put_page");
    count_.add(-1, "drop the last reference", relaxed);
    barrier();
    if (notify_.load("does anybody want to know?") != 0) clear_once();
  }

  Variant variant_;
  Lock eb_lock_{"eb_lock"};
  Word committed_{"busy.committed", 0};
  Word in_tree_{"busy.in_tree", 1};
  Word count_{"page.count", 1};
  Word notify_{"busy.notify", 0};
};

} // namespace

Protocol* make_busy_notify(void* memory, int variant) {
  return make<BusyNotify>(memory, variant);
}

} // namespace stalemate::relacy
