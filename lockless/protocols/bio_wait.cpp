// C2: the wait of a synchronous swap read for its bio, v4.20 to v6.2.
//
// Keeps:   the state before the test, with its barrier; the store of null and the wake-up after the
//          unlock of the page; references on the bio; the content, which is read under the page
//          lock only.
// Drops:   polling, the timeout that some configurations sleep with.
// Sources: atlas lockless C2; atlas direct-and-swap W1.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant {
  upstream,
  wake_before_store,
  test_before_state,
  state_without_barrier,
  waker_without_barrier,
  content_without_lock,
  one_bio_reference,
  put_release,
};

class BioWait : public Protocol {
 public:
  explicit BioWait(int variant)
      : variant_(static_cast<Variant>(variant)),
        refs_("bio.refs", variant == one_bio_reference ? 1 : 2, 2) {}

  void thread(int number) override { number == 0 ? wait() : complete(); }

 private:
  void put_bio() {
    in("bio_put");
    if (variant_ == put_release) {
      if (refs_.add(-1, "drop the reference on the bio", release) != 1) return;
      smp_acquire__after_ctrl_dep("the last one: acquire");
      bio_.write(0, "free the bio");
      return;
    }
    if (refs_.add_mb(-1, "drop the reference on the bio") == 1) bio_.write(0, "free the bio");
  }

  bool is_done() {
    if (variant_ == one_bio_reference) bio_.read("touch the bio");
    return private_.load("is bi_private null?") == 0;
  }

  void wait() {
    in("swap_readpage");
    while (true) {
      new_round();
      if (variant_ == test_before_state) {
        if (is_done()) break;
        task_.going_to_sleep("set the state");
      } else {
        task_.going_to_sleep("set the state",
                             variant_ == state_without_barrier ? SetState::without_barrier
                                                               : SetState::with_barrier);
        if (is_done()) break;
      }
      task_.schedule("the bio to complete");
    }
    task_.running("running again");
    if (variant_ != one_bio_reference) put_bio();
    in("do_swap_page");
    if (variant_ == content_without_lock || locked_.load("is the page unlocked?", acquire) == 0)
      content_.read("read the content");
  }

  void complete() {
    in("end_swap_bio_read");
    content_.write(1, "the device fills the page");
    locked_.store(0, "unlock the page", release);
    if (variant_ == wake_before_store) task_.wake("does the waiter sleep?");
    private_.store(0, "store null to bi_private");
    if (variant_ != one_bio_reference) bio_.read("touch the bio");
    put_bio();
    in("end_swap_bio_read");
    if (variant_ == waker_without_barrier || variant_ == put_release)
      task_.wake_without_barrier("does the waiter sleep?");
    else if (variant_ != wake_before_store)
      task_.wake("does the waiter sleep?");
  }

  Variant variant_;
  Task task_{"task.state"};
  Word private_{"bi_private", 1};
  Word locked_{"page.locked", 1};
  Word refs_;
  Memory bio_{"bio", 1};
  Memory content_{"page.content", 0};
};

} // namespace

Protocol* make_bio_wait(void* memory, int variant) {
  return make<BioWait>(memory, variant);
}

} // namespace stalemate::relacy
