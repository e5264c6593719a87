// C8: get_user_pages_fast() against unmap and count; A-R5 in atomics.
//
// Keeps:   the raised count before the second look at the entry, the cleared entry before the look
//          at the count.
// Drops:   the interrupts that are off, and the TLB flush that waits for them on some machines.
// Sources: atlas lockless C8.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant { full_barriers, acquire_release, seq_cst_rmw, no_second_look, count_first };

class GupFast : public Protocol {
 public:
  explicit GupFast(int variant) : variant_(static_cast<Variant>(variant)) {}

  void thread(int number) override { number == 0 ? pin() : break_layout(); }

  void after() override {
    claim("no_freed_page_in_use",
          !(pinned_.is_true() && freed_.is_true()),
          "the page is pinned and freed");
  }

 private:
  void raise_count() {
    if (variant_ == acquire_release)
      count_.add(1, "raise the count", acq_rel);
    else if (variant_ == seq_cst_rmw)
      count_.add(1, "raise the count", seq_cst);
    else
      count_.add_mb(1, "raise the count");
  }

  void pin() {
    in("gup_pte_range");
    if (pte_.load("read the entry without a lock") == 0) return;
    raise_count();
    if (variant_ != no_second_look && pte_.load("is the entry still the same?") == 0) {
      count_.add_mb(-1, "it changed: drop the reference");
      return;
    }
    pinned_.comes_true("the page is pinned");
  }

  void clear_entry() {
    if (variant_ == acquire_release)
      pte_.store(0, "clear the entry", release);
    else if (variant_ == seq_cst_rmw)
      pte_.clear_bits(1, "clear the entry", seq_cst);
    else
      pte_.store(0, "clear the entry");
    if (variant_ != acquire_release && variant_ != seq_cst_rmw) smp_mb();
  }

  void break_layout() {
    in("xfs_break_dax_layouts");
    int count = 0;
    if (variant_ == count_first) count = count_.load("is the page busy?");
    clear_entry();
    if (variant_ != count_first)
      count = count_.load("is the page busy?", variant_ == acquire_release ? acquire : relaxed);
    if (count != 0) return;
    freed_.comes_true("free the block");
  }

  Variant variant_;
  Word pte_{"pte", 1};
  Word count_{"page.count", 0};
  Fact pinned_{"page.pinned"};
  Fact freed_{"block.freed"};
};

} // namespace

Protocol* make_gup_fast(void* memory, int variant) {
  return make<GupFast>(memory, variant);
}

} // namespace stalemate::relacy
