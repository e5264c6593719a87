// C4: folio_unlock() against __folio_lock(): the lock bit and the waiters bit of one word; and the
// end of writeback, whose waiter may free the folio.
//
// Keeps:   the slow path of the waiter under the lock of the wait queue, with the waiters bit set
//          before the last try; the unlock that clears one bit and looks at the other.
// Drops:   the fast path, shared waiters, the handing over of the lock, bookmarks.
// Sources: atlas lockless C4.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant {
  upstream,
  unlock_in_two,
  try_before_mark,
  look_before_unlock,
  bits_in_two_words,
  two_words_with_barriers,
  unlock_relaxed,
  writeback_pinned,
  writeback_not_pinned,
  clear_unordered,
};

constexpr int locked = 1;
constexpr int waiters = 2;

class FolioLock : public Protocol {
 public:
  explicit FolioLock(int variant) : variant_(static_cast<Variant>(variant)) {}

  void thread(int number) override {
    if (variant_ == writeback_pinned || variant_ == writeback_not_pinned ||
        variant_ == clear_unordered)
      return number == 0 ? end_writeback() : wait_for_writeback();
    number == 0 ? unlock() : lock();
  }

 private:
  [[nodiscard]] bool has_two_words() const {
    return variant_ == bits_in_two_words || variant_ == two_words_with_barriers;
  }

  void unlock() {
    in("folio_unlock");
    data_.write(1, "write the data");
    const Order order = variant_ == unlock_relaxed ? relaxed : release;
    int seen = 0;
    if (variant_ == look_before_unlock) {
      seen = word_.load("does anybody wait?");
      word_.clear_bits(locked, "clear locked", order);
    } else if (has_two_words()) {
      word_.clear_bits(locked, "clear locked", order);
      if (variant_ == two_words_with_barriers) smp_mb();
      seen = other_.load("does anybody wait?");
    } else if (variant_ == unlock_in_two) {
      word_.clear_bits(locked, "clear locked", order);
      seen = word_.load("does anybody wait?");
    } else {
      seen = word_.clear_bits(locked, "clear locked, look at waiters", order);
    }
    if ((seen & waiters) == 0) return;
    in("folio_wake_bit");
    queue_.wake("wake the waiter");
  }

  bool try_lock() { return (word_.set_bits(locked, "try to set locked", acquire) & locked) == 0; }

  void mark() {
    if (has_two_words()) {
      other_.store(waiters, "set waiters");
      if (variant_ == two_words_with_barriers) smp_mb();
    } else {
      word_.set_bits(waiters, "set waiters", relaxed);
    }
  }

  void lock() {
    in("__folio_lock");
    queue_.lock();
    bool has_it = false;
    if (variant_ == try_before_mark) {
      has_it = try_lock();
      if (!has_it) mark();
    } else {
      mark();
      has_it = try_lock();
    }
    while (!has_it) {
      new_round();
      queue_.sleep("a wake-up of the folio");
      has_it = try_lock();
    }
    queue_.unlock();
    data_.read("read the data");
  }

  void end_writeback() {
    in("folio_end_writeback");
    const bool is_unordered = variant_ == clear_unordered;
    if (is_unordered) refs_.add(1, "take a reference", relaxed);
    if (variant_ == writeback_pinned) refs_.add_mb(1, "take a reference");
    word_.clear_bits(locked, "clear writeback", is_unordered ? relaxed : release);
    folio_.read("wake who waits for the folio");
    if (variant_ != writeback_not_pinned) put();
  }

  void wait_for_writeback() {
    in("folio_wait_writeback");
    if ((word_.load("is it under writeback?", acquire) & locked) != 0) return;
    put();
  }

  void put() {
    in("folio_put");
    if (refs_.add_mb(-1, "drop the reference") == 1) folio_.write(0, "free the folio");
  }

  Variant variant_;
  Word word_{"folio.flags", locked, locked | waiters};
  Word other_{"folio.waiters", 0, waiters};
  Word refs_{"folio.refs", 1, 2};
  Memory data_{"folio.data", 0};
  Memory folio_{"folio", 1};
  WaitQueue queue_{"queue.lock", "waiter.woken"};
};

} // namespace

Protocol* make_folio_lock(void* memory, int variant) {
  return make<FolioLock>(memory, variant);
}

} // namespace stalemate::relacy
