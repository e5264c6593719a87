// C3: the two references of struct swapfile_kiocb, proposed in 2021.
//
// Keeps:   submission that looks at the structure after it was queued, completion at any time, the
//          last put that frees.
// Drops:   the rest of the I/O.
// Sources: swap-dio thread, patch 5; atlas lockless C3.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant { release_acquire, relaxed_put, no_acquire, one_reference };

class KiocbRef : public Protocol {
 public:
  explicit KiocbRef(int variant) : variant_(static_cast<Variant>(variant)) {}

  void thread(int number) override {
    in(number == 0 ? "swapfile_read" : "swapfile_complete");
    kiocb_.read(number == 0 ? "look at the kiocb after submission" : "complete the kiocb");
    if (variant_ == one_reference) {
      if (number == 1) kiocb_.write(0, "free the kiocb");
      return;
    }
    const int before =
        refs_.add(-1, "drop a reference", variant_ == relaxed_put ? relaxed : release);
    if (before != 1) return;
    if (variant_ != no_acquire) smp_acquire__after_ctrl_dep("the last one: acquire");
    kiocb_.write(0, "free the kiocb");
  }

 private:
  Variant variant_;
  Word refs_{"kiocb.refs", 2, 2};
  Memory kiocb_{"kiocb", 1};
};

} // namespace

Protocol* make_kiocb_ref(void* memory, int variant) {
  return make<KiocbRef>(memory, variant);
}

} // namespace stalemate::relacy
