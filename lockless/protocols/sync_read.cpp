// W1 to W4: a synchronous read that waits for its completion, in the forms that it had.
//
// Keeps:   state, test, sleep; done, wake; who may still touch the task; polling instead of
//          sleeping; the page lock that the reader takes again before it reads.
// Drops:   the bio, which C2 has.
// Sources: atlas direct-and-swap 5.3, W1-W4; 8751853091998 for W2.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant {
  both_barriers,
  sleeper_plain,
  waker_plain,
  async_stores_waiter,
  async_stores_none,
  sync_without_task_reference,
  sync_with_task_reference,
  poll_gives_up,
  poll_then_sleeps,
  unlock_then_done,
  done_then_unlock,
};

class SyncRead : public Protocol {
 public:
  explicit SyncRead(int variant) : variant_(static_cast<Variant>(variant)) {}

  void thread(int number) override {
    if (variant_ == async_stores_waiter || variant_ == async_stores_none)
      return number == 0 ? submit_async() : complete_async();
    number == 0 ? wait() : complete();
  }

 private:
  [[nodiscard]] bool has_lifetime() const {
    return variant_ == sync_without_task_reference || variant_ == sync_with_task_reference;
  }

  void put_task() {
    in("put_task_struct");
    if (refs_.add_mb(-1, "drop a reference on the task") == 1)
      task_memory_.write(0, "free the task");
  }

  void exit_task() {
    in("do_exit");
    if (variant_ == sync_with_task_reference) return put_task();
    task_memory_.write(0, "the task ends and is freed");
  }

  void submit_async() {
    in("swap_readpage");
    if (variant_ == async_stores_waiter) private_.store(1, "store the task as waiter", release);
    submitted_.store(1, "submit the bio, do not wait", release);
    exit_task();
  }

  void complete_async() {
    in("end_swap_bio_read");
    if (submitted_.load("is there a bio?", acquire) == 0) return;
    if (private_.load("is there a waiter?", acquire) != 0) task_memory_.read("wake the waiter");
  }

  void wait() {
    in("swap_readpage");
    if (variant_ == poll_gives_up) {
      task_.going_to_sleep("set the state");
      if (done_.load("is it done?") == 0) remark("poll: nothing to do, leave");
      task_.running("running again");
      claim("synchronous_means_done", done_.newest() != 0, "return before the read is done");
      return;
    }
    while (true) {
      new_round();
      task_.going_to_sleep("set the state",
                           variant_ == sleeper_plain ? SetState::without_barrier
                                                     : SetState::with_barrier);
      if (done_.load("is it done?") != 0) break;
      if (variant_ == poll_then_sleeps) remark("poll: nothing to do");
      task_.schedule("the read to complete");
    }
    task_.running("running again");
    claim("synchronous_means_done", done_.newest() != 0, "return before the read is done");
    if (has_lifetime()) return exit_task();
    in("do_swap_page");
    locked_.wait_until(0, "lock the page", acquire);
    content_.read("read the content");
  }

  void finish() { done_.store(1, "the read is done"); }

  void complete() {
    in("end_swap_bio_read");
    content_.write(1, "the device fills the page");
    if (variant_ == done_then_unlock) finish();
    locked_.store(0, "unlock the page", release);
    if (variant_ != done_then_unlock) finish();
    if (has_lifetime()) task_memory_.read("look at the task");
    if (variant_ == waker_plain)
      task_.wake_without_barrier("does the waiter sleep?");
    else
      task_.wake("does the waiter sleep?");
    if (variant_ == sync_with_task_reference) put_task();
  }

  Variant variant_;
  Task task_{"task.state"};
  Word done_{"done", 0};
  Word private_{"bi_private", 0};
  Word submitted_{"bio.submitted", 0};
  Word locked_{"page.locked", 1};
  Word refs_{"task.refs", 2, 2};
  Memory content_{"page.content", 0};
  Memory task_memory_{"task", 1};
};

} // namespace

Protocol* make_sync_read(void* memory, int variant) {
  return make<SyncRead>(memory, variant);
}

} // namespace stalemate::relacy
